import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { startMeasuredProcess, type MeasuredProcess } from '../measure/measured-process.ts';
import { count, micros, millis, table } from '../measure/report.ts';
import { measureFlashSale } from './flash-sale.ts';
import type { PlaceArgument, PlaceLoad } from './order-desk.ts';
import type { ServeOrdersArgument } from './serve-orders.ts';
import type { LookUpArgument, LookUpLoad } from './stored-orders.ts';

/** Orders that are stored when it is measured, one size after the other. */
const STORED = [10_000] as const;
const STORED_QUICK = [1_000] as const;
const STORED_FULL = [10_000, 100_000, 1_000_000] as const;
/** The best counts. */
const ROUNDS = 2;
const CALLERS = 64;
const CALLERS_QUICK = 16;
const LOOKS = 5_000;
const LOOKS_QUICK = 200;
/** Stored between two questions to the child. */
const STORED_AT_A_TIME = 25_000;

/** Orders from the mutation that places them until their locations have the work, and what finding them costs. */
export const orders: Benchmark = {
  name: 'orders',
  run: async (options) => {
    const directory = await mkdtemp(join(tmpdir(), 'stockwire-bench-'));
    const { flashSale, seconds } = options;
    const argument: ServeOrdersArgument = { directory, ...(flashSale && { flashUnits: flashSale.units }) };
    const child = await startMeasuredProcess(join(import.meta.dirname, 'serve-orders.ts'), argument);
    try {
      return await (flashSale ? measureFlashSale(child, flashSale, seconds) : measureSizes(child, options));
    } finally {
      await child.stop();
      await rm(directory, { recursive: true, force: true });
    }
  },
};

async function measureSizes(child: MeasuredProcess, options: BenchmarkOptions): Promise<string> {
  const { isQuick, isFull, progress } = options;
  const sizes = isQuick ? STORED_QUICK : isFull ? STORED_FULL : STORED;
  const [placed, found]: [string[][], string[][]] = [[], []];
  let stored = 0;
  for (const size of sizes) {
    while (stored < size) {
      progress(`${count(stored)} of ${count(size)} orders are stored`);
      stored = (await child.ask('store', { orders: Math.min(STORED_AT_A_TIME, size - stored) })) as number;
    }
    placed.push(await measurePlacing(child, size, options));
    found.push(await measureFinding(child, size, options));
  }
  return [table(PLACED, placed), table(FOUND, found)].join('\n\n');
}

const PLACED = [
  'stored orders',
  'placed/s',
  'released/s',
  'all done after',
  'p50',
  'p99',
  'CPU each',
  'at half load',
  'p50',
  'p99',
];

async function measurePlacing(child: MeasuredProcess, size: number, options: BenchmarkOptions): Promise<string[]> {
  const { seconds, isQuick, progress } = options;
  const argument: PlaceArgument = { callers: isQuick ? CALLERS_QUICK : CALLERS, durationMs: seconds * 1_000 };
  const place = async (given: PlaceArgument) => (await child.ask('place', given)) as PlaceLoad;
  let best: PlaceLoad | undefined;
  // The first round is the warm-up.
  for (let round = 0; round <= ROUNDS; round++) {
    progress(`placing beside ${count(size)} orders, round ${round} of ${ROUNDS}`);
    const load = await place(argument);
    if (round > 0 && load.releasedPerSecond > (best?.releasedPerSecond ?? 0)) best = load;
  }
  if (!best) throw new Error('Nothing was placed.');
  const half = await place({ ...argument, perSecond: best.releasedPerSecond / 2 });
  return [
    count(size),
    count(best.placedPerSecond),
    count(best.releasedPerSecond),
    millis(best.behindMs),
    millis(best.p50Ms),
    millis(best.p99Ms),
    micros(best.orderUs),
    `${count(best.releasedPerSecond / 2)}/s`,
    millis(half.p50Ms),
    millis(half.p99Ms),
  ];
}

const LOOK_UPS = ['order', 'timeline', 'words', 'list'] as const satisfies readonly LookUpArgument['what'][];
const FOUND = [
  'stored orders',
  ...['by id', '50 entries of its timeline', 'by a number typed', "a customer's"].flatMap((what) => [
    `${what}, p50`,
    'p99',
  ]),
];

async function measureFinding(
  child: MeasuredProcess,
  size: number,
  { isQuick, progress }: BenchmarkOptions,
): Promise<string[]> {
  progress(`finding among ${count(size)} orders`);
  const calls = isQuick ? LOOKS_QUICK : LOOKS;
  const row = [count(size)];
  for (const what of LOOK_UPS) {
    await child.ask('lookUp', { what, calls: Math.ceil(calls / 5) } satisfies LookUpArgument);
    const { p50Ms, p99Ms } = (await child.ask('lookUp', { what, calls } satisfies LookUpArgument)) as LookUpLoad;
    row.push(millis(p50Ms), millis(p99Ms));
  }
  return row;
}
