import type { CancelTimer } from '../ports/clock.ts';
import type { Platform } from '../ports/platform.ts';

export interface RepeatedTask {
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  /** From now to the first time, and from the end of each time to the next. */
  readonly pauseMs: number;
  /** What the log says when it fails; the next time tries again. */
  readonly failed: string;
  /** @param signal is aborted when nobody wants more of it */
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

/**
 * Does something again and again, never twice at a time.
 * @returns stops it; resolves when what is under way has ended
 */
export function repeatTask({ platform, pauseMs, failed, run }: RepeatedTask): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let cancel: CancelTimer = () => undefined;
  let underWay: Promise<void> = Promise.resolve();
  const once = async (): Promise<void> => {
    try {
      await run(signal);
    } catch (error) {
      if (!signal.aborted) platform.telemetry.log('warn', failed, { error: String(error) });
    }
    next();
  };
  const next = (): void => {
    if (signal.aborted) return;
    cancel = platform.clock.after(pauseMs, () => {
      underWay = once();
    });
  };
  next();
  return async () => {
    stopping.abort();
    cancel();
    await underWay;
  };
}
