import { createHash } from 'node:crypto';
import type { OutboxEvent } from '../../kernel/ports/documents.ts';
import { foreignWriteKept, messageQuarantined, quarantineCleared } from '../../schema/events/inbox-messages.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import type { FactPlace } from './fact-domain.ts';
import type { InboxDocument } from './inbox-document.ts';
import type { InboxEntry } from './inbox-entry.ts';

/** The exception of all messages of a source that wait for the same thing. */
export function causeOf({ source, reason, unmapped }: InboxEntry): string {
  const what = unmapped ? ['unmapped', unmapped.domain, unmapped.value] : ['unreadable', reason];
  const digest = createHash('sha256')
    .update(JSON.stringify([source, ...what]))
    .digest('base64url');
  return `quarantine-${digest}`;
}

/** Others are told that a message waits. */
export function quarantinedEvent(entry: InboxEntry, document: InboxDocument, id: string): OutboxEvent {
  const { source: system, eventId, reason = '', unmapped } = entry;
  const exceptionId = causeOf(entry);
  return publicationOf(messageQuarantined, {
    id,
    key: exceptionId,
    source: { system: 'inbox', eventId: id },
    occurredAtMs: document.receivedAtMs,
    recordedAtMs: document.receivedAtMs,
    correlationId: document.correlationId,
    data: {
      exceptionId,
      system,
      eventId,
      reason: reason.slice(0, REASON_LENGTH_MAX),
      ...(unmapped && { unmapped: { domain: unmapped.domain, value: unmapped.value.slice(0, REASON_LENGTH_MAX) } }),
    },
  });
}

/** Others are told that a system told what is not its own. */
export function foreignEvent(
  { source: system, eventId }: InboxEntry,
  { place, owner }: { readonly place: FactPlace; readonly owner: string },
  { id, document }: { readonly id: string; readonly document: InboxDocument },
): OutboxEvent {
  const { domain, location, channel } = place;
  const digest = createHash('sha256')
    .update(JSON.stringify([system, domain, location, channel]))
    .digest('base64url');
  const exceptionId = `foreign-write-${digest}`;
  return publicationOf(foreignWriteKept, {
    id,
    key: exceptionId,
    source: { system: 'inbox', eventId: id },
    occurredAtMs: document.receivedAtMs,
    recordedAtMs: document.receivedAtMs,
    correlationId: document.correlationId,
    data: { exceptionId, system, eventId, domain, location, channel, owner },
  });
}

/** Others are told that nothing waits any more for a cause. */
export function clearedEvent(
  { source: system, cause: exceptionId }: { readonly source: string; readonly cause: string },
  { id, nowMs }: { readonly id: string; readonly nowMs: number },
): OutboxEvent {
  return publicationOf(quarantineCleared, {
    id,
    key: exceptionId,
    source: { system: 'inbox', eventId: id },
    occurredAtMs: nowMs,
    recordedAtMs: nowMs,
    correlationId: id,
    data: { exceptionId, system },
  });
}

const REASON_LENGTH_MAX = 1_000;
