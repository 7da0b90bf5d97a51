import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Obstacle } from '../../model/errors.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { CommitMark } from './commit-mark.ts';
import type { DiskPace } from './disk-pace.ts';
import type { LogFile } from './log-file.ts';
import { StorageClosed, StorageFailed, toStorageError } from './storage-errors.ts';

interface QueuedWrite {
  readonly run: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Outcome {
  readonly failed: boolean;
  readonly value: unknown;
}

/** Writes that were committed together and wait for the disk. */
interface Group {
  readonly writes: readonly QueuedWrite[];
  readonly outcomes: readonly Outcome[];
  /** The number of the commit. */
  readonly commits: number;
  readonly startedMs: number;
  /** Resolves, whatever comes of it, when everybody is answered. */
  readonly settled: Promise<void>;
  readonly settle: () => void;
}

/** How long a write that nobody waits for may wait for a commit that is made anyway. */
const PATIENCE_MS = 50;

export interface GroupCommitOptions {
  /** What the store is called in errors and metrics. */
  readonly name: string;
  readonly mark: CommitMark;
  /** Of the database; what is committed is durable when this is. */
  readonly log: LogFile;
  readonly pace: DiskPace;
  readonly telemetry: Telemetry;
  readonly queuedWritesMax: number;
  readonly groupWritesMax: number;
}

/**
 * Commits writes together, so that they share one wait for the disk: those of one turn of the event loop, and those that came
 * while the disk was busy with the group before. The event loop goes on while a slow disk works.
 *
 * Each write is all or nothing by itself: one that throws is undone and the others go on. Nobody is answered before the
 * group is durable; what reads the database meanwhile sees it already, see `durable`. A commit that fails leaves its outcome
 * unknown, so the store then refuses every later write.
 */
export class GroupCommit {
  readonly database: DatabaseSync;
  readonly #options: GroupCommitOptions;
  readonly #statements: Record<'begin' | 'commit' | 'savepoint' | 'release' | 'undo', StatementSync>;
  #queue: QueuedWrite[] = [];
  /** They go with the next commit, and make none before `#patience` is over. */
  #patient: QueuedWrite[] = [];
  #patience: NodeJS.Timeout | undefined;
  #durableCommits = 0;
  /** The one that the disk is busy with. */
  #group: Group | undefined;
  #scheduled = false;
  /** Those who were answered have their turn before the next group, so that what they write next is in it. */
  #isAnswering = false;
  #closed = false;
  #failure: StorageFailed | undefined;

  constructor(database: DatabaseSync, options: GroupCommitOptions) {
    this.database = database;
    this.#options = options;
    this.#durableCommits = options.mark.commits;
    this.#statements = {
      begin: database.prepare('BEGIN IMMEDIATE'),
      commit: database.prepare('COMMIT'),
      savepoint: database.prepare('SAVEPOINT write'),
      release: database.prepare('RELEASE write'),
      undo: database.prepare('ROLLBACK TO write'),
    };
  }

  /**
   * Runs `work` inside the next commit and resolves with its result when that is durable.
   * @throws {Obstacle} OVERLOADED when too many writes wait already
   * @throws {StorageFailed} when the commit failed
   */
  write<Result>(work: () => Result): Promise<Result> {
    const refusal = this.#refusal();
    if (refusal) return Promise.reject(refusal);
    return new Promise<Result>((resolve, reject) => {
      this.#queue.push({ run: work, resolve: resolve as (result: unknown) => void, reject });
      this.#schedule();
    });
  }

  /**
   * As `write`, for what nobody waits for: it goes with the next commit, for which it waits a moment before it makes one.
   * @throws {Obstacle} OVERLOADED when too many writes wait already
   * @throws {StorageFailed} when the commit failed
   */
  writeLater<Result>(work: () => Result): Promise<Result> {
    const refusal = this.#refusal();
    if (refusal) return Promise.reject(refusal);
    return new Promise<Result>((resolve, reject) => {
      this.#patient.push({ run: work, resolve: resolve as (result: unknown) => void, reject });
      this.#patience ??= setTimeout(() => this.hasten(), PATIENCE_MS).unref();
    });
  }

