import type { Order } from '../domain/order.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import type { OrdersServices } from './orders-services.ts';
import { toldByHub } from './told-by.ts';

export interface PrioritiseOrder {
  readonly order: string;
  readonly idempotencyKey: string;
  /** Null: as the rules say. */
  readonly priority: number | null;
  readonly reason: string;
  readonly authority: string;
  readonly by: string;
}

/**
 * Says who of those that wait for stock is covered first. Idempotent by key within the order.
 * @throws {Refusal} UNKNOWN_ORDER, BAD_USER_INPUT, ILLEGAL_TRANSITION when nothing waits, IDEMPOTENCY_KEY_REUSED
 */
export function prioritiseOrder(
  { store, clock }: Pick<OrdersServices, 'store' | 'clock'>,
  { idempotencyKey, ...content }: PrioritiseOrder,
  cause: Cause,
): Promise<Order> {
  const { order, ...said } = content;
  const key = `priority/${idempotencyKey}`;
  const once = { key, contentHash: contentHash(content) };
  return store.change(order, { type: 'PrioritiseOrder', ...said, told: toldByHub(clock.nowMs(), key), once }, cause);
}
