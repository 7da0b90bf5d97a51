import type { Order } from '../domain/order.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import type { OrdersServices } from './orders-services.ts';

export interface HandOverAgain {
  readonly order: string;
  readonly idempotencyKey: string;
  /** Who has seen to it. */
  readonly by: string;
}

/**
 * Has the ERP asked again for what it has refused of an order. Idempotent by key within the order.
 * @throws {Refusal} ILLEGAL_TRANSITION when it has refused nothing; UNKNOWN_ORDER, IDEMPOTENCY_KEY_REUSED
 */
export function handOverAgain(
  { store, clock }: Pick<OrdersServices, 'store' | 'clock'>,
  { order, idempotencyKey, by }: HandOverAgain,
  cause: Cause,
): Promise<Order> {
  const nowMs = clock.nowMs();
  return store.change(
    order,
    {
      type: 'HandOverAgain',
      once: { key: `hand-over/${idempotencyKey}`, contentHash: contentHash({ order }) },
      told: { source: by, evidence: idempotencyKey, occurredAtMs: nowMs, recordedAtMs: nowMs },
    },
    cause,
  );
}
