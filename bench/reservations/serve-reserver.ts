import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { closedLoop, percentile } from '../measure/closed-loop.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { HOT_SKU, SCARCE_SKU, SCARCE_STOCK, SPREAD_SKUS } from './reserver.ts';
import type { Reserver } from './reserver.ts';

export type Distribution = 'hot' | 'spread';

export interface ServeReserverArgument {
  /** An empty directory of its own, on a disk. */
  readonly directory: string;
}

/** How the callers are asked to reserve. */
export interface LoadArgument {
  readonly distribution: Distribution;
  readonly callers: number;
  readonly durationMs: number;
}

export interface ReservationLoad {
  readonly reservationsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU time of the process, callers included, per reservation. */
  readonly reservationUs: number;
}

export interface ScarceArgument {
  readonly callers: number;
  readonly attempts: number;
}

const DURABLE_WRITES = 200;
const DURABLE_WRITE_BYTES = 4_096;

/** In the child: opens a reserver and answers questions about it. */
export async function serveReserver(openReserver: (directory: string) => Promise<Reserver>): Promise<void> {
  const { directory } = measuredArgument() as ServeReserverArgument;
  const reserver = await openReserver(directory);
  serveMeasured('', {
    load: (argument: LoadArgument) => load(reserver, argument),
    sellOut: (argument: ScarceArgument) => sellOut(reserver, argument),
    durableWriteMs: () => durableWriteMs(directory),
  });
}

/** @throws when the stock has not gone down by exactly what was reserved */
async function load(reserver: Reserver, { distribution, callers, durationMs }: LoadArgument): Promise<ReservationLoad> {
  const before = sumOf(await reserver.available());
  let turn = 0;
  const call = async () => {
    // A stride that has no divisor in common with the number of SKUs visits all of them.
    const sku = distribution === 'hot' ? HOT_SKU : (SPREAD_SKUS[(turn++ * 7_919) % SPREAD_SKUS.length] ?? HOT_SKU);
    if (!(await reserver.reserve(sku))) throw new Error(`${sku} is sold out.`);
  };
  const startUsage = process.cpuUsage();
  const { completed, elapsedMs, latenciesMs } = await closedLoop({ concurrency: callers, durationMs, call });
  const { user, system } = process.cpuUsage(startUsage);
  const gone = before - sumOf(await reserver.available());
  if (gone !== completed) throw new Error(`${completed} units were reserved and ${gone} are gone.`);
  return {
    reservationsPerSecond: (completed * 1_000) / elapsedMs,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    reservationUs: (user + system) / completed,
  };
}

/**
 * Asks for more than there is.
 * @returns how many succeeded
 * @throws unless exactly what was there was reserved, and nothing is left
 */
async function sellOut(reserver: Reserver, { callers, attempts }: ScarceArgument): Promise<number> {
  let started = 0;
  let reserved = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (started++ < attempts) if (await reserver.reserve(SCARCE_SKU)) reserved++;
    }),
  );
  const left = (await reserver.available()).get(SCARCE_SKU);
  if (reserved !== SCARCE_STOCK || left !== 0) {
    throw new Error(
      `${reserved} of ${SCARCE_STOCK} were reserved in ${attempts} attempts and ${String(left)} are left.`,
    );
  }
  return reserved;
}

/** The median of writing a page so that it survives a loss of power: what every commit costs at least. */
async function durableWriteMs(directory: string): Promise<number> {
  const file = await open(join(directory, 'calibration'), 'w');
  const page = Buffer.alloc(DURABLE_WRITE_BYTES, 1);
  const tookMs: number[] = [];
  for (let index = 0; index < DURABLE_WRITES; index++) {
    const startedMs = performance.now();
    await file.write(page);
    await file.datasync();
    tookMs.push(performance.now() - startedMs);
  }
  await file.close();
  return percentile(
    tookMs.sort((a, b) => a - b),
    0.5,
  );
}

function sumOf(available: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const quantity of available.values()) sum += quantity;
  return sum;
}
