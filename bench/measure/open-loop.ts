import type { LoopResult } from './closed-loop.ts';

/**
 * Starts calls at a steady rate until `durationMs` have passed, whether or not earlier ones have been answered, and waits
 * for all. The time of a call counts from when it was due, so that whoever is late is not spared the wait. A call that is
 * turned away because too many wait already counts as never answered: its time is infinite.
 * @throws whatever else a call throws
 */
export async function openLoop(options: {
  readonly perSecond: number;
  readonly durationMs: number;
  readonly call: () => Promise<void>;
}): Promise<LoopResult> {
  const { perSecond, durationMs, call } = options;
  const total = Math.floor((perSecond * durationMs) / 1_000);
  const latenciesMs: number[] = [];
  const pending: Promise<void>[] = [];
  const failures: unknown[] = [];
  let turnedAway = 0;
  const startedMs = performance.now();
  const timed = async (dueMs: number) => {
    try {
      await call();
      latenciesMs.push(performance.now() - dueMs);
    } catch (error) {
      if (isOverloaded(error)) turnedAway++;
      else failures.push(error);
    }
  };
  for (let started = 0; started < total && failures.length === 0;) {
    const due = Math.min(total, Math.ceil(((performance.now() - startedMs) * perSecond) / 1_000));
    for (; started < due; started++) pending.push(timed(startedMs + (started * 1_000) / perSecond));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(pending);
  if (failures.length > 0) throw failures[0];
  return {
    completed: latenciesMs.length,
    elapsedMs: performance.now() - startedMs,
    latenciesMs: [
      ...latenciesMs.sort((a, b) => a - b),
      ...Array.from({ length: turnedAway }, () => Number.POSITIVE_INFINITY),
    ],
  };
}

function isOverloaded(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 'OVERLOADED';
}
