import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark, FlashSale } from './benchmark.ts';
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
import { LOCATION_IDS } from './reservations/stock-facts.ts';
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

const FLASH_CUSTOMERS = 200;
const FLASH_UNITS = 2_000;
const FLASH_CUSTOMERS_MAX = 10_000;

await main();

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      directory: { type: 'string' },
      'flash-sale': { type: 'boolean', default: false },
      customers: { type: 'string' },
      units: { type: 'string' },
    },
  });
  const { quick: isQuick, full: isFull, directory } = values;
  // Where every benchmark makes its own folder, which it removes.
  if (directory !== undefined) process.env['TMPDIR'] = resolve(directory);
  const seconds = Number(values.seconds ?? (isQuick ? SECONDS_QUICK : SECONDS_DEFAULT));
  const warmUpSeconds = Number(values['warm-up'] ?? WARM_UP_ROUNDS * seconds);
  const flashSale = values['flash-sale'] ? readFlashSale(values) : undefined;
  const unknown = positionals.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
  const areInRange = [seconds, warmUpSeconds].every((each) => each > 0 && each <= SECONDS_MAX);
  if (unknown.length > 0 || !areInRange || (flashSale && !isPossible(flashSale))) {
    const names = BENCHMARKS.map(({ name }) => name).join(' ');
    console.error(
      `Usage: npm run bench [-- ${names}] [--seconds N] [--warm-up N] [--quick | --full] [--directory FOLDER], N up to ${SECONDS_MAX}\n` +
        `       npm run bench -- orders --flash-sale [--customers N] [--units N] [--seconds N], units a multiple of ${LOCATION_IDS.length}`,
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
    console.log(
      await benchmark.run({ seconds, warmUpSeconds, isQuick, isFull, progress, ...(flashSale && { flashSale }) }),
    );
  }
}

function readFlashSale({ customers, units }: { readonly customers?: string; readonly units?: string }): FlashSale {
  return { customers: Number(customers ?? FLASH_CUSTOMERS), units: Number(units ?? FLASH_UNITS) };
}

/** Each location gets an equal part of the units. */
function isPossible({ customers, units }: FlashSale): boolean {
  const areWhole = Number.isSafeInteger(customers) && Number.isSafeInteger(units / LOCATION_IDS.length);
  return areWhole && customers > 0 && customers <= FLASH_CUSTOMERS_MAX && units > 0;
}
