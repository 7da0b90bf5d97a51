import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import type { Consumer } from '../../../kernel/ports/streams.ts';
import { orderExceptionCleared, orderExceptionRaised } from '../../../schema/events/orders.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import { closeException } from '../domain/close-exception.ts';
import { raiseException } from '../domain/raise-exception.ts';
import { changeException } from './change-exception.ts';
import type { OperationsParts } from './operations-parts.ts';

/** Begins to hear of orders that cannot go on by themselves. Both events of one exception have its id as their key. */
export function consumeOrderExceptions(parts: OperationsParts): Promise<Consumer> {
  const { limits, platform } = parts;
  return platform.streams.consume({
    durable: 'operations-order-exceptions',
    stream: streamOf('orders'),
    types: [orderExceptionRaised.type, orderExceptionCleared.type],
    from: 'first',
    concurrencyMax: limits.eventsConcurrencyMax,
    deliveriesMax: limits.eventDeliveriesMax,
    backoffMinMs: limits.eventBackoffMinMs,
    backoffMaxMs: limits.eventBackoffMaxMs,
    handle: ({ envelope }) => (envelope.type === orderExceptionRaised.type ? raise : clear)(parts, envelope),
  });
}

async function raise(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const told = readEvent(orderExceptionRaised, envelope);
  const { exceptionId: id, order, channel = null, sku = null, location = null, ...rest } = told;
  const atMs = Date.parse(envelope.recordedAt);
  const { correlationId } = envelope;
  await changeException(parts, id, (known) => {
    // A repetition tells nothing new, and must not open again what was closed since.
    if (known && (known.told.eventId === envelope.id || known.told.atMs > atMs)) return known;
    const touched = { quantity: null, sku, location, channel, orders: order === undefined ? [] : [order] };
    const raised = { id, ...touched, source: 'orders', correlationId, ...rest };
    return raiseException(known, { ...raised, told: { eventId: envelope.id, atMs } }, parts.limits.escalateAfterMs);
  });
}

async function clear(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const { exceptionId, because } = readEvent(orderExceptionCleared, envelope);
  const closing = { atMs: Date.parse(envelope.recordedAt), by: orderExceptionCleared.context, because };
  await changeException(parts, exceptionId, (known) => known && closeException(known, 'RESOLVED', closing));
}
