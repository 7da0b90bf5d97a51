import { closedLoop, percentile } from '../measure/closed-loop.ts';
import { openLoop } from '../measure/open-loop.ts';
import { HOT_SKU, SPREAD_SKUS } from './reserver.ts';

export type Distribution = 'hot' | 'spread';

/** How the callers are asked to reserve. */
export interface LoadArgument {
  readonly distribution: Distribution;
  /** Lines of one reservation. */
  readonly lines: number;
  readonly callers: number;
  readonly durationMs: number;
  /** Absent: every caller asks again as soon as it is answered. */
  readonly perSecond?: number;
}

export interface ReservationLoad {
  readonly reservations: number;
  readonly reservationsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** @throws when anything is sold out */
export async function reservationLoad(
  reserve: (skus: readonly string[], caller: number) => Promise<boolean>,
  argument: LoadArgument,
): Promise<ReservationLoad> {
  const { callers, durationMs, perSecond } = argument;
  const nextSkus = skusOf(argument);
  let turn = 0;
  const call = async (caller: number = turn++ % callers) => {
    const skus = nextSkus();
    if (!(await reserve(skus, caller))) throw new Error(`${skus.join(', ')} is sold out.`);
  };
  const { completed, elapsedMs, latenciesMs } =
    perSecond === undefined
      ? await closedLoop({ concurrency: callers, durationMs, call })
      : await openLoop({ perSecond, durationMs, call: () => call() });
  return {
    reservations: completed,
    reservationsPerSecond: (completed * 1_000) / elapsedMs,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  };
}

/** A stride that has no divisor in common with the number of SKUs visits all of them. */
const STRIDE = 7_919;

function skusOf({ distribution, lines }: LoadArgument): () => readonly string[] {
  let turn = 0;
  const next = () => SPREAD_SKUS[(turn++ * STRIDE) % SPREAD_SKUS.length] ?? HOT_SKU;
  const hot = SPREAD_SKUS.slice(0, lines);
  return distribution === 'hot' ? () => hot : () => Array.from({ length: lines }, next);
}
