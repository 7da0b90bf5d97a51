import type { Steps } from '../../../kernel/model/quantity.ts';
import type { ReservationKind } from './ledger-event.ts';

export type ReservationStatus = 'ACTIVE' | 'CONVERTED' | 'CANCELLED' | 'EXPIRED';

export interface Reservation {
  readonly id: string;
  readonly lineRef: string;
  readonly sku: number;
  /** What it claims, or claimed last; smaller after a part of it became an allocation. */
  readonly steps: Steps;
  /** Of a kit: what it claims for each of its steps. */
  readonly components?: readonly { readonly sku: number; readonly stepsEach: Steps }[];
  /** Of `steps`, those that were sold beyond stock and are still owed. */
  readonly backordered: Steps;
  readonly kind: ReservationKind;
  readonly channel: string;
  /** Index of the location that it binds, NONE when a network has to serve it. */
  readonly location: number;
  /** Index of the network that has to serve it, NONE when it binds a location. */
  readonly network: number;
  readonly owner?: string;
  readonly status: ReservationStatus;
  /** Epoch milliseconds; null when it does not end by itself. */
  readonly expiresAtMs: number | null;
  /** Epoch milliseconds of its making; extensions are counted from here. */
  readonly reservedAtMs: number;
  /**
   * 0 to PRIORITY_MAX. Of those that wait for stock the highest is covered first; where less is left than is promised, the
   * lowest are named first as those to be sourced again. It moves nobody ahead of anybody while there is enough.
   */
  readonly priority: number;
}

export const PRIORITY_MAX = 9;

/** The priority of a reservation when nobody says so: the firmer the promise, the later it gives way. */
export const PRIORITY_BY_KIND: Readonly<Record<ReservationKind, number>> = {
  CART: 1,
  MANUAL: 2,
  TRANSFER: 3,
  CHECKOUT: 4,
  MARKETPLACE_UNPAID: 5,
  PICKUP: 6,
  ORDER: 7,
};

/** What a reservation claims of the stock of each SKU, itself or the components of its kit; what it is owed claims none. */
export function claimedBy({
  sku,
  steps,
  backordered,
  components,
}: Reservation): readonly { readonly sku: number; readonly steps: Steps }[] {
  const parts = components?.map((part) => ({ sku: part.sku, steps: steps * part.stepsEach }));
  return parts ?? [{ sku, steps: steps - backordered }];
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const TTL_MS_MIN = 1_000;
export const TTL_MS_MAX = 7 * DAY_MS;

/** How long a reservation lasts when nobody says so; null: until it is converted or cancelled. */
export const TTL_MS_BY_KIND: Readonly<Record<ReservationKind, number | null>> = {
  CART: 15 * MINUTE_MS,
  CHECKOUT: 20 * MINUTE_MS,
  MARKETPLACE_UNPAID: 3 * DAY_MS,
  PICKUP: 7 * DAY_MS,
  ORDER: null,
  TRANSFER: 7 * DAY_MS,
  MANUAL: 7 * DAY_MS,
};

/** How long a reservation may last altogether, however often it is extended; null: it has no end that could be moved. */
export const LIFETIME_MS_MAX_BY_KIND: Readonly<Record<ReservationKind, number | null>> = {
  CART: 7 * DAY_MS,
  CHECKOUT: 7 * DAY_MS,
  MARKETPLACE_UNPAID: 14 * DAY_MS,
  PICKUP: 28 * DAY_MS,
  ORDER: null,
  TRANSFER: 56 * DAY_MS,
  MANUAL: 364 * DAY_MS,
};
