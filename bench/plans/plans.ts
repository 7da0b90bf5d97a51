import { join } from 'node:path';
import type { Benchmark } from '../benchmark.ts';
import { startMeasuredProcess } from '../measure/measured-process.ts';
import type { MeasuredProcess } from '../measure/measured-process.ts';
import { count, micros, table } from '../measure/report.ts';
import { OPERATIONS } from '../storefront/operations.ts';
import type { ColdRound, PlanRequests, ServePlansArgument } from './serve-plans.ts';

/** The first round warms up; the best of the others counts. */
const ROUNDS = 4;
const HITS = 100_000;
const COLD = 300;

const PLANNERS: readonly (ServePlansArgument & { readonly name: string })[] = [
  { name: 'in the process', isApart: false },
  { name: 'in its own process', isApart: true },
];

/** What it costs to make a document ready, to find it again, and to keep it. */
export const plans: Benchmark = {
  name: 'plans',
  run: async (options) => {
    const rows: (readonly string[])[] = [];
    for (const { name, isApart } of PLANNERS) {
      options.progress(`planner ${name}`);
      const child = await startMeasuredProcess(join(import.meta.dirname, 'serve-plans.ts'), { isApart });
      try {
        for (const operation of OPERATIONS) rows.push([operation.name, name, ...(await measure(child, operation))]);
      } finally {
        await child.stop();
      }
    }
    const note = 'Cold: read, validated, planned and compiled. Known: found, and its variables coerced.';
    return `${table(['operation', 'planner', 'cold', 'known, CPU', 'kept, bytes'], rows)}\n${note}`;
  },
};

async function measure(child: MeasuredProcess, { bodies }: (typeof OPERATIONS)[number]): Promise<readonly string[]> {
  const { query, variables } = JSON.parse(bodies[0] ?? '') as Omit<PlanRequests, 'times'>;
  let best = { us: Infinity, hitNs: Infinity, bytes: Infinity };
  for (let round = 0; round < ROUNDS; round++) {
    const cold = (await child.ask('cold', { query, variables, times: COLD })) as ColdRound;
    const hitNs = (await child.ask('hit', { query, variables, times: HITS })) as number;
    if (round === 0) continue;
    best = {
      us: Math.min(best.us, cold.us),
      hitNs: Math.min(best.hitNs, hitNs),
      bytes: Math.min(best.bytes, cold.bytes),
    };
  }
  return [micros(best.us), micros(best.hitNs / 1_000), count(best.bytes)];
}
