import { join } from 'node:path';
import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { startMeasuredProcess } from '../measure/measured-process.ts';
import { table } from '../measure/report.ts';
import type { GuardRound } from './serve-guards.ts';

/** The guards take turns; the best round of each counts. */
const ROUNDS = 5;
const TIMES = 200_000;

/** What a request pays at the edge for whom it is from and what it may do, once its token and operation are known. */
export const edge: Benchmark = {
  name: 'edge',
  run: async ({ progress }: BenchmarkOptions) => {
    const child = await startMeasuredProcess(join(import.meta.dirname, 'serve-guards.ts'));
    try {
      const best = new Map<string, number>();
      for (let round = 0; round <= ROUNDS; round++) {
        progress(`round ${round} of ${ROUNDS}`);
        const measured = (await child.ask('round', { times: TIMES })) as readonly GuardRound[];
        // The first round warms up.
        if (round === 0) continue;
        for (const { guard, ns } of measured) best.set(guard, Math.min(ns, best.get(guard) ?? Infinity));
      }
      const total = [...best.values()].reduce((sum, ns) => sum + ns, 0);
      const rows = [...best, ['all of them', total] as const].map(([guard, ns]) => [guard, `${Math.round(ns)} ns`]);
      return table(['guard', 'CPU per request'], rows);
    } finally {
      await child.stop();
    }
  },
};
