import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Obstacle } from '../../model/errors.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { CommitMark } from './commit-mark.ts';
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

export interface GroupCommitOptions {
  /** What the store is called in errors and metrics. */
  readonly name: string;
  readonly mark: CommitMark;
  readonly telemetry: Telemetry;
  readonly queuedWritesMax: number;
  readonly groupWritesMax: number;
}

/**
 * Commits the writes of one turn of the event loop together, so that they share one wait for the disk.
 *
 * Each write is all or nothing by itself: one that throws is undone and the others go on. Nobody is answered before the
 * commit. A commit that fails leaves its outcome unknown, so the store then refuses every later write.
 */
export class GroupCommit {
  readonly database: DatabaseSync;
  readonly #options: GroupCommitOptions;
  readonly #statements: Record<'begin' | 'commit' | 'savepoint' | 'release' | 'undo', StatementSync>;
  #queue: QueuedWrite[] = [];
  #scheduled = false;
  #closed = false;
  #failure: StorageFailed | undefined;

  constructor(database: DatabaseSync, options: GroupCommitOptions) {
    this.database = database;
    this.#options = options;
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

  /** Commits what waits and lets go of the file. */
  close(): void {
    if (this.#closed) return;
    while (this.#queue.length > 0) this.#flush();
    this.#closed = true;
    this.#options.mark.close();
    this.database.close();
  }

  #refusal(): Obstacle | undefined {
    if (this.#closed) return new StorageClosed(this.#options.name);
    if (this.#failure) return this.#failure;
    const { name, queuedWritesMax } = this.#options;
    if (this.#queue.length < queuedWritesMax) return undefined;
    return new Obstacle('OVERLOADED', `Too many writes wait for ${name}.`, {
      limit: 'queuedWritesMax',
      queuedWritesMax,
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (!this.#closed) this.#flush();
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  #flush(): void {
    const group = this.#queue.splice(0, this.#options.groupWritesMax);
    const startedMs = performance.now();
    try {
      const outcomes = this.#commit(group);
      group.forEach((write, index) => settle(write, outcomes[index] as Outcome));
    } catch (error) {
      const failure = this.#failure ?? toStorageError(error, this.#options.name);
      for (const write of group) write.reject(failure);
    }
    const labels = { store: this.#options.name };
    this.#options.telemetry.observe('storage_commit_seconds', (performance.now() - startedMs) / 1_000, labels);
    this.#options.telemetry.observe('storage_commit_writes', group.length, labels);
  }

  #commit(group: readonly QueuedWrite[]): Outcome[] {
    if (this.#failure) throw this.#failure;
    this.#statements.begin.run();
    const outcomes = group.map((write) => this.#attempt(write));
    const commits = this.#options.mark.advance();
    try {
      this.#statements.commit.run();
      this.#options.mark.write(commits);
    } catch (error) {
      this.#failure = new StorageFailed(this.#options.name, { cause: error });
      throw this.#failure;
    }
    return outcomes;
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
