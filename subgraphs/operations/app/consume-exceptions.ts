import { readEvent } from '../../../kernel/model/read-told.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import type { Consumer } from '../../../kernel/ports/streams.ts';
import { stockExceptionCleared, stockExceptionRaised } from '../../../schema/events/inventory.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import { closeException } from '../domain/close-exception.ts';
import { raiseException } from '../domain/raise-exception.ts';
import { changeException } from './change-exception.ts';
import { valueAtRisk } from './value-at-risk.ts';
import type { OperationsParts } from './operations-parts.ts';

/** Begins to hear of the exceptions of stock. Both events of one exception have its id as their key, so they keep order. */
export function consumeExceptions(parts: OperationsParts): Promise<Consumer> {
  const { limits, platform } = parts;
  return platform.streams.consume({
    durable: 'operations-stock-exceptions',
    stream: streamOf('inventory'),
    types: [stockExceptionRaised.type, stockExceptionCleared.type],
    from: 'first',
    concurrencyMax: limits.eventsConcurrencyMax,
    deliveriesMax: limits.eventDeliveriesMax,
    backoffMinMs: limits.eventBackoffMinMs,
    backoffMaxMs: limits.eventBackoffMaxMs,
    handle: ({ envelope }) => (envelope.type === stockExceptionRaised.type ? raise : clear)(parts, envelope),
  });
}

async function raise(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const told = readEvent(stockExceptionRaised, envelope);
  const { exceptionId: id, quantity = null, sku = null, location = null, channel = null, ...rest } = told;
  const atMs = Date.parse(envelope.recordedAt);
  const value = await valueAtRisk(parts, { sku, quantity });
  await changeException(parts, id, (known) => {
    // A repetition tells nothing new, and must not open again what was closed since.
    const isRepeat = known && (known.told.eventId === envelope.id || known.told.atMs > atMs);
    if (isRepeat) return known;
    return raiseException(
      known,
      {
        id,
        quantity,
        sku,
        location,
        channel,
        ...rest,
        ...(value && { valueAtRisk: value }),
        told: { eventId: envelope.id, atMs },
      },
      parts.limits.escalateAfterMs,
    );
  });
}

async function clear(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const { exceptionId, because } = readEvent(stockExceptionCleared, envelope);
  const closing = { atMs: Date.parse(envelope.recordedAt), by: stockExceptionCleared.context, because };
  await changeException(parts, exceptionId, (known) => known && closeException(known, 'RESOLVED', closing));
}
