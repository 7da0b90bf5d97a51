import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { startMeasuredProcess } from '../measure/measured-process.ts';
import type { MeasuredProcess } from '../measure/measured-process.ts';
import { count, ratio, table } from '../measure/report.ts';
import type { LogContent, OpenedLedger, ServeJournalArgument } from './serve-journal.ts';
import type { MemoryLayout, MemoryRound, RoundArgument, ServeMemoryArgument } from './serve-memory.ts';
import { LOCATION_COUNT } from './shop-floor.ts';

/** SKUs at 50 locations each: 25 thousand positions and 2.5 million. */
const SKU_COUNTS = [500, 50_000] as const;
const SKUS = SKU_COUNTS[1];
const TAIL_RESERVATIONS = 200_000;
const EVENTS_PER_ROUND = 50_000;
/** The sizes take turns; the best round of each counts. */
const ROUNDS = 5;
/** The first rounds warm up. */
const WARM_UP_ROUNDS = 2;
const MIB = 2 ** 20;

/** The ledger at 2.5 million positions: memory, start, cost of an event, look-ups of availability. */
export const ledger: Benchmark = {
  name: 'ledger',
  run: async (options) => [await inMemory(options), await onDisk(options)].join('\n\n'),
};

async function inMemory({ progress }: BenchmarkOptions): Promise<string> {
  const argument: ServeMemoryArgument = { skuCounts: SKU_COUNTS };
  progress('filling two ledgers in memory');
  const child = await startMeasuredProcess(join(import.meta.dirname, 'serve-memory.ts'), argument, ['--expose-gc']);
  try {
    const layouts = (await child.ask('layouts')) as readonly MemoryLayout[];
    const measure = async () => {
      const rounds: MemoryRound[] = [];
      for (const size of SKU_COUNTS.keys()) {
        const asked: RoundArgument = { size, times: EVENTS_PER_ROUND };
        rounds.push((await child.ask('round', asked)) as MemoryRound);
      }
      return rounds;
    };
    const best = async (what: string) => {
      let rounds: readonly MemoryRound[] = [];
      for (let round = 1; round <= WARM_UP_ROUNDS; round++) await measure();
      for (let round = 1; round <= ROUNDS; round++) {
        progress(`${what}: round ${round} of ${ROUNDS}`);
        rounds = (await measure()).map((measured, size) => lower(rounds[size], measured));
      }
      return rounds;
    };
    const plain = costTable('decided and applied in memory', layouts, await best('cost of an event'));
    await child.ask('setRules');
    const ruled = costTable('the same, with safety stock', layouts, await best('cost of an event under rules'));
    return [plain, ruled, layoutTable(layouts)].join('\n\n');
  } finally {
    await child.stop();
  }
}

function lower(known: MemoryRound | undefined, measured: MemoryRound): MemoryRound {
  if (!known) return measured;
  return {
    reservationNs: Math.min(known.reservationNs, measured.reservationNs),
    saleNs: Math.min(known.saleNs, measured.saleNs),
    nodeNs: Math.min(known.nodeNs, measured.nodeNs),
    channelNs: Math.min(known.channelNs, measured.channelNs),
    availableNs: Math.min(known.availableNs, measured.availableNs),
  };
}

const COSTS = [
  [`reservation of one unit from ${LOCATION_COUNT} locations`, 'reservationNs'],
  ['sale in a store', 'saleNs'],
  ['availability of a SKU at a location, with terms', 'nodeNs'],
  [`availability of a SKU over ${LOCATION_COUNT} locations, with terms`, 'channelNs'],
  [`availability of a SKU over ${LOCATION_COUNT} locations, the sum alone`, 'availableNs'],
] as const;

function costTable(what: string, layouts: readonly MemoryLayout[], rounds: readonly MemoryRound[]): string {
  const [small, large] = rounds as readonly [MemoryRound, MemoryRound];
  const rows = COSTS.map(([cost, key]) => [
    cost,
    nanoseconds(small[key]),
    nanoseconds(large[key]),
    ratio(large[key] / small[key]),
    count(1e9 / large[key]),
  ]);
  const sizes = layouts.map(({ positions }) => `${count(positions)} positions`);
  return table([what, ...sizes, 'ratio', 'per second'], rows);
}

function layoutTable(layouts: readonly MemoryLayout[]): string {
  const rows = layouts.map(({ positions, arrayBytes, heapBytes }) => [
    count(positions),
    mebibytes(arrayBytes),
    mebibytes(heapBytes),
    count(arrayBytes / positions),
    count((arrayBytes + heapBytes) / positions),
  ]);
  return table(['positions', 'typed arrays', 'heap', 'array bytes/position', 'all bytes/position'], rows);
}

async function onDisk({ progress }: BenchmarkOptions): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'stockwire-bench-'));
  const opened: string[][] = [];
  const withLedger = async <Result>(use: (child: MeasuredProcess) => Promise<Result>): Promise<Result> => {
    const argument: ServeJournalArgument = { directory };
    const child = await startMeasuredProcess(join(import.meta.dirname, 'serve-journal.ts'), argument);
    try {
      return await use(child);
    } finally {
      await child.stop();
    }
  };
  try {
    progress(`writing ${count(SKUS * LOCATION_COUNT)} positions to the log`);
    const saveMs = await withLedger(async (child) => {
      await child.ask('fill', { skuCount: SKUS });
      return (await child.ask('close')) as number;
    });
    progress('writing the tail');
    await withLedger(async (child) => {
      opened.push(row('snapshot', (await child.ask('opened')) as OpenedLedger));
      // The end of the process comes without notice, so that the tail is in no snapshot.
      await child.ask('reserve', { skuCount: SKUS, times: TAIL_RESERVATIONS });
    });
    progress('starting from snapshot and tail');
    const what = `snapshot and a tail of ${count(TAIL_RESERVATIONS)} events`;
    await withLedger(async (child) => opened.push(row(what, (await child.ask('opened')) as OpenedLedger)));
    progress('rebuilding from the log');
    await rm(join(directory, 'snapshots'), { recursive: true });
    const note = await withLedger(async (child) => {
      const rebuilt = (await child.ask('opened')) as OpenedLedger;
      opened.push(row('log alone', rebuilt));
      return rebuildNote(rebuilt, (await child.ask('content')) as LogContent);
    });
    const head = ['start from', 'ready after', 'positions', 'resident'];
    return [table(head, opened), note, `saving the snapshot: ${seconds(saveMs)}`].join('\n');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function row(from: string, { openMs, positions, residentBytes }: OpenedLedger): string[] {
  return [from, seconds(openMs), count(positions), mebibytes(residentBytes)];
}

function rebuildNote({ openMs }: OpenedLedger, { batches, events, lines }: LogContent): string {
  const perSecond = (times: number) => count((times * 1_000) / openMs);
  return (
    `the log: ${count(batches)} batches, ${count(events)} events with ${count(lines)} lines; ` +
    `rebuilt at ${perSecond(events)} events and ${perSecond(lines)} lines a second`
  );
}

const nanoseconds = (value: number): string => `${count(value)} ns`;
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
const mebibytes = (bytes: number): string => `${count(bytes / MIB)} MiB`;
