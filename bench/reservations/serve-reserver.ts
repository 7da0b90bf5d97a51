import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { percentile } from '../measure/closed-loop.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { reservationLoad, type LoadArgument, type ReservationLoad } from './reservation-load.ts';
import { SCARCE_SKU, SCARCE_STOCK } from './reserver.ts';
import type { Reserver } from './reserver.ts';

export interface ServeReserverArgument {
  /** An empty directory of its own, on a disk. */
  readonly directory: string;
}

export interface InProcessLoad extends ReservationLoad {
  /** CPU time of the process, callers included, per reservation. */
  readonly reservationUs: number;
}

export interface ScarceArgument {
  readonly way: string;
  readonly callers: number;
  readonly attempts: number;
}

/** The same stock, reserved in one or several ways. */
export interface OpenedReservers {
  readonly ways: Readonly<Record<string, Reserver>>;
  /** Where it serves other processes; empty when it does not. */
  readonly url: string;
  /** What those processes need to be let in. */
  readonly access?: unknown;
}

const DURABLE_WRITES = 200;
const DURABLE_WRITE_BYTES = 4_096;

/** In the child: opens reservers and answers questions about them. */
export async function serveReserver(openReservers: (directory: string) => Promise<OpenedReservers>): Promise<void> {
  const { directory } = measuredArgument() as ServeReserverArgument;
  const { ways, url, access } = await openReservers(directory);
  const wayOf = (way: string): Reserver => {
    const reserver = ways[way];
    if (!reserver) throw new Error(`There is no way ${way}.`);
    return reserver;
  };
  serveMeasured(url, {
    load: ({ way, ...argument }: LoadArgument & { readonly way: string }) => load(wayOf(way), argument),
    sellOut: (argument: ScarceArgument) => sellOut(wayOf(argument.way), argument),
    units: async ({ way }: { readonly way: string }) => sumOf(await wayOf(way).available()),
    access: () => access,
    durableWriteMs: () => durableWriteMs(directory),
  });
}

/** @throws when the stock has not gone down by exactly what was reserved */
async function load(reserver: Reserver, argument: LoadArgument): Promise<InProcessLoad> {
  const before = sumOf(await reserver.available());
  const startUsage = process.cpuUsage();
  const measured = await reservationLoad((skus) => reserver.reserve(skus), argument);
  const { user, system } = process.cpuUsage(startUsage);
  const gone = before - sumOf(await reserver.available());
  const reserved = measured.reservations * argument.lines;
  if (gone !== reserved) throw new Error(`${reserved} units were reserved and ${gone} are gone.`);
  return { ...measured, reservationUs: (user + system) / measured.reservations };
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
      while (started++ < attempts) if (await reserver.reserve([SCARCE_SKU])) reserved++;
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
