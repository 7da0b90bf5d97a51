import type { ChangeFilter } from '../model/change-filter.ts';
import type { EventEnvelope } from '../model/event-envelope.ts';
import type { ChangeFeed, ChangeRecord } from '../ports/change-feed.ts';
import type { Clock } from '../ports/clock.ts';
import type { Documents } from '../ports/documents.ts';
import type { Rpc } from '../ports/rpc.ts';
import type { Streams } from '../ports/streams.ts';
import type { Telemetry } from '../ports/telemetry.ts';

/** The change event of a document context: the data of each event is the whole record after a change. */
export interface ChangeLogDefinition<Data extends object> {
  /** Event type, such as `order-status-changed`. */
  readonly event: string;
  /**
   * What such an event says, whatever version of the code published it.
   * @throws {Obstacle} LOG_OF_LATER_VERSION: the log stops before it, because to leave it out would tell another log
   */
  read(envelope: EventEnvelope): Data;
  /** The fields of the record that together are its key, as `@topic` names them. */
  readonly keyFields: readonly (keyof Data & string)[];
  /** Former values of filterable fields that this change has left; absent when no filterable field can change. */
  leftOf?(data: Data): Readonly<Record<string, readonly string[]>> | undefined;
}

/** What a log needs of the streams. */
export type LogStreams = Pick<Streams, 'epoch' | 'head' | 'read' | 'watch'>;

export interface DocumentChangeLogOptions<Data extends object> {
  readonly context: string;
  /** The durable stream that the outbox of the context fills. */
  readonly stream: string;
  /** The subject of the question `changes-since` of this context. */
  readonly changesSinceSubject: string;
  readonly definition: ChangeLogDefinition<Data>;
  /**
   * The records of all documents that match, read now and from the documents, at most `limit`. More may be given than
   * match; what does not is dropped.
   */
  snapshot(filter: ChangeFilter, limit: number): Promise<readonly Data[]>;
  readonly platform: {
    readonly clock: Clock;
    readonly telemetry: Telemetry;
    readonly streams: LogStreams;
    readonly documents: Documents;
    readonly changeFeed: ChangeFeed;
    readonly rpc: Rpc;
  };
  /** Those that differ from CHANGE_LOG_LIMITS. */
  readonly limits?: Partial<ChangeLogLimits>;
}

export interface ChangeLogLimits {
  /** Messages read from the stream at a time, and records in one message of the feed. */
  readonly pageMessages: number;
  /** Messages that an answer may be made from; a position further back is answered with a snapshot. */
  readonly replayMessagesMax: number;
  /** Records in a snapshot; a wider question is refused with LIMIT_EXCEEDED. */
  readonly snapshotRecordsMax: number;
  /** How often the head is told when nothing happens; it also repairs a failed read. */
  readonly heartbeatMs: number;
  /** Callers of `waitFor` at a time; beyond it they are refused with OVERLOADED. */
  readonly waitersMax: number;
}

export const CHANGE_LOG_LIMITS: ChangeLogLimits = {
  pageMessages: 500,
  replayMessagesMax: 20_000,
  snapshotRecordsMax: 10_000,
  heartbeatMs: 2_000,
  waitersMax: 10_000,
};

/** What a gateway asks the owner of a log; the contract `changes-since` in `schema/commands`. */
export interface ChangesSince {
  readonly event: string;
  readonly filter: ChangeFilter;
  readonly after?: { readonly epoch: string; readonly seq: number };
}

export interface ChangesSinceAnswer {
  readonly epoch: string;
  readonly seq: number;
  readonly reset: boolean;
  readonly records: readonly ChangeRecord[];
}

/**
 * The ordered change log of a context that keeps documents. Its sequence is that of the context's stream, which the
 * outbox fills in the order of the saves.
 *
 * Guarantees:
 * - every event of the definition is told on the change feed, in order, after it is durable; every message names its
 *   predecessor, also across processes of the same role, whose messages are repeats of each other;
 * - an answer holds the newest value of every key that matches and has changed after the position; a key that has left
 *   the filter since is told once as deleted;
 * - a snapshot takes its position first and reads afterwards, so it is never older than its position.
 */
export interface DocumentChangeLog {
  readonly epoch: string;
  /** The cursor that includes every save before the call. */
  headCursor(): Promise<string>;
  /**
   * Resolves when this log includes the change that the cursor names.
   * @throws {Refusal} MALFORMED_CURSOR, FOREIGN_CURSOR or STALE_EPOCH
   * @throws {Obstacle} NOT_CAUGHT_UP after `maxWaitMs`, OVERLOADED when too many wait
   */
  waitFor(cursor: string, maxWaitMs: number): Promise<void>;
  /**
   * @throws {Refusal} BAD_USER_INPUT for another event, LIMIT_EXCEEDED when the snapshot would be too large
   * @throws {Obstacle} NOT_CAUGHT_UP for a position ahead of the log
   */
  changesSince(question: ChangesSince): Promise<ChangesSinceAnswer>;
  /** Stops telling and answering. */
  close(): Promise<void>;
}
