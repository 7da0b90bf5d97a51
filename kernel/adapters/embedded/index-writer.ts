import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { IndexAddition } from './index-entries.ts';
import type { IndexWritten } from './index-worker.ts';

/**
 * Writes an index in a thread of its own, so that commands are decided meanwhile: many keys in no order, and now and then
 * a wait for the disk, take tens of milliseconds. The thread is started when there is something to write.
 */
export class IndexWriter {
  readonly #path: string;
  #worker: Worker | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** One at a time. @returns the sum over the checksums of all entries now. @throws when it cannot be written */
  async write(addition: IndexAddition): Promise<number> {
    const worker = (this.#worker ??= this.#start());
    const ended = new AbortController();
    const end = (): void => ended.abort();
    worker.once('exit', end).ref();
    try {
      // As text, which is copied far more quickly than objects.
      worker.postMessage(JSON.stringify(addition), []);
      const [written] = (await once(worker, 'message', { signal: ended.signal })) as [IndexWritten];
      if ('failure' in written) throw new Error(written.failure);
      return written.checksum;
    } finally {
      worker.off('exit', end).unref();
    }
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (!worker) return;
    const exited = once(worker, 'exit').catch(() => undefined);
    worker.ref();
    worker.postMessage(null, []);
    await exited;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./index-worker.ts', import.meta.url), { workerData: this.#path, env: {} });
    // Whoever waits for an answer hears of it; the next addition starts another thread.
    const forget = (): void => {
      if (this.#worker === worker) this.#worker = undefined;
    };
    worker.on('error', forget).on('exit', forget);
    return worker;
  }
}
