import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { LOCATION_COUNT } from '../ledger/shop-floor.ts';
import { startMeasuredProcess } from '../measure/measured-process.ts';
import { count, table } from '../measure/report.ts';
import type { MeasuredReconciliation, ServeReconciliationArgument } from './serve-reconciliation.ts';

/** SKUs at 50 locations each: 2.5 million rows, and 25 thousand to see whether it runs. */
const SKUS = 50_000;
const SKUS_QUICK = 500;
const DIFFERS_EVERY = 10_000;
/** The first also raises the exceptions, the second finds them raised. */
const ROUNDS = 2;
const MIB = 2 ** 20;
const GOAL_SECONDS = 600;
const ROWS_OF_GOAL = 2_500_000;

/** The book of another system against the ledger: 2.5 million balances, of which a few differ. */
export const reconciliation: Benchmark = {
  name: 'reconciliation',
  run: async (options) => {
    const directory = await mkdtemp(join(tmpdir(), 'stockwire-bench-'));
    try {
      return await compare(options, directory);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

async function compare({ isQuick, progress }: BenchmarkOptions, directory: string): Promise<string> {
  const skuCount = isQuick ? SKUS_QUICK : SKUS;
  const positions = skuCount * LOCATION_COUNT;
  const argument: ServeReconciliationArgument = { directory, skuCount, differsEvery: DIFFERS_EVERY };
  progress(`filling a ledger with ${count(positions)} positions`);
  const child = await startMeasuredProcess(join(import.meta.dirname, 'serve-reconciliation.ts'), argument, [
    '--expose-gc',
  ]);
  try {
    const rows: string[][] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      progress(`comparing, ${round} of ${ROUNDS}`);
      const measured = (await child.ask('compare', { run: `run-${round}` })) as MeasuredReconciliation;
      assertRight(measured, positions);
      rows.push(rowOf(measured, positions));
    }
    const head = ['rows', 'seconds', 'rows/s', 'CPU s', 'differences', 'memory before', 'at most', '2.5 million in'];
    return `${table(head, rows)}\ngoal: 2.5 million rows in less than ${GOAL_SECONDS} s`;
  } finally {
    await child.stop();
  }
}

/** @throws when it did not find exactly what differs */
function assertRight({ matched, raised }: MeasuredReconciliation, positions: number): void {
  const differing = Math.ceil(positions / DIFFERS_EVERY);
  if (raised === differing && matched === positions - differing) return;
  throw new Error(`Of ${positions} positions ${differing} differ; ${raised} were found, ${matched} were equal.`);
}

function rowOf({ ms, cpuMs, raised, beforeBytes, peakBytes }: MeasuredReconciliation, positions: number): string[] {
  const perSecond = (positions * 1_000) / ms;
  return [
    count(positions),
    (ms / 1_000).toFixed(2),
    count(perSecond),
    (cpuMs / 1_000).toFixed(2),
    count(raised),
    `${count(beforeBytes / MIB)} MiB`,
    `${count(peakBytes / MIB)} MiB`,
    `${(ROWS_OF_GOAL / perSecond).toFixed(0)} s`,
  ];
}
