import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Obstacle } from '../../model/errors.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { DerivedChange, DerivedGroup, DerivedOutcome } from './derived-change.ts';
import type { DerivedTables } from './derived-tables.ts';
import { StorageClosed, StorageFailed } from './storage-errors.ts';

interface QueuedChange {
  readonly change: DerivedChange;
  readonly resolve: (isDone: boolean) => void;
  readonly reject: (error: Error) => void;
}

export interface DerivedWriterOptions {
  /** For what is not worth a thread. */
  readonly tables: DerivedTables;
  readonly path: string;
  readonly markPath: string;
  readonly telemetry: Telemetry;
  readonly queuedWritesMax: number;
  readonly groupWritesMax: number;
  /** How many commits of the store are durable. */
  readonly storeCommits: () => number;
}

const NAME = 'derived';

/** How long changes are gathered, because nobody waits for them, unless there are enough for a commit of their own. */
const GATHER_MS = 3;
const ENOUGH_CHANGES = 200;

/** A group from which on they are written in another thread, which is then there and writes the smaller ones too. */
const THREAD_CHANGES_MIN = 100;

/**
 * Writes derived documents, in a thread of its own as soon as there are many, so that neither the event loop nor the commits
 * of the store wait for them. What comes while the thread is busy is the next group, in the order of coming.
 */
export class DerivedWriter {
  readonly #options: DerivedWriterOptions;
  #queue: QueuedChange[] = [];
  #worker: Worker | undefined;
  #writing: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: DerivedWriterOptions) {
    this.#options = options;
  }

  /**
   * Resolves when the change is durable, or was not made.
   * @returns whether the document stood at the expected version
   * @throws {Obstacle} OVERLOADED when too many changes wait already
   * @throws {StorageFailed} when it is not known whether it was made
   */
  async write(change: DerivedChange): Promise<boolean> {
    if (this.#isClosed) throw new StorageClosed(NAME);
    const { queuedWritesMax } = this.#options;
    if (this.#queue.length >= queuedWritesMax) {
      const details = { limit: 'queuedWritesMax', queuedWritesMax };
      throw new Obstacle('OVERLOADED', 'Too many writes wait for derived documents.', details);
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ change, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Writes what waits and ends the thread. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writing;
    this.#options.tables.close();
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = undefined;
    const exited = once(worker, 'exit').catch(() => undefined);
    worker.ref();
    worker.postMessage(null, []);
    await exited;
  }

  async #writeAll(): Promise<void> {
    // What is written in one turn goes together.
    await nextTurn();
    while (this.#queue.length > 0) {
      if (this.#queue.length < ENOUGH_CHANGES && !this.#isClosed) await sleep(GATHER_MS);
      const group = this.#queue.splice(0, this.#options.groupWritesMax);
      try {
        const done = await this.#write(group.map(({ change }) => change));
        group.forEach(({ resolve }, index) => resolve(done[index] === true));
      } catch (error) {
        const failure = new StorageFailed(NAME, { cause: error });
        for (const { reject } of group) reject(failure);
      }
    }
    this.#writing = undefined;
  }

  async #write(changes: readonly DerivedChange[]): Promise<readonly boolean[]> {
    const { telemetry, storeCommits } = this.#options;
    const startedMs = performance.now();
    const group: DerivedGroup = { changes, storeCommits: storeCommits() };
    const isForThread = this.#worker !== undefined || changes.length >= THREAD_CHANGES_MIN;
    const outcome = isForThread ? await this.#ask(JSON.stringify(group)) : this.#options.tables.write(group);
    telemetry.observe('storage_commit_seconds', (performance.now() - startedMs) / 1_000, { store: NAME });
    telemetry.observe('storage_commit_writes', changes.length, { store: NAME });
    if ('failure' in outcome) throw new Error(outcome.failure);
    return outcome.done;
  }

  async #ask(text: string): Promise<DerivedOutcome> {
    const worker = (this.#worker ??= this.#start());
    const ended = new AbortController();
    const end = (): void => ended.abort();
    worker.once('exit', end).ref();
    try {
      // As text, which is copied far more quickly than objects.
      worker.postMessage(text, []);
      const [outcome] = (await once(worker, 'message', { signal: ended.signal })) as [DerivedOutcome];
      return outcome;
    } finally {
      worker.off('exit', end).unref();
    }
  }

  #start(): Worker {
    const { path, markPath } = this.#options;
    const url = new URL('./derived-worker.ts', import.meta.url);
    const worker = new Worker(url, { workerData: { path, markPath }, env: {} });
    // Whoever waits for an answer hears of it; the next change starts another thread.
    const forget = (): void => {
      if (this.#worker === worker) this.#worker = undefined;
    };
    worker.on('error', forget).on('exit', forget);
    return worker;
  }
}
