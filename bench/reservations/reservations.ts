import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { startMeasuredProcess } from '../measure/measured-process.ts';
import type { MeasuredProcess } from '../measure/measured-process.ts';
import { count, micros, millis, ratio, table } from '../measure/report.ts';
import { SCARCE_STOCK, SPREAD_SKUS } from './reserver.ts';
import type {
  Distribution,
  LoadArgument,
  ReservationLoad,
  ScarceArgument,
  ServeReserverArgument,
} from './serve-reserver.ts';

interface Case {
  readonly distribution: Distribution;
  readonly callers: number;
}

const CALLERS = [1, 64, 1_000] as const;
const CASES: readonly Case[] = (['hot', 'spread'] as const).flatMap((distribution) =>
  CALLERS.map((callers) => ({ distribution, callers })),
);

/** Each variant is measured so often per case, in turns; its best round counts. */
const ROUNDS = 3;

const SCARCE: ScarceArgument = { callers: 64, attempts: 6_000 };

const VARIANTS = [
  { name: 'stockwire', file: 'serve-hub.ts' },
  { name: 'UPDATE ... WHERE', file: 'serve-table.ts' },
] as const;

/** Durable reservations in process: the inventory context against a table of stock, both over SQLite with every commit synced. */
export const reservations: Benchmark = {
  name: 'reservations',
  run: async (options) => {
    const directory = await mkdtemp(join(tmpdir(), 'stockwire-bench-'));
    const subjects: Subject[] = [];
    try {
      for (const { name, file } of VARIANTS) {
        options.progress(`opening stock of ${name}`);
        const argument: ServeReserverArgument = { directory: await mkdtemp(join(directory, 'data-')) };
        subjects.push({ name, process: await startMeasuredProcess(join(import.meta.dirname, file), argument) });
      }
      return await compare(subjects, options);
    } finally {
      await Promise.all(subjects.map(({ process }) => process.stop()));
      await rm(directory, { recursive: true, force: true });
    }
  },
};

interface Subject {
  readonly name: string;
  readonly process: MeasuredProcess;
}

async function compare(subjects: readonly Subject[], options: BenchmarkOptions): Promise<string> {
  const notes: string[] = [];
  for (const { name, process } of subjects) {
    options.progress(`selling out and warming up ${name}`);
    const reserved = (await process.ask('sellOut', SCARCE)) as number;
    notes.push(
      `${name}: ${count(SCARCE.attempts)} attempts at ${count(SCARCE_STOCK)} units reserved ${count(reserved)}`,
    );
    const argument: LoadArgument = { distribution: 'spread', callers: 64, durationMs: options.seconds * 1_000 };
    await process.ask('load', argument);
  }
  const rows: string[][] = [];
  for (const each of CASES) rows.push(...(await measure(each, subjects, options)));
  const writeMs = (await subjects[0]?.process.ask('durableWriteMs')) as number;
  const head = ['variant', 'SKUs', 'callers', 'reservations/s', 'ratio', 'p50', 'p99', 'CPU/reservation', 'ratio'];
  return [table(head, rows), ...notes, `one durable write of 4 KiB: ${millis(writeMs)} at the median`].join('\n');
}

async function measure(each: Case, subjects: readonly Subject[], options: BenchmarkOptions): Promise<string[][]> {
  const best = new Map<Subject, ReservationLoad>();
  for (let round = 1; round <= ROUNDS; round++) {
    for (const subject of subjects) {
      options.progress(`${each.distribution}, ${each.callers} callers: round ${round} of ${ROUNDS}, ${subject.name}`);
      const argument: LoadArgument = { ...each, durationMs: options.seconds * 1_000 };
      const load = (await subject.process.ask('load', argument)) as ReservationLoad;
      const known = best.get(subject);
      if (!known || load.reservationsPerSecond > known.reservationsPerSecond) best.set(subject, load);
    }
  }
  const results = [...best];
  const [, ours] = results[0] ?? [];
  if (!ours) throw new Error('Nothing was measured.');
  return results.map(([{ name }, { reservationsPerSecond, p50Ms, p99Ms, reservationUs }]) => [
    name,
    each.distribution === 'hot' ? 'one' : count(SPREAD_SKUS.length),
    count(each.callers),
    count(reservationsPerSecond),
    ratio(reservationsPerSecond / ours.reservationsPerSecond),
    millis(p50Ms),
    millis(p99Ms),
    micros(reservationUs),
    ratio(reservationUs / ours.reservationUs),
  ]);
}
