import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Journal, JournalText } from '../ports/journal.ts';
import type { SnapshotStore } from '../ports/snapshot-store.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { CommandIndexOptions } from './command-index.ts';
import type { CommandMemoryLimits } from './command-memory.ts';
import type { WriterDefinition } from './writer-definition.ts';

/** Every bound of a single writer. */
export interface WriterLimits extends CommandMemoryLimits {
  /** Commands that wait to be decided; beyond it a command is refused with OVERLOADED. */
  readonly queueCommandsMax: number;
  /** Commands in one batch; it bounds how long one turn takes. */
  readonly batchCommandsMax: number;
  /** UTF-8 bytes of one batch; lowered to what the journal takes at once. */
  readonly batchBytesMax: number;
  /** A snapshot is saved after so many batches. */
  readonly snapshotEveryBatches: number;
}

export const WRITER_LIMITS: WriterLimits = {
  queueCommandsMax: 20_000,
  batchCommandsMax: 2_000,
  batchBytesMax: 900_000,
  rememberedCommandsMax: 200_000,
  rememberedCharactersMax: 67_108_864,
  rememberMs: 86_400_000,
  snapshotEveryBatches: 10_000,
};

export interface CommittedBatch<Event> {
  readonly seq: number;
  readonly epoch: string;
  readonly recordedAtMs: number;
  readonly events: readonly Event[];
}

export interface SingleWriterOptions<State, Command, Event, Answer> {
  readonly definition: WriterDefinition<State, Command, Event, Answer>;
  /** Names journal and snapshots. */
  readonly context: string;
  readonly platform: {
    readonly clock: Clock;
    readonly ids: Ids;
    readonly telemetry: Telemetry;
    readonly snapshots: SnapshotStore;
    openJournal(context: string): Promise<Journal>;
  };
  /** Those that differ from WRITER_LIMITS. */
  readonly limits?: Partial<WriterLimits>;
  /** Where commands are found that memory has let go of. Default: they are decided anew. */
  readonly commandIndex?: CommandIndexOptions;
  /**
   * Brings into `state` what `decide` is about to ask for and memory has let go of. Called with the commands of a turn
   * when every earlier batch is durable and published; the turn goes on when the promise resolves, and nothing is
   * decided meanwhile. Undefined: memory holds enough. A rejection stops the writer, because to decide without knowing
   * is worse. It must change nothing that a snapshot holds.
   */
  recall?(state: State, commands: readonly Command[]): Promise<void> | undefined;
  /**
   * Told of every batch once it is durable, in order and without a hole, and of none that is replayed at the start.
   * At this moment memory is exactly what the log holds. An error is logged and stops nothing.
   */
  onCommitted?(batch: CommittedBatch<Event>): void;
}

export interface SubmitOptions {
  /** Unique for ever; a repetition under the same id is answered as the first time. */
  readonly commandId: string;
  /** What identifies the content; default: the SHA-256 of the command's canonical JSON. */
  readonly payloadHash?: string;
}

/** What leading brings with it begins. @returns ends it */
export type Lead = () => Promise<() => void | Promise<void>>;

/**
 * One writer over one log, with its state in memory.
 *
 * Guarantees:
 * - commands are decided one after the other, each against the state that all earlier ones left;
 * - an answer means durable: a command is answered only when its events are in the log;
 * - the same command id with the same payload is answered as the first time, also while that is under way, also after a
 *   restart; with another payload it is refused; without a command index this holds within the bounds of memory;
 * - an append that fails stops the writer for good, because memory is then ahead of the log.
 */
export interface SingleWriter<State, Command, Event, Answer> {
  readonly epoch: string;
  /** The last durable batch. Whatever is published carries this sequence at most. */
  readonly seq: number;
  /** True while memory holds decisions that are not durable yet; they belong to `seq + 1`. */
  readonly isAhead: boolean;
  /** What decisions are made against. It may hold what is not durable yet: publish from `readDurable` instead. */
  readonly state: State;
  /** Fires when the writer has stopped by itself; its reason tells why. The process should end and start again. */
  readonly failed: AbortSignal;
  /**
   * @throws {Refusal} what `decide` returned, or IDEMPOTENCY_KEY_REUSED, or LIMIT_EXCEEDED for events beyond a batch
   * @throws {Obstacle} OVERLOADED, or CONTEXT_UNAVAILABLE with the outcome unknown: repeat it under the same id
   */
  submit(command: Command, options: SubmitOptions): Promise<Answer>;
  /** Runs `read` at a moment when memory is exactly what the log holds up to `seq`. `read` must be synchronous. */
  readDurable<Result>(read: (state: State, seq: number) => Result): Promise<Result>;
  /** Every durable batch after `afterSeq`, in order, up to `toSeq` or, without it, the head at the time of the call. */
  history(afterSeq: number, toSeq?: number): AsyncIterable<CommittedBatch<Event>>;
  /** As `history`, with the records of commands as text, a few at a time. */
  texts(afterSeq: number, toSeq: number): AsyncIterable<JournalText>;
  /** The last durable batch that was recorded at or before an instant, see `Journal.seqAt`. */
  seqAt(atMs: number): Promise<number>;
  /** @throws {JournalCorrupt} when the log ends before `seq`, which `reader` has seen */
  assertReaches(seq: number, reader: string): void;
  /** Decides and answers what was submitted, saves a snapshot, lets go of the log. */
  close(): Promise<void>;
}
