import { Worker, type Transferable } from 'node:worker_threads';
import type { PastPort } from '../../../../kernel/engine/past/past-connection.ts';
import type { PastLimits } from '../../../../kernel/engine/past/past-limits.ts';

/** Starts the thread that rebuilds past states. It keeps no process alive, and one that runs out of memory ends alone. */
export function startPastWorker({ pastHeapMbMax }: Pick<PastLimits, 'pastHeapMbMax'>): PastPort {
  const worker = new Worker(new URL('./past-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: pastHeapMbMax },
    env: {},
  });
  return {
    onReply: (listener) => {
      worker.on('message', listener);
      // Only now: to listen is what would keep the process alive.
      worker.unref();
    },
    onEnd: (listener) => void worker.on('error', listener).on('exit', () => listener()),
    postMessage: (message: unknown, transfer: readonly Transferable[] = []) => worker.postMessage(message, transfer),
    end: () => void worker.terminate(),
  };
}
