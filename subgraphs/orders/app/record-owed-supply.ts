import { Refusal } from '../../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { owedSupplyChanged } from '../../../schema/events/inventory.ts';
import { owedOf } from '../domain/claims/owed-units.ts';
import type { Order } from '../domain/order.ts';
import type { Expectation } from '../domain/promises/expect-supply.ts';
import type { SourcingPlan } from '../domain/sourcing/sourcing-policy.ts';
import type { Cause } from './cause.ts';
import type { OrdersServices } from './orders-services.ts';
import { askNodes, type AskedDemand } from './sourcing/ask-nodes.ts';
import { deliveryOf } from './sourcing/delivery-of.ts';
import { sourcingRequestOf } from './sourcing/sourcing-request.ts';
import { toldBy } from './told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'askInventory' | 'rules' | 'places' | 'capacity' | 'clock'>;

/** It is not there yet, so nobody is chosen to send it. */
const NOBODY: SourcingPlan = { choices: [], decided: [], costMinor: 0 };

/**
 * Takes in that what an order waits for is to come otherwise, once by the event's id: when its lines should arrive is asked
 * anew. Nothing where the rules tell no time in transit.
 * @throws {Obstacle} when the ledger does not answer
 */
export async function recordOwedSupply(services: Services, envelope: EventEnvelope): Promise<void> {
  const { owner, kind, sku } = readEvent(owedSupplyChanged, envelope);
  const { store, rules } = services;
  if (kind !== 'ORDER' || rules.current().rulebook.rules.transit.length === 0) return;
  const order = await store.get(owner);
  // Others than this context may claim for what they call an order.
  if (!order) return;
  const cause = { correlationId: envelope.correlationId, causationId: envelope.id };
  const expectations = await expectationsOf(services, order, { sku, cause });
  if (expectations.length === 0) return;
  const { system, eventId } = envelope.source;
  const once = { key: `${system}/${eventId}`, contentHash: '' };
  try {
    await store.change(owner, { type: 'ExpectSupply', expectations, told: toldBy(envelope), once }, cause);
  } catch (error) {
    // It is too long a history for a guess that the next statement replaces.
    if (!(error instanceof Refusal)) throw error;
  }
}

async function expectationsOf(
  services: Services,
  order: Order,
  { sku, cause }: { readonly sku: string; readonly cause: Cause },
): Promise<readonly Expectation[]> {
  const demands = owedDemands(order, sku);
  if (demands.length === 0) return [];
  const { channel, destination = null } = order;
  const asked = await askNodes(services, { channel, demands, withSupply: true }, cause);
  const parts = { channel, destination, demands: asked.demands, held: [] };
  const request = await sourcingRequestOf(services, services.rules.current().rulebook, parts);
  return asked.demands.map((demand) => {
    const delivery = deliveryOf(demand, { request, plan: NOBODY, asked });
    return { line: demand.line, dates: delivery?.dates ?? null };
  });
}

/** What each line of the SKU is owed; what is there already is no part of it. */
function owedDemands({ lines }: Order, sku: string): readonly AskedDemand[] {
  return lines.flatMap((line) => {
    if (line.sku !== sku) return [];
    const { id, decimals, declinedBy, claims, pickupAt } = line;
    const claim = claims.find((each) => owedOf(each) > 0 && each.reservation !== null);
    const { reservation = null } = claim ?? {};
    if (reservation === null) return [];
    const quantity = claims.reduce((sum, each) => sum + owedOf(each), 0);
    return [
      { line: id, sku, decimals, reservation, quantity, declinedBy, ...(pickupAt !== undefined && { pickupAt }) },
    ];
  });
}
