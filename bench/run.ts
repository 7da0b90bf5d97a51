import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.ts';
import { calibration } from './measure/report.ts';
import { caching } from './caching/caching.ts';
import { distributed } from './distributed/distributed.ts';
import { entities } from './entities/entities.ts';
import { fanOut } from './fan-out/fan-out.ts';
import { edge } from './edge/edge.ts';
import { integration } from './integration/integration.ts';
import { ledger } from './ledger/ledger.ts';
import { orders } from './orders/orders.ts';
import { plans } from './plans/plans.ts';
import { reconciliation } from './reconciliation/reconciliation.ts';
import { reservations } from './reservations/reservations.ts';
import { storefront } from './storefront/storefront.ts';

const BENCHMARKS: readonly Benchmark[] = [
  storefront,
  plans,
  entities,
  caching,
  edge,
  ledger,
  reconciliation,
  reservations,
  orders,
  fanOut,
  distributed,
  integration,
];

const SECONDS_DEFAULT = 2;
const SECONDS_QUICK = 0.5;
const SECONDS_MAX = 60;

/** What is measured goes on getting quicker for a long time. */
const WARM_UP_ROUNDS = 3;

await main();

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
    },
  });
  const { quick: isQuick, full: isFull } = values;
  const seconds = Number(values.seconds ?? (isQuick ? SECONDS_QUICK : SECONDS_DEFAULT));
  const warmUpSeconds = Number(values['warm-up'] ?? WARM_UP_ROUNDS * seconds);
  const unknown = positionals.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
  const areInRange = [seconds, warmUpSeconds].every((each) => each > 0 && each <= SECONDS_MAX);
  if (unknown.length > 0 || !areInRange) {
    const names = BENCHMARKS.map(({ name }) => name).join(' ');
    console.error(
      `Usage: npm run bench [-- ${names}] [--seconds N] [--warm-up N] [--quick | --full], N up to ${SECONDS_MAX}`,
    );
    process.exitCode = 1;
    return;
  }
  const chosen = BENCHMARKS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  console.log(`Node ${process.version}, ${availableParallelism()} cores, ${seconds} s per round`);
  console.log(await calibration());
  for (const benchmark of chosen) {
    console.log(`\n${benchmark.name}`);
    const progress = (text: string) => console.error(`  ${benchmark.name}: ${text}`);
    console.log(await benchmark.run({ seconds, warmUpSeconds, isQuick, isFull, progress }));
  }
}
