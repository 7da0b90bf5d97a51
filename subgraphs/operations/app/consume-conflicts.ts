import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import type { Consumer } from '../../../kernel/ports/streams.ts';
import { messageConflicted } from '../../../schema/events/inbox-messages.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import { raiseException } from '../domain/raise-exception.ts';
import { changeException } from './change-exception.ts';
import type { OperationsParts } from './operations-parts.ts';

/** Begins to hear of messages that came again with other content: somebody has to say which of them is true. */
export function consumeConflicts(parts: OperationsParts): Promise<Consumer> {
  const { limits, platform } = parts;
  return platform.streams.consume({
    durable: 'operations-message-conflicts',
    stream: streamOf('inbox'),
    types: [messageConflicted.type],
    from: 'first',
    concurrencyMax: limits.eventsConcurrencyMax,
    deliveriesMax: limits.eventDeliveriesMax,
    backoffMinMs: limits.eventBackoffMinMs,
    backoffMaxMs: limits.eventBackoffMaxMs,
    handle: ({ envelope }) => raise(parts, envelope),
  });
}

async function raise(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const { exceptionId: id, system, eventId, fact, location } = readEvent(messageConflicted, envelope);
  await changeException(parts, id, (known) => {
    // The same other content is told once; a person may have closed it since.
    if (known) return known;
    return raiseException(
      undefined,
      {
        id,
        class: 'DUPLICATE_CONFLICT',
        severity: 'MEDIUM',
        summary: `${system} told ${fact ?? 'a message'} ${eventId} again with other content, which was not applied.`,
        quantity: null,
        sku: null,
        location: location ?? null,
        channel: null,
        orders: [],
        source: system,
        evidence: eventId,
        correlationId: envelope.correlationId,
        told: { eventId: envelope.id, atMs: Date.parse(envelope.recordedAt) },
      },
      parts.limits.escalateAfterMs,
    );
  });
}
