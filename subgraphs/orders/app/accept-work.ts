import { Refusal } from '../../../kernel/model/errors.ts';
import type { Order } from '../domain/order.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import type { OrdersServices } from './orders-services.ts';

export interface AcceptWork {
  readonly order: string;
  readonly location: string;
  readonly idempotencyKey: string;
}

/**
 * A store takes on work that it has with the hub itself. Idempotent by key within the order.
 * @throws {Refusal} ILLEGAL_TRANSITION when nothing waits there to be begun, or when a system runs the location;
 * UNKNOWN_ORDER, IDEMPOTENCY_KEY_REUSED
 */
export function acceptWork(
  { store, clock, wms }: Pick<OrdersServices, 'store' | 'clock' | 'wms'>,
  { idempotencyKey, ...content }: AcceptWork,
  cause: Cause,
): Promise<Order> {
  const { order, location } = content;
  const system = wms.find(({ locations }) => locations.includes(location))?.system;
  if (system !== undefined) {
    const message = `${location} is run by ${system}, which has to tell it.`;
    throw new Refusal('ILLEGAL_TRANSITION', message, { location, system });
  }
  const nowMs = clock.nowMs();
  const once = { key: `accept/${idempotencyKey}`, contentHash: contentHash(content) };
  const told = { source: location, evidence: idempotencyKey, occurredAtMs: nowMs, recordedAtMs: nowMs };
  return store.change(order, { type: 'AcceptWork', location, once, told }, cause);
}
