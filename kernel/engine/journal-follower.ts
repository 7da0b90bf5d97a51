import type { Clock } from '../ports/clock.ts';
import { JournalCorrupt } from '../ports/journal-errors.ts';
import type { FollowedJournal, JournalBatch } from '../ports/journal.ts';
import type { CommandIndex } from './command-index.ts';
import type { CommandMemory } from './command-memory.ts';
import type { CommandRecord } from './command-record.ts';
import { readRecords } from './read-records.ts';
import { evolveAll, textToRemember } from './replay.ts';
import type { SnapshotSaver } from './snapshot-saver.ts';
import type { SingleWriterOptions } from './single-writer.ts';

export interface JournalFollowerParts<State, Command, Event, Answer> extends Pick<
  SingleWriterOptions<State, Command, Event, Answer>,
  'context' | 'definition' | 'platform' | 'onCommitted'
> {
  readonly journal: FollowedJournal;
  readonly state: State;
  readonly memory: CommandMemory;
  readonly commands: CommandIndex | undefined;
  readonly snapshots: SnapshotSaver<State>;
  /** What `state` includes. */
  readonly seq: number;
  /** How often it looks without having been told that there is something. */
  readonly lookMs: number;
  /** The log is not what it was, or an event cannot be applied: `state` is of no use any more. */
  onBroken(error: unknown): void;
  /** A batch is included. */
  onApplied(batch: JournalBatch): void;
}

/** Records that are applied before others get their turn. */
const RECORDS_PER_TURN = 1_000;

/** Keeps a state in step with a log that another process writes. */
export class JournalFollower<State, Command, Event, Answer> {
  readonly #parts: JournalFollowerParts<State, Command, Event, Answer>;
  readonly #stopWatching: () => void;
  #seq: number;
  #following: Promise<void> | undefined;
  #pausing = new AbortController();
  #isWoken = false;
  #wake: () => void = () => undefined;
  #isReading = true;

  constructor(parts: JournalFollowerParts<State, Command, Event, Answer>) {
    this.#parts = parts;
    this.#seq = parts.seq;
    this.#stopWatching = parts.journal.watch(() => {
      this.#isWoken = true;
      this.#wake();
    });
  }

  get seq(): number {
    return this.#seq;
  }

  /** Follows until `pause`. */
  follow(): void {
    if (this.#following) return;
    this.#pausing = new AbortController();
    this.#following = this.#follow(this.#pausing.signal).finally(() => {
      this.#following = undefined;
    });
  }

  /** Resolves when nothing is applied any more. */
  async pause(): Promise<void> {
    this.#pausing.abort();
    this.#wake();
    await this.#following;
  }

  /** The state was brought further by whoever wrote the log meanwhile. Only while paused. */
  advancedTo(seq: number): void {
    this.#seq = seq;
  }

  /** Applies what the log holds up to a batch. @throws what reading or applying threw */
  async followTo(toSeq: number, signal?: AbortSignal): Promise<void> {
    if (toSeq <= this.#seq) return;
    let sinceTurn = 0;
    for await (const batch of this.#parts.journal.read(this.#seq + 1, toSeq)) {
      if (signal?.aborted) return;
      sinceTurn += this.#apply(batch);
      if (sinceTurn < RECORDS_PER_TURN) continue;
      sinceTurn = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async close(): Promise<void> {
    this.#stopWatching();
    await this.pause();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { context, journal, platform } = this.#parts;
    while (!signal.aborted) {
      this.#isWoken = false;
      try {
        const head = await journal.lookAgain();
        platform.telemetry.gauge('journal_follower_lag_batches', head - this.#seq, { context });
        await this.followTo(head, signal);
        this.#isReading = true;
      } catch (error) {
        if (error instanceof JournalCorrupt || error instanceof NotApplied) return this.#parts.onBroken(error);
        this.#tellOnce(error);
      }
      if (!this.#isWoken && !signal.aborted) await this.#rest(platform.clock);
    }
  }

  /** @returns how many records */
  #apply(batch: JournalBatch): number {
    const { context, definition, platform, state, memory, commands, snapshots, journal } = this.#parts;
    const { seq, recordedAtMs } = batch;
    let records: readonly CommandRecord<Event, Answer>[];
    try {
      records = readRecords(definition, batch.events);
      for (const record of records) evolveAll(definition, state, record.events, seq);
    } catch (error) {
      throw new NotApplied(`Batch ${seq} of ${context} could not be applied: ${String(error)}`, { cause: error });
    }
    this.#seq = seq;
    memory.addBatch({ seq, recordedAtMs, records, texts: records.map(textToRemember) });
    commands?.add(seq, records);
    try {
      const events = records.flatMap((record) => record.events);
      this.#parts.onCommitted?.({ seq, epoch: journal.epoch, recordedAtMs, events });
    } catch (error) {
      platform.telemetry.log('error', 'a followed batch could not be noted', { context, error: String(error) });
    }
    this.#parts.onApplied(batch);
    snapshots.batchCommitted(state, seq, memory.oldestSeq(seq));
    return records.length;
  }

  #rest(clock: Clock): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        this.#wake = () => undefined;
        resolve();
      };
      const cancel = clock.after(this.#parts.lookMs, end);
      this.#wake = end;
    });
  }

  #tellOnce(error: unknown): void {
    if (!this.#isReading) return;
    this.#isReading = false;
    const { context, platform } = this.#parts;
    platform.telemetry.log('warn', 'the log cannot be followed at the moment', { context, error: String(error) });
  }
}

/** An event did not fit the state. */
class NotApplied extends Error {}
