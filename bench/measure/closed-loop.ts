export interface LoopResult {
  readonly completed: number;
  readonly elapsedMs: number;
  /** Milliseconds per call, sorted. */
  readonly latenciesMs: readonly number[];
}

/**
 * Keeps `concurrency` calls in flight until `durationMs` have passed; a caller starts its next call when the last one
 * has been answered.
 * @throws whatever a call throws: a benchmark with errors measures nothing
 */
export async function closedLoop(options: {
  readonly concurrency: number;
  readonly durationMs: number;
  readonly call: (caller: number) => Promise<void>;
}): Promise<LoopResult> {
  const latenciesMs: number[] = [];
  const startedMs = performance.now();
  const endsMs = startedMs + options.durationMs;
  const caller = async (_: unknown, index: number) => {
    for (let nowMs = performance.now(); nowMs < endsMs;) {
      await options.call(index);
      const doneMs = performance.now();
      latenciesMs.push(doneMs - nowMs);
      nowMs = doneMs;
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, caller));
  return {
    completed: latenciesMs.length,
    elapsedMs: performance.now() - startedMs,
    latenciesMs: latenciesMs.sort((a, b) => a - b),
  };
}

/** The value below which `fraction` of the sorted values lie. */
export function percentile(sorted: readonly number[], fraction: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN;
}
