import { hasWorkAt } from '../domain/work/open-work.ts';
import type { Order } from '../domain/order.ts';
import { findOrders, type OrderPage } from './find-orders.ts';
import type { OrdersServices } from './orders-services.ts';

/** Orders with open units; what is delivered or called off has no work left. */
const OPEN = ['PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'PARTIALLY_DELIVERED', 'DELIVERED', 'PARTIALLY_RETURNED'];

/** Orders that are read in one go. */
const PAGE = 100;

/** Orders with open work at a location, the newest first. Of a location with very many open orders a bounded part is read. */
export async function pickList(
  { store, limits }: Pick<OrdersServices, 'store' | 'limits'>,
  location: string,
  { limit, after: from }: OrderPage,
): Promise<readonly Order[]> {
  const found: Order[] = [];
  let after = from;
  for (let read = 0; read < limits.ordersPerPickListMax; read += PAGE) {
    const page = { limit: PAGE, ...(after && { after }) };
    const orders = await findOrders(store, { locations: [location], statuses: [...OPEN, 'HELD'] }, page);
    for (const order of orders) {
      if (hasWorkAt(order, location)) found.push(order);
      if (found.length === limit) return found;
    }
    const last = orders.at(-1);
    if (!last || orders.length < PAGE) break;
    after = { placedAtMs: last.placedAtMs, order: last.id };
  }
  return found;
}
