import { createHash } from 'node:crypto';
import type { OutboxEvent } from '../../kernel/ports/documents.ts';
import { messageConflicted } from '../../schema/events/inbox-messages.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import type { InboxEntry } from './inbox-entry.ts';

/** What others are told of a message that came again with other content. */
export function conflictOf(
  { source: system, eventId, hash, facts }: InboxEntry,
  { receivedAtMs, correlationId }: { readonly receivedAtMs: number; readonly correlationId: string },
  id: string,
): OutboxEvent {
  const digest = createHash('sha256')
    .update(JSON.stringify([system, eventId, hash]))
    .digest('base64url');
  const exceptionId = `duplicate-conflict-${digest}`;
  const [fact] = facts;
  const { location } = (fact?.data ?? {}) as { readonly location?: unknown };
  return publicationOf(messageConflicted, {
    id,
    key: exceptionId,
    source: { system: 'inbox', eventId: id },
    occurredAtMs: fact?.occurredAtMs ?? receivedAtMs,
    recordedAtMs: receivedAtMs,
    correlationId,
    data: {
      exceptionId,
      system,
      eventId,
      ...(fact && { fact: fact.definition.type }),
      ...(typeof location === 'string' && { location }),
    },
  });
}
