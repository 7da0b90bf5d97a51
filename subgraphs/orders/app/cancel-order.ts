import type { CancelReason } from '../domain/calling-off/cancel-order.ts';
import type { Order } from '../domain/order.ts';
import type { Cause } from './cause.ts';
import type { OrdersServices } from './orders-services.ts';
import { toldByHub } from './told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'wms' | 'clock'>;

/**
 * Calls an order off as far as it has not left. Idempotent. What the ledger holds and what systems have to stop follows
 * by itself, also when they are away now.
 *
 * @throws {Refusal} ILLEGAL_TRANSITION when everything has left, UNKNOWN_ORDER
 */
export function cancelOrder(
  { store, wms, clock }: Services,
  { order, reason }: { readonly order: string; readonly reason: CancelReason },
  cause: Cause,
): Promise<Order> {
  const wmsLocations = wms.flatMap((system) => system.locations);
  const told = toldByHub(clock.nowMs(), cause.correlationId);
  return store.change(order, { type: 'CancelOrder', reason, wmsLocations, told }, cause);
}
