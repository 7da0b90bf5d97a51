import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import type { Consumer } from '../../../kernel/ports/streams.ts';
import {
  foreignWriteKept,
  messageQuarantined,
  quarantineCleared,
  schemaDrifted,
} from '../../../schema/events/inbox-messages.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import { closeException } from '../domain/close-exception.ts';
import { raiseException, type Raised } from '../domain/raise-exception.ts';
import { changeException } from './change-exception.ts';
import type { OperationsParts } from './operations-parts.ts';

const HANDLERS: Readonly<Record<string, (parts: OperationsParts, envelope: EventEnvelope) => Promise<void>>> = {
  [messageQuarantined.type]: quarantined,
  [quarantineCleared.type]: cleared,
  [schemaDrifted.type]: drifted,
  [foreignWriteKept.type]: foreign,
};

/** Begins to hear of messages that wait, of why, and of bodies that are no longer what they were. */
export function consumeMessages(parts: OperationsParts): Promise<Consumer> {
  const { limits, platform } = parts;
  return platform.streams.consume({
    durable: 'operations-messages',
    stream: streamOf('inbox'),
    types: Object.keys(HANDLERS),
    from: 'first',
    concurrencyMax: limits.eventsConcurrencyMax,
    deliveriesMax: limits.eventDeliveriesMax,
    backoffMinMs: limits.eventBackoffMinMs,
    backoffMaxMs: limits.eventBackoffMaxMs,
    handle: async ({ envelope }) => HANDLERS[envelope.type]?.(parts, envelope),
  });
}

async function quarantined(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const told = readEvent(messageQuarantined, envelope);
  const { exceptionId: id, system, eventId, reason, unmapped } = told;
  const summary = unmapped
    ? `"${unmapped.value}" of ${system} means nothing yet: ${unmapped.domain} lacks it.`
    : `Messages of ${system} cannot be read: ${reason}`;
  await raise(parts, envelope, {
    id,
    class: unmapped ? 'UNMAPPED_VALUE' : 'UNREADABLE_MESSAGE',
    severity: 'MEDIUM',
    summary: summary.slice(0, SUMMARY_LENGTH_MAX),
    source: system,
    evidence: eventId,
    subject: unmapped ? { type: 'UNMAPPED', system, ...unmapped } : { type: 'MESSAGES', system },
  });
}

async function cleared(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const { exceptionId } = readEvent(quarantineCleared, envelope);
  const closing = {
    atMs: Date.parse(envelope.recordedAt),
    by: quarantineCleared.context,
    because: 'All messages that waited were taken in.',
  };
  await changeException(parts, exceptionId, (known) => known && closeException(known, 'RESOLVED', closing));
}

async function drifted(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const told = readEvent(schemaDrifted, envelope);
  const { exceptionId: id, system, kind, change, field, was, is, eventId, isQuarantined } = told;
  const words = {
    ADDED: `has a field that it had not: ${field}`,
    MISSING: `lacks ${field}`,
    RETYPED: `has ${field} as ${is.join(' or ')}, which was ${was.join(' or ')}`,
  };
  await raise(parts, envelope, {
    id,
    class: 'SCHEMA_DRIFT',
    severity: isQuarantined ? 'HIGH' : change === 'ADDED' ? 'LOW' : 'MEDIUM',
    summary: `${kind} of ${system} ${words[change]}.${isQuarantined ? ' Messages wait because of it.' : ''}`,
    source: system,
    evidence: eventId,
    subject: { type: 'MESSAGES', system },
  });
}

async function foreign(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const told = readEvent(foreignWriteKept, envelope);
  const { exceptionId: id, system, eventId, domain, location, channel, owner } = told;
  const place = location ?? channel;
  await raise(parts, envelope, {
    id,
    class: 'FOREIGN_WRITE',
    severity: 'MEDIUM',
    summary: `${system} tells of ${domain}${place === null ? '' : ` of ${place}`}, which ${owner} owns; it was not applied.`,
    source: system,
    evidence: eventId,
    location,
    channel,
  });
}

type Cause = Pick<Raised, 'id' | 'class' | 'severity' | 'summary' | 'source' | 'evidence'> &
  Partial<Pick<Raised, 'subject' | 'location' | 'channel'>>;

async function raise(parts: OperationsParts, envelope: EventEnvelope, cause: Cause): Promise<void> {
  const atMs = Date.parse(envelope.recordedAt);
  await changeException(parts, cause.id, (known) => {
    const isRepeat = known && (known.told.eventId === envelope.id || known.told.atMs > atMs);
    if (isRepeat) return known;
    return raiseException(
      known,
      {
        quantity: null,
        sku: null,
        location: null,
        channel: null,
        ...cause,
        orders: [],
        correlationId: envelope.correlationId,
        told: { eventId: envelope.id, atMs },
      },
      parts.limits.escalateAfterMs,
    );
  });
}

const SUMMARY_LENGTH_MAX = 1_000;
