import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { Order } from '../../domain/order.ts';
import { allocatable } from '../../domain/claims/owed-units.ts';
import { awaitsCapacity, type LineChoice } from '../../domain/claims/plan-allocation.ts';
import { chooseLocations } from '../../domain/sourcing/choose-locations.ts';
import type { ShortPolicy } from '../../domain/claims/owe-short-units.ts';
import type { LineQuantity } from '../../domain/parcels/shipment.ts';
import { shortPolicyOf } from '../../domain/claims/short-rules.ts';
import type { Demand, SourcingPlan } from '../../domain/sourcing/sourcing-policy.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { askNodes, type AskedDemand, type AskedNodes } from './ask-nodes.ts';
import { decisionOf } from './decision-of.ts';
import { sourcingRequestOf, type RequestParts } from './sourcing-request.ts';

type Services = Pick<
  OrdersServices,
  'askInventory' | 'sourcing' | 'limits' | 'rules' | 'capacity' | 'places' | 'decisions' | 'clock' | 'shortRules'
>;

export interface Sourcing {
  readonly choices: readonly LineChoice[];
  /** Lines that no location can serve at the moment. */
  readonly unsourced: readonly string[];
  /** Lines that too many locations have failed. */
  readonly givenUp: readonly string[];
  /** Units that no location has; the same for as long as none gets any. */
  readonly short?: readonly LineQuantity[];
  readonly shortPolicy?: ShortPolicy;
  /** The stored decision, when there is anything to be followed in it. */
  readonly decision?: string;
}

/**
 * Chooses locations for the claimed units of an order that have none, or gives undefined when there are none, or when it is
 * still asked for room. The decision is stored before it is followed.
 * @throws {Obstacle} when the ledger does not answer
 */
export async function sourceOrder(services: Services, order: Order, cause: Cause): Promise<Sourcing | undefined> {
  if (awaitsCapacity(order)) return undefined;
  const { sourcingFailuresMax } = services.limits;
  const open = openDemands(order, sourcingFailuresMax);
  const givenUp = order.lines
    .filter((line) => line.claims.length > 0 && line.sourcingFailures >= sourcingFailuresMax)
    .filter((line) => line.sourcing !== 'GIVEN_UP')
    .map((line) => line.id);
  if (open.length === 0) return givenUp.length > 0 ? { choices: [], unsourced: [], givenUp } : undefined;
  const asked = await askNodes(services, { channel: order.channel, demands: open }, cause);
  const rules = services.rules.current();
  const parts = partsOf(order, asked);
  const request = await sourcingRequestOf(services, rules.rulebook, parts);
  const plan = chooseLocations(services.sourcing, request);
  const served = new Set(plan.choices.map(({ line }) => line));
  const unsourced = [...new Set(open.map(({ line }) => line))].filter((line) => !served.has(line));
  const short = shortOf(asked.demands, unsourced);
  const shortPolicy = shortPolicyOf(services.shortRules, order.channel);
  const sourcing = { choices: plan.choices, unsourced, givenUp, ...(short.length > 0 && { short, shortPolicy }) };
  if (!isNews(order, plan, unsourced)) return sourcing;
  const decision = decisionOf({ order: order.id, request, plan, asked, rules, policy: services.sourcing.name });
  await services.decisions.add(decision);
  return { ...sourcing, decision: decision.id };
}

/** What all locations together have too little of, line by line: stock that is spread is there. */
function shortOf(demands: readonly Demand[], unsourced: readonly string[]): readonly LineQuantity[] {
  const byLine = Map.groupBy(demands, ({ line }) => line);
  return unsourced.flatMap((line) => {
    const ofLine = byLine.get(line) ?? [];
    const asked = ofLine.reduce((sum, { quantity }) => sum + quantity, 0);
    const there = Math.max(0, ...ofLine.map(({ nodes }) => nodes.reduce((sum, node) => sum + node.available, 0)));
    return asked > there ? [{ line, quantity: asked - there }] : [];
  });
}

/** A decision that finds nothing, once more, is not kept. */
function isNews(order: Order, { choices }: SourcingPlan, unsourced: readonly string[]): boolean {
  if (choices.length > 0) return true;
  return order.lines.some(({ id, sourcing }) => sourcing !== 'UNSOURCED' && unsourced.includes(id));
}

function partsOf({ channel, destination, capacity = [] }: Order, asked: AskedNodes): RequestParts {
  return { channel, destination: destination ?? null, demands: asked.demands, held: capacity };
}

function openDemands(order: Order, sourcingFailuresMax: number): readonly AskedDemand[] {
  return order.lines.flatMap((line) => {
    if (line.sourcingFailures >= sourcingFailuresMax) return [];
    return line.claims.flatMap((claim): AskedDemand[] => {
      const { reservation, commandId } = claim;
      const quantity: Steps = allocatable(claim);
      if (reservation === null || commandId !== null || quantity === 0) return [];
      const { id, sku, decimals, declinedBy, pickupAt } = line;
      const collected = pickupAt === undefined ? {} : { pickupAt };
      return [{ line: id, sku, decimals, reservation, quantity, declinedBy, ...collected }];
    });
  });
}
