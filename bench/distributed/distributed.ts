import { setTimeout as sleep } from 'node:timers/promises';
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
  /** CPU microseconds per answer, by role, without what is spent when nobody asks. */
  readonly cpuUs: ByRole;
}

/** What leaving the one process costs: rates, times of answers, and the CPU of each role per answer. */
export const distributed: Benchmark = {
  name: 'distributed',
  run: async (options) => {
    options.progress('starting both');
    const embedded = await openEmbeddedShop();
    try {
      const spread = await openDistributedShop();
      try {
        return `over ${spread.servers}\n${table(HEAD, await compare(embedded, spread, options))}`;
      } finally {
        await spread.close();
      }
    } finally {
      await embedded.close();
    }
  },
};

async function compare(embedded: Shop, spread: Shop, options: BenchmarkOptions): Promise<readonly string[][]> {
  const idle = [await idleOf(embedded, options.seconds), await idleOf(spread, options.seconds)] as const;
  const cases = [
    { shop: embedded, idle: idle[0], gateways: 1 },
    { shop: spread, idle: idle[1], gateways: 1 },
    { shop: spread, idle: idle[1], gateways: 2 },
  ];
  const rows = [embedded, spread].map((shop, index) => {
    return ['nothing', shop.name, '-', '-', '-', told(idle[index] ?? {})];
  });
  for (const work of ['availability', 'reservation', 'order'] as const) {
    options.progress(work);
    for (const { shop, ...rest } of cases) {
      const name = `${shop.name}, ${rest.gateways} gateway${rest.gateways > 1 ? 's' : ''}`;
      rows.push(rowOf(work, name, await measure(shop, work, { ...options, ...rest })));
    }
  }
  return rows;
}

type ByRole = Readonly<Record<string, number>>;

/** CPU microseconds a second of each role when nobody asks for anything. */
async function idleOf(shop: Shop, seconds: number): Promise<ByRole> {
  const before = cpuOf(shop);
  const startedMs = performance.now();
  await sleep(seconds * 1_000);
  const elapsedSeconds = (performance.now() - startedMs) / 1_000;
  return mapRoles(cpuOf(shop), (role, us) => (us - (before[role] ?? 0)) / elapsedSeconds);
}

function mapRoles(values: ByRole, map: (role: string, value: number) => number): ByRole {
  return Object.fromEntries(Object.entries(values).map(([role, value]) => [role, map(role, value)]));
}

const HEAD = ['asked for', 'of', 'a second', 'p50 ms', 'p99 ms', 'CPU us each (of nothing: a second), by role'];

interface MeasureOptions extends BenchmarkOptions {
  readonly gateways: number;
  readonly idle: ByRole;
}

async function measure(shop: Shop, work: Work, options: MeasureOptions): Promise<Measured> {
  const { seconds, isQuick, gateways, idle } = options;
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
  const spentIdle = (role: string): number => ((idle[role] ?? 0) * elapsedMs) / 1_000;
  const cpuUs = mapRoles(after, (role, us) => (us - (before[role] ?? 0) - spentIdle(role)) / completed);
  return {
    perSecond: (completed / elapsedMs) * 1_000,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    cpuUs,
  };
}

function cpuOf({ processes }: Shop): ByRole {
  return Object.fromEntries(
    Object.entries(processes).map(([role, pids]) => [role, pids.reduce((sum, pid) => sum + cpuUsOf(pid), 0)]),
  );
}

function rowOf(work: Work, of: string, { perSecond, p50Ms, p99Ms, cpuUs }: Measured): string[] {
  return [work, of, perSecond.toFixed(0), p50Ms.toFixed(1), p99Ms.toFixed(1), told(cpuUs)];
}

const told = (cpuUs: ByRole): string =>
  Object.entries(cpuUs)
    .map(([role, us]) => `${role} ${us.toFixed(0)}`)
    .join(', ');
