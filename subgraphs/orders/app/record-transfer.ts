import { parseQuantity } from '../../../kernel/model/quantity.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { orderTransferChanged } from '../../../schema/events/inventory.ts';
import { findLine } from '../domain/order.ts';
import { orderOfTransferId } from '../domain/pickup/order-transfer.ts';
import type { OrdersServices } from './orders-services.ts';
import type { OrderFact } from './read-order-fact.ts';
import { toldBy } from './told-by.ts';

type Services = Pick<OrdersServices, 'store'>;

/** The ledger tells how far goods have come that are brought for an order. An older telling changes nothing. */
export async function recordTransfer({ store }: Services, envelope: EventEnvelope): Promise<void> {
  const { transfer, order: id, status, lines } = readEvent(orderTransferChanged, envelope);
  const cause = { correlationId: envelope.correlationId, causationId: envelope.id };
  await store.change(
    id,
    (order) => ({
      type: 'FollowTransfer',
      transfer,
      status,
      lines: lines.map(({ orderLine: line, coming, onTheWay, arrived }) => {
        const read = (text: string) => parseQuantity(text, findLine(order, line)?.decimals ?? 0);
        return { line, coming: read(coming), onTheWay: read(onTheWay), arrived: read(arrived) };
      }),
      told: toldBy(envelope),
    }),
    cause,
  );
}

/**
 * Whether a fact is about a transfer that a system was given as work. What moved is told by the ledger; that nothing will
 * is told by the system alone.
 */
export async function recordTransferWork(
  { store }: Services,
  { type, data }: OrderFact,
  envelope: EventEnvelope,
): Promise<boolean> {
  const transfer = 'order' in data ? data.order : undefined;
  const id = transfer === undefined ? undefined : orderOfTransferId(transfer);
  const order = id === undefined ? undefined : await store.get(id);
  if (transfer === undefined || !order?.transfers?.some((each) => each.id === transfer)) return false;
  if (type !== 'release-ended') return true;
  const { system, eventId } = envelope.source;
  const cause = { correlationId: envelope.correlationId, causationId: envelope.id };
  const once = { key: `${system}/${eventId}`, contentHash: '' };
  await store.change(
    order.id,
    { type: 'RefuseTransfer', transfer, reason: data.reason, once, told: toldBy(envelope) },
    cause,
  );
  return true;
}
