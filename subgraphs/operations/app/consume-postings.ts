import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import type { Consumer } from '../../../kernel/ports/streams.ts';
import { returnPostingFailed, returnPostingRecovered } from '../../../schema/events/return-postings.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import { closeException } from '../domain/close-exception.ts';
import { raiseException } from '../domain/raise-exception.ts';
import { changeException } from './change-exception.ts';
import type { OperationsParts } from './operations-parts.ts';

/** Begins to hear of returns that the books could not follow. Both events of one exception have its id as their key. */
export function consumePostings(parts: OperationsParts): Promise<Consumer> {
  const { limits, platform } = parts;
  return platform.streams.consume({
    durable: 'operations-return-postings',
    stream: streamOf('returns'),
    types: [returnPostingFailed.type, returnPostingRecovered.type],
    from: 'first',
    concurrencyMax: limits.eventsConcurrencyMax,
    deliveriesMax: limits.eventDeliveriesMax,
    backoffMinMs: limits.eventBackoffMinMs,
    backoffMaxMs: limits.eventBackoffMaxMs,
    handle: ({ envelope }) => (envelope.type === returnPostingFailed.type ? failed : recovered)(parts, envelope),
  });
}

async function failed(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const told = readEvent(returnPostingFailed, envelope);
  const { exceptionId: id, return: returned, order, location = null, system, evidence, amount, summary } = told;
  const atMs = Date.parse(envelope.recordedAt);
  await changeException(parts, id, (known) => {
    // A repetition tells nothing new, and must not open again what was closed since.
    if (known && (known.told.eventId === envelope.id || known.told.atMs > atMs)) return known;
    return raiseException(
      known,
      {
        id,
        class: 'POSTING_FAILED',
        severity: 'HIGH',
        summary,
        quantity: null,
        sku: null,
        location,
        channel: null,
        orders: order === null ? [] : [order],
        source: system,
        evidence,
        subject: { type: 'RETURN', system, return: returned },
        valueAtRisk: amount,
        correlationId: envelope.correlationId,
        told: { eventId: envelope.id, atMs },
      },
      parts.limits.escalateAfterMs,
    );
  });
}

async function recovered(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const { exceptionId, because } = readEvent(returnPostingRecovered, envelope);
  const closing = { atMs: Date.parse(envelope.recordedAt), by: returnPostingRecovered.context, because };
  await changeException(parts, exceptionId, (known) => known && closeException(known, 'RESOLVED', closing));
}
