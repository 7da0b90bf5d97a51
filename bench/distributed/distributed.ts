import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { closedLoop, percentile } from '../measure/closed-loop.ts';
import { table } from '../measure/report.ts';
import { cpuUsOf } from './cpu-of-process.ts';
import { openDistributedShop, openEmbeddedShop } from './open-shops.ts';
import { ask, type Shop, type Work } from './shop.ts';

const CALLERS = 16;
const QUICK_CALLERS = 4;

interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU microseconds per answer, by role. */
  readonly cpuUs: Readonly<Record<string, number>>;
}

/** What leaves the one process costs: rates, times of answers, and the CPU of each role per answer. */
export const distributed: Benchmark = {
  name: 'distributed',
  run: async (options) => {
    const rows: string[][] = [];
    options.progress('starting both');
    const embedded = await openEmbeddedShop();
    try {
      const spread = await openDistributedShop();
      try {
        for (const work of ['availability', 'reservation', 'order'] as const) {
          options.progress(work);
          rows.push(rowOf(work, embedded.name, await measure(embedded, work, { ...options, gateways: 1 })));
          rows.push(
            rowOf(work, `${spread.name}, one gateway`, await measure(spread, work, { ...options, gateways: 1 })),
          );
          rows.push(
            rowOf(work, `${spread.name}, two gateways`, await measure(spread, work, { ...options, gateways: 2 })),
          );
        }
        return `over ${spread.servers}\n${table(HEAD, rows)}`;
      } finally {
        await spread.close();
      }
    } finally {
      await embedded.close();
    }
  },
};

const HEAD = ['asked for', 'of', 'a second', 'p50 ms', 'p99 ms', 'CPU us each, by role'];

interface MeasureOptions extends BenchmarkOptions {
  readonly gateways: number;
}

async function measure(shop: Shop, work: Work, { seconds, isQuick, gateways }: MeasureOptions): Promise<Measured> {
  const asked = shop.gateways.slice(0, gateways);
  const load = (forSeconds: number) =>
    closedLoop({
      concurrency: isQuick ? QUICK_CALLERS : CALLERS,
      durationMs: forSeconds * 1_000,
      call: (caller) => ask(asked[caller % asked.length] ?? shop.gateways[0], work),
    });
  await load(seconds / 2);
  const before = cpuOf(shop);
  const { completed, elapsedMs, latenciesMs } = await load(seconds);
  const after = cpuOf(shop);
  const cpuUs = Object.fromEntries(
    Object.keys(before).map((role) => [role, ((after[role] ?? 0) - (before[role] ?? 0)) / completed]),
  );
  return {
    perSecond: (completed / elapsedMs) * 1_000,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    cpuUs,
  };
}

function cpuOf({ processes }: Shop): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(processes).map(([role, pids]) => [role, pids.reduce((sum, pid) => sum + cpuUsOf(pid), 0)]),
  );
}

function rowOf(work: Work, of: string, { perSecond, p50Ms, p99Ms, cpuUs }: Measured): string[] {
  const cpu = Object.entries(cpuUs).map(([role, us]) => `${role} ${us.toFixed(0)}`);
  return [work, of, perSecond.toFixed(0), p50Ms.toFixed(1), p99Ms.toFixed(1), cpu.join(', ')];
}
