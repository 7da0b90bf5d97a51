import type { FieldFilter, Query } from '../../../kernel/ports/documents.ts';
import { FIND_LIMIT_MAX } from '../../../kernel/ports/documents.ts';
import type { Order } from '../domain/order.ts';
import type { OrderStore } from './order-store.ts';

/** All given conditions hold together; each names the accepted values. */
export interface OrderFilter {
  readonly customers?: readonly string[];
  readonly channels?: readonly string[];
  readonly statuses?: readonly string[];
  /** Orders with units that are, or were, at one of them. */
  readonly locations?: readonly string[];
}

export interface OrderPage {
  /** 1 to FIND_LIMIT_MAX. */
  readonly limit: number;
  /** Continue after this order. */
  readonly after?: { readonly placedAtMs: number; readonly order: string };
}

/** Orders that match, the newest first. */
export async function findOrders(store: OrderStore, filter: OrderFilter, page: OrderPage): Promise<readonly Order[]> {
  if (filter.locations) return findAtLocations(store, filter, page);
  const found = await store.collection.find(newestFirst(filter, page));
  return found.map(({ document }) => document);
}

function newestFirst(filter: OrderFilter, { limit, after }: OrderPage): Query {
  const { customers, channels, statuses, locations } = filter;
  const conditions: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['customer', customers],
    ['channel', channels],
    ['status', statuses],
    ['location', locations],
  ];
  const where: Record<string, FieldFilter> = {};
  for (const [path, values] of conditions) if (values) where[path] = { in: values };
  // Follows from where the page begins, and lets a store begin there instead of reading up to it.
  if (after) where['placedAtMs'] = { lte: after.placedAtMs };
  return {
    where,
    orderBy: { path: 'placedAtMs', direction: 'desc' },
    ...(after && { after: { id: after.order, value: after.placedAtMs } }),
    limit,
  };
}

/**
 * By the places of the orders. An order at several of the locations has several places, which stand together; and the
 * id of an order stands before those of its places, so that the same keyset pages both lists.
 */
async function findAtLocations(store: OrderStore, filter: OrderFilter, page: OrderPage): Promise<readonly Order[]> {
  const found = new Map<string, Order>();
  let after = page.after;
  while (found.size < page.limit) {
    const query = newestFirst(filter, { limit: Math.min(FIND_LIMIT_MAX, page.limit), ...(after && { after }) });
    const places = await store.places.collection.find(query);
    const orders = await store.getMany([...new Set(places.map(({ document }) => document.order))]);
    for (const { document } of places) {
      const order = orders.get(document.order);
      if (order && isOf(order, filter) && found.size < page.limit) found.set(order.id, order);
    }
    const last = places.at(-1)?.document;
    if (!last || places.length < query.limit) break;
    after = { placedAtMs: last.placedAtMs, order: last.order };
  }
  return [...found.values()];
}

/** The status of a place may be behind that of its order for a moment; a page that such orders left would look like the last. */
function isOf(order: Order, { statuses }: OrderFilter): boolean {
  return !statuses || statuses.includes(order.status);
}
