import type { CollectionDefinition, Document } from '../../kernel/ports/documents.ts';

/**
 * What the inbox remembers of a message. The content of an accepted one stands in its event; only its hash is kept here.
 * JSON data.
 */
export interface InboxDocument extends Document {
  readonly source: string;
  readonly eventId: string;
  /** REPLAYED: it waited, and was taken in under another id once it could be read. */
  /** FOREIGN: another system owns what it tells, so it is evidence and nothing more. */
  readonly status: 'ACCEPTED' | 'QUARANTINED' | 'CONFLICT' | 'REPLAYED' | 'FOREIGN';
  readonly hash: string;
  readonly receivedAtMs: number;
  readonly correlationId: string;
  readonly reason?: string;
  /** What arrived, where no raw form is kept beside; cut off beyond `evidenceBytesMax`. */
  readonly raw?: unknown;
  /** Where its raw form is kept. */
  readonly payload?: string;
  /** The exception that it waits for. */
  readonly cause?: string;
  /** Versions of the mapping sets that it was read with. */
  readonly mappingVersions?: Readonly<Record<string, number>>;
  /** When it may be forgotten; absent while somebody has to look at it. */
  readonly expiresAtMs?: number;
}

const INDEXES = [
  { paths: ['status', 'source', 'receivedAtMs'] },
  { paths: ['status', 'cause'] },
  { paths: ['expiresAtMs'] },
] as const;

export const MESSAGES: CollectionDefinition = { name: 'inbox-messages', indexes: INDEXES };
export const CONFLICTS: CollectionDefinition = { name: 'inbox-conflicts', indexes: INDEXES };
