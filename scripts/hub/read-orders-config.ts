import { ORDERS_LIMITS, type OrdersLimits } from '../../subgraphs/orders/app/orders-limits.ts';

export type OrdersConfig = Pick<OrdersLimits, 'placementTtlMs'>;

const MINUTE_MS = 60_000;
/** A week. */
const MINUTES_MAX = 10_080;

/** For how long an order whose stock was not claimed may be placed again under its number. */
export function readOrdersConfig(env: Readonly<Record<string, string | undefined>>, faults: string[]): OrdersConfig {
  const text = env['STOCKWIRE_PLACEMENT_TTL_MINUTES'];
  if (text === undefined) return { placementTtlMs: ORDERS_LIMITS.placementTtlMs };
  const minutes = text.trim() === '' ? Number.NaN : Number(text);
  if (!(minutes >= 1 && minutes <= MINUTES_MAX)) {
    faults.push(`STOCKWIRE_PLACEMENT_TTL_MINUTES must be a number of minutes, 1 to ${MINUTES_MAX}.`);
  }
  return { placementTtlMs: Math.round(minutes * MINUTE_MS) };
}
