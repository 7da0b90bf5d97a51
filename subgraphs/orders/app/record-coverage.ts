import { Refusal } from '../../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { parsePositiveQuantity } from '../../../kernel/model/quantity.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { backorderCovered, type BackorderCovered } from '../../../schema/events/inventory.ts';
import type { OrderCommand } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import type { OrdersServices } from './orders-services.ts';
import { toldBy } from './told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'parked'>;

/** Takes in that stock has come for units of an order that waited for it, once by the event's id. */
export async function recordCoverage({ store, parked }: Services, envelope: EventEnvelope): Promise<void> {
  const covered = readEvent(backorderCovered, envelope);
  const { owner, kind } = covered;
  if (owner === undefined || kind !== 'ORDER') return;
  const cause = { correlationId: envelope.correlationId, causationId: envelope.id };
  try {
    await store.change(owner, (order) => commandOf(order, covered, envelope), cause);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Others than this context may claim for what they call an order.
    if (error.code !== 'UNKNOWN_ORDER') await parked.park(envelope, `refused:${error.code}`);
  }
}

function commandOf(order: Order, covered: BackorderCovered, envelope: EventEnvelope): OrderCommand | undefined {
  const { reservation, sku, quantity } = covered;
  const decimals = order.lines.find((line) => line.sku === sku)?.decimals;
  if (decimals === undefined) return undefined;
  const { system, eventId } = envelope.source;
  return {
    type: 'CoverBackorder',
    reservation,
    quantity: parsePositiveQuantity(quantity, decimals),
    told: toldBy(envelope),
    once: { key: `${system}/${eventId}`, contentHash: '' },
  };
}
