import { channelId, skuId } from '../../../../kernel/model/codes.ts';
import { Refusal } from '../../../../kernel/model/errors.ts';
import { parsePositiveQuantity } from '../../../../kernel/model/quantity.ts';
import { chooseLocations } from '../../domain/sourcing/choose-locations.ts';
import type { Destination } from '../../domain/sourcing/destination.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { readPickup } from '../read-pickup.ts';
import { askNodes, type AskedDemand } from './ask-nodes.ts';
import { decisionOf } from './decision-of.ts';
import type { StoredDecision } from './decision-store.ts';
import { deliveryOf, type Delivery } from './delivery-of.ts';
import type { RulesInForce } from './rules-store.ts';
import { sourcingRequestOf } from './sourcing-request.ts';

type Services = Pick<OrdersServices, 'askInventory' | 'rules' | 'places' | 'capacity' | 'sourcing' | 'clock' | 'skus'>;

/** Lines of one cart. */
const CART_LINES_MAX = 100;

export interface Cart {
  readonly channel: string;
  readonly destination: Destination | null;
  readonly lines: readonly { readonly sku: string; readonly quantity: string; readonly pickupAt?: string }[];
  /** Absent: the rules that hold now. */
  readonly rulesVersion?: number;
}

export interface SourcedCart {
  readonly decision: StoredDecision;
  /** By reservation, which of a cart is its line. */
  readonly deliveries: ReadonlyMap<string, Delivery>;
}

/**
 * What would become of a cart if it were sourced now. Claims, stores and tells nothing.
 * @throws {Refusal} UNKNOWN_SKU, UNKNOWN_LOCATION, NOT_SOLD_HERE, UNKNOWN_CHANNEL, INVALID_QUANTITY, BAD_USER_INPUT, RULE_VERSION_NOT_PLANNED
 */
export async function sourceCart(services: Services, cart: Cart, cause: Cause): Promise<SourcedCart> {
  const channel = channelId(cart.channel);
  const rules = rulesOf(services, cart.rulesVersion);
  const demands = await readDemands(services, cart.lines);
  const question = { channel, demands, withSupply: true, isClaimed: false };
  const asked = await askNodes(services, question, cause);
  const parts = { channel, destination: cart.destination, demands: asked.demands, held: [] };
  const request = await sourcingRequestOf(services, rules.rulebook, parts);
  const plan = chooseLocations(services.sourcing, request);
  const decision = decisionOf({ order: 'cart', request, plan, asked, rules, policy: services.sourcing.name });
  const deliveries = new Map<string, Delivery>();
  for (const demand of asked.demands) {
    const delivery = deliveryOf(demand, { request, plan, asked });
    if (delivery) deliveries.set(demand.reservation, delivery);
  }
  return { decision, deliveries };
}

function rulesOf({ rules }: Services, version: number | undefined): RulesInForce {
  return version === undefined ? rules.current() : { version, rulebook: rules.bookOf(version) };
}

async function readDemands(services: Services, lines: Cart['lines']): Promise<readonly AskedDemand[]> {
  if (lines.length === 0 || lines.length > CART_LINES_MAX) {
    const message = `lines must be 1 to ${CART_LINES_MAX}.`;
    throw new Refusal('BAD_USER_INPUT', message, { field: 'lines', max: CART_LINES_MAX });
  }
  const known = await services.skus.getMany(lines.map(({ sku }) => skuId(sku)));
  return lines.map(({ sku: code, quantity: text, pickupAt }, index) => {
    const sku = skuId(code);
    const decimals = known.get(sku)?.decimals;
    if (decimals === undefined) throw new Refusal('UNKNOWN_SKU', `No SKU ${sku} is registered.`, { sku });
    const quantity = parsePositiveQuantity(text, decimals, `lines[${index}].quantity`);
    // Nothing is claimed, so the line stands for its reservation.
    const collected = pickupAt === undefined ? {} : { pickupAt: readPickup(services, pickupAt) };
    const line = String(index + 1);
    return { line, reservation: line, sku, decimals, quantity, declinedBy: [], ...collected };
  });
}
