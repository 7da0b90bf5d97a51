import type { OrderChange } from '../order-store.ts';
import type { Cause } from '../cause.ts';
import { findOrders } from '../find-orders.ts';
import type { OrdersServices } from '../orders-services.ts';
import type { Order } from '../../domain/order.ts';

/** Orders that are read in one go. */
const PAGE = 100;

export interface Sweep {
  readonly location: string;
  /** What becomes of an order, if anything; the newest orders come first. Undefined ends the sweep. */
  readonly decide: (order: Order) => OrderChange | 'SKIP' | undefined;
}

/** Orders with open work: the others have nothing that could be taken away. */
const OPEN = ['PROCESSING', 'PARTIALLY_SHIPPED', 'PARTIALLY_DELIVERED', 'HELD'];

/** Changes the orders that have open work at a location, the newest first, within a bound. */
export async function sweepLocation(
  { store, limits, telemetry }: Pick<OrdersServices, 'store' | 'limits' | 'telemetry'>,
  { location, decide }: Sweep,
  cause: Cause,
): Promise<void> {
  let after: { readonly placedAtMs: number; readonly order: string } | undefined;
  for (let read = 0; read < limits.ordersPerSweepMax; read += PAGE) {
    const page = { limit: PAGE, ...(after && { after }) };
    const orders = await findOrders(store, { locations: [location], statuses: OPEN }, page);
    for (const order of orders) {
      const change = decide(order);
      if (change === undefined) return;
      if (change !== 'SKIP') await store.change(order.id, change, cause);
    }
    const last = orders.at(-1);
    if (!last || orders.length < PAGE) return;
    after = { placedAtMs: last.placedAtMs, order: last.id };
  }
  telemetry.count('orders_sweeps_cut_total');
  telemetry.log('warn', 'a location has more open orders than are looked at', { location });
}