  /** What was to be written later is written now. */
  hasten(): void {
    this.#endPatience();
    this.#queue.push(...this.#patient.splice(0));
    if (this.#queue.length > 0 && !this.#closed) this.#schedule();
  }

  /**
   * For whoever has read what may not be on the disk yet: resolves when everything that is committed now is.
   * @throws {StorageFailed} when it cannot be known
   */
  async durable(): Promise<void> {
    await this.#group?.settled;
    if (this.#failure) throw this.#failure;
  }

  /** How many commits the store holds for certain, all that were ever made counted. */
  get durableCommits(): number {
    return this.#durableCommits;
  }

  /** Commits what waits and lets go of the file. */
  close(): void {
    if (this.#closed) return;
    this.#finishNow();
    this.hasten();
    while (this.#queue.length > 0) {
      this.#flush(false);
      this.#finishNow();
    }
    this.#closed = true;
    this.#options.mark.close();
    this.#options.log.close();
    this.database.close();
  }

  #endPatience(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  #refusal(): Obstacle | undefined {
    if (this.#closed) return new StorageClosed(this.#options.name);
    if (this.#failure) return this.#failure;
    const { name, queuedWritesMax } = this.#options;
    if (this.#queue.length + this.#patient.length < queuedWritesMax) return undefined;
    return new Obstacle('OVERLOADED', `Too many writes wait for ${name}.`, {
      limit: 'queuedWritesMax',
      queuedWritesMax,
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#isAnswering || this.#group) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#closed || this.#group || this.#queue.length === 0) return;
      this.#flush(true);
    });
  }

  /** @param isToSync otherwise the caller finishes the group at once */
  #flush(isToSync: boolean): void {
    const writes = this.#queue.splice(0, this.#options.groupWritesMax);
    writes.push(...this.#patient.splice(0, this.#options.groupWritesMax - writes.length));
    if (this.#patient.length === 0) this.#endPatience();
    const startedMs = performance.now();
    try {
      const { outcomes, commits } = this.#commit(writes);
      const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
      const group = { writes, outcomes, commits, startedMs, settled, settle };
      this.#group = group;
      if (!isToSync) return;
      if (this.#options.pace.isToWait()) this.#finishNow();
      else void this.#sync(group);
    } catch (error) {
      this.#rejectAll(writes, this.#failure ?? toStorageError(error, this.#options.name));
      this.#observe(writes, startedMs);
      if (this.#queue.length > 0) this.#schedule();
    }
  }

  async #sync(group: Group): Promise<void> {
    this.#isAnswering = true;
    try {
      await this.#options.log.sync();
      this.#finish(group);
    } catch (error) {
      this.#finish(group, error);
    }
    setImmediate(() => {
      this.#isAnswering = false;
      if (this.#queue.length > 0 && !this.#closed) this.#schedule();
    });
  }

  /** While everybody waits. */
  #finishNow(): void {
    const group = this.#group;
    if (!group) return;
    const { log, pace } = this.#options;
    try {
      const startedMs = performance.now();
      log.syncNow();
      pace.waited(performance.now() - startedMs);
      this.#finish(group);
    } catch (error) {
      this.#finish(group, error);
    }
  }

  /** @param error why it is not known to be durable */
  #finish(group: Group, error?: unknown): void {
    if (this.#group !== group) return;
    this.#group = undefined;
    const { name, mark } = this.#options;
    try {
      if (error !== undefined) throw error;
      mark.write(group.commits);
      this.#durableCommits = group.commits;
      group.writes.forEach((write, index) => settle(write, group.outcomes[index] as Outcome));
    } catch (cause) {
      this.#failure ??= new StorageFailed(name, { cause });
      this.#rejectAll(group.writes, this.#failure);
    }
    group.settle();
    this.#observe(group.writes, group.startedMs);
    if (this.#queue.length > 0 && !this.#closed) this.#schedule();
  }

  #rejectAll(writes: readonly QueuedWrite[], error: Error): void {
    for (const write of writes) write.reject(error);
  }

  #observe(writes: readonly QueuedWrite[], startedMs: number): void {
    const { name, telemetry } = this.#options;
    telemetry.observe('storage_commit_seconds', (performance.now() - startedMs) / 1_000, { store: name });
    telemetry.observe('storage_commit_writes', writes.length, { store: name });
  }

  #commit(writes: readonly QueuedWrite[]): Pick<Group, 'outcomes' | 'commits'> {
    if (this.#failure) throw this.#failure;
    this.#statements.begin.run();
    const outcomes = writes.map((write) => this.#attempt(write));
    const commits = this.#options.mark.advance();
    try {
      this.#statements.commit.run();
    } catch (error) {
      this.#failure = new StorageFailed(this.#options.name, { cause: error });
      throw this.#failure;
    }
    return { outcomes, commits };
  }

  #attempt(write: QueuedWrite): Outcome {
    this.#statements.savepoint.run();
    try {
      const value = write.run();
      this.#statements.release.run();
      return { failed: false, value };
    } catch (error) {
      // A full disk makes the database give up the whole transaction; then nothing of the group may be answered.
      if (!this.database.isTransaction) throw error;
      this.#statements.undo.run();
      this.#statements.release.run();
      return { failed: true, value: toStorageError(error, this.#options.name) };
    }
  }
}

function settle(write: QueuedWrite, outcome: Outcome): void {
  if (outcome.failed) write.reject(outcome.value);
  else write.resolve(outcome.value);
}
