import type { Steps } from '../../../kernel/model/quantity.ts';
import type { ReservationKind } from './ledger-event.ts';

export type ReservationStatus = 'ACTIVE' | 'CONVERTED' | 'CANCELLED' | 'EXPIRED';

export interface Reservation {
  readonly id: string;
  readonly lineRef: string;
  readonly sku: number;
  /** What it claims, or claimed last; smaller after a part of it became an allocation. */
  readonly steps: Steps;
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
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const TTL_MS_MIN = 1_000;
export const TTL_MS_MAX = 7 * DAY_MS;

/** How long a reservation lasts when nobody says so; null: until it is converted or cancelled. */
export const TTL_MS_BY_KIND: Readonly<Record<ReservationKind, number | null>> = {
  CART: 15 * MINUTE_MS,
  CHECKOUT: 15 * MINUTE_MS,
  MARKETPLACE_UNPAID: 3 * DAY_MS,
  PICKUP: 7 * DAY_MS,
  ORDER: null,
  TRANSFER: 7 * DAY_MS,
  MANUAL: 7 * DAY_MS,
};
