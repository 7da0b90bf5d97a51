import type { Clock } from '../../ports/clock.ts';

/** Resolves after a while, or as soon as the signal fires. */
export async function rest(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(delayMs, resolve);
  const stop = (): void => resolve();
  signal?.addEventListener('abort', stop, { once: true });
  await promise;
  cancel();
  signal?.removeEventListener('abort', stop);
}
