import type { Collection } from '../../kernel/ports/documents.ts';
import type { InboxDocument } from './inbox-document.ts';
import type { Origin } from './inbound.ts';

export interface KeptMessage {
  readonly source: string;
  readonly eventId: string;
  readonly reason: string;
  readonly receivedAtMs: number;
  readonly correlationId: string;
  /** What arrived; cut off beyond `evidenceBytesMax`. */
  readonly raw: unknown;
  /** The exception that it waits for. */
  readonly cause: string | null;
}

/** A message that waits, as far as it can be read again. */
export interface WaitingMessage {
  readonly eventId: string;
  readonly receivedAtMs: number;
  /** Absent when its raw form was not kept. */
  readonly origin?: Origin;
}

export interface WaitingQuery {
  readonly source: string;
  /** Only those of this exception. */
  readonly cause?: string;
  /** The last one of the page before. */
  readonly after: WaitingMessage | undefined;
  readonly first: number;
}

export interface KeptQuery {
  /** Absent: of all sources. */
  readonly source?: string;
  /** Only those that wait for this exception. */
  readonly cause?: string;
  /** The last one of the page before. */
  readonly after?: Pick<KeptMessage, 'source' | 'eventId' | 'receivedAtMs'>;
  /** At most FIND_LIMIT_MAX; the newest come first. */
  readonly first: number;
}

/** Messages of one state, the newest first. */
export async function findKept(
  collection: Collection<InboxDocument>,
  status: InboxDocument['status'],
  { source, cause, after, first }: KeptQuery,
): Promise<readonly KeptMessage[]> {
  const found = await collection.find({
    where: {
      status: { eq: status },
      ...(source !== undefined && { source: { eq: source } }),
      ...(cause !== undefined && { cause: { eq: cause } }),
    },
    orderBy: { path: 'receivedAtMs', direction: 'desc' },
    limit: first,
    ...(after && { after: { id: `${after.source}|${after.eventId}`, value: after.receivedAtMs } }),
  });
  return found.map(({ document }) => ({
    source: document.source,
    eventId: document.eventId,
    reason: document.reason ?? '',
    receivedAtMs: document.receivedAtMs,
    correlationId: document.correlationId,
    raw: document.raw,
    cause: document.cause ?? null,
  }));
}
