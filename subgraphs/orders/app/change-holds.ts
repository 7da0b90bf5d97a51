import type { HoldBlock, HoldType } from '../domain/holds/hold.ts';
import type { Order } from '../domain/order.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import type { OrdersServices } from './orders-services.ts';
import { toldByHub } from './told-by.ts';

export interface PlaceHold {
  readonly order: string;
  readonly idempotencyKey: string;
  readonly type: HoldType;
  /** Absent: what is usual for the type. */
  readonly blocks?: readonly HoldBlock[];
  readonly reason: string;
  readonly authority: string;
  /** Absent: it does not end by itself. */
  readonly expiresAtMs?: number;
  readonly by: string;
}

/**
 * Keeps an order from going on. Idempotent by key within the order.
 * @throws {Refusal} UNKNOWN_ORDER, BAD_USER_INPUT, LIMIT_EXCEEDED, IDEMPOTENCY_KEY_REUSED
 */
export function placeHold(
  { store, clock }: Pick<OrdersServices, 'store' | 'clock'>,
  { idempotencyKey, ...content }: PlaceHold,
  cause: Cause,
): Promise<Order> {
  const { order, by, ...hold } = content;
  const told = toldByHub(clock.nowMs(), `hold/${idempotencyKey}`);
  const once = { key: `hold/${idempotencyKey}`, contentHash: contentHash(content) };
  return store.change(order, { type: 'PlaceHold', hold: { ...hold, placedBy: by }, told, once }, cause);
}

export interface ResolveHold {
  readonly order: string;
  readonly hold: string;
  readonly outcome: 'RESOLVED' | 'REJECTED';
  readonly reason: string;
  readonly authority: string;
  readonly by: string;
}

/**
 * Lets an order go on, or denies what a hold waited for. Idempotent.
 * @throws {Refusal} UNKNOWN_ORDER, UNKNOWN_HOLD, ILLEGAL_TRANSITION when it has ended the other way
 */
export function resolveHold(
  { store, wms, clock }: Pick<OrdersServices, 'store' | 'wms' | 'clock'>,
  { order, ...ending }: ResolveHold,
  cause: Cause,
): Promise<Order> {
  const wmsLocations = wms.flatMap((system) => system.locations);
  const told = toldByHub(clock.nowMs(), cause.correlationId);
  return store.change(order, { type: 'ResolveHold', ...ending, wmsLocations, told }, cause);
}
