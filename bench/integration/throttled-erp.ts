import { join } from 'node:path';
import type { BenchmarkOptions } from '../benchmark.ts';
import { percentile } from '../measure/closed-loop.ts';
import { startMeasuredProcess } from '../measure/measured-process.ts';
import { count, ratio, table, type Row } from '../measure/report.ts';
import type { ThrottledArgument, ThrottledLoad, ThrottledRound } from './serve-throttled.ts';

/** As Business Central takes them from one user. */
const PER_SECOND = 20;
const BURST = 20;
/** The load goes on for so many times a round, so that a queue has time to grow. */
const LOAD_ROUNDS = 5;

const LOADS = [
  { what: 'three quarters of what it takes', finance: 13, fulfilment: 2 },
  { what: 'twice what it takes', finance: 38, fulfilment: 2 },
] as const;

/** How long commands wait for an ERP that takes so many a second and turns others away, by lane. */
export async function measureThrottled({ seconds, progress }: BenchmarkOptions): Promise<string> {
  const argument: ThrottledArgument = { perSecond: PER_SECOND, burst: BURST };
  const child = await startMeasuredProcess(join(import.meta.dirname, 'serve-throttled.ts'), argument);
  try {
    const rows: Row[] = [];
    for (const { what, ...rates } of LOADS) {
      progress(`a throttled ERP, ${what}`);
      const load: ThrottledLoad = { ...rates, seconds: seconds * LOAD_ROUNDS };
      rows.push(...rowsOf(what, (await child.ask('round', load)) as ThrottledRound));
    }
    await child.ask('close');
    const head = [
      'load',
      'lane',
      'commands',
      'p50 wait',
      'p99 wait',
      'longest',
      'done/s',
      'of its rate',
      'turned away',
    ];
    return `an ERP that takes ${PER_SECOND} a second\n${table(head, rows)}`;
  } finally {
    await child.stop();
  }
}

function rowsOf(what: string, { lanes, elapsedMs, turnedAway }: ThrottledRound): readonly Row[] {
  const done = lanes.FULFILMENT.commands + lanes.FINANCE.commands;
  const perSecond = (done * 1_000) / elapsedMs;
  return (['FULFILMENT', 'FINANCE'] as const).map((lane, index) => {
    const { commands, lagsMs } = lanes[lane];
    const waits = [percentile(lagsMs, 0.5), percentile(lagsMs, 0.99), lagsMs.at(-1) ?? 0];
    const whole = index === 0 ? [count(perSecond), ratio(perSecond / PER_SECOND), count(turnedAway)] : ['', '', ''];
    return [
      index === 0 ? what : '',
      lane,
      count(commands),
      ...waits.map((ms) => `${(ms / 1_000).toFixed(2)} s`),
      ...whole,
    ];
  });
}
