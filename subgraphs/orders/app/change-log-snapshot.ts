import type { ChangeFilter } from '../../../kernel/model/change-filter.ts';
import type { OrderStatusChanged } from '../../../schema/events/orders.ts';
import { findOrders } from './find-orders.ts';
import { statusRecordOf } from './order-publications.ts';
import type { OrderStore } from './order-store.ts';

/**
 * The orders that a subscription begins with: those that it names, else the newest that match, so that a store with
 * years of sales can still be watched.
 */
export function createSnapshot(store: OrderStore, ordersMax: number) {
  return async (filter: ChangeFilter, limit: number): Promise<readonly OrderStatusChanged[]> => {
    const { order: ids, customer: customers, channel: channels, locations } = filter;
    if (ids) return [...(await store.getMany(ids)).values()].map(statusRecordOf);
    const found = await findOrders(
      store,
      { ...(customers && { customers }), ...(channels && { channels }), ...(locations && { locations }) },
      { limit: Math.min(ordersMax, limit - 1) },
    );
    return found.map(statusRecordOf);
  };
}
