import type { LoadArgument, ReservationLoad } from './reservation-load.ts';

/** Another server that keeps stock, with its own load generator, both in processes of their own. */
export interface StockServer {
  /** @throws when a reservation fails */
  load(argument: LoadArgument): Promise<ReservationLoad | undefined>;
  stop(): Promise<void>;
}

/** SKUs of the spread distribution: as many as the hub has positions. */
export const STOCK_ROWS = 100_000;
/** More than can be reserved of any in one run. */
export const STOCK_UNITS = 100_000_000;
