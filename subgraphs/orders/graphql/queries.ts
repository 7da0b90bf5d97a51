import { readPage, toConnection } from '../../../kernel/graphql/connection.ts';
import { channelId, locationId } from '../../../kernel/model/codes.ts';
import { findOrders } from '../app/find-orders.ts';
import { lookUpAccess, maySee, narrow } from '../app/order-access.ts';
import type { OrderSource } from './order-model.ts';
import type { QueryResolvers } from './resolvers.generated.ts';

const ORDERS = { list: 'orders', firstDefault: 20, firstMax: 100 } as const;

export const queries: QueryResolvers = {
  order: async (_, { id, atLeast }, context) => {
    const { orders, identity, orderById } = context;
    if (atLeast !== undefined && atLeast !== null) await orders.changeLog.waitFor(atLeast, orders.limits.catchUpWaitMs);
    const order = await orderById.load(id);
    return order && maySee(identity, order) ? { order, access: 'FULL' } : null;
  },

  orderByExternalId: async (_, { channel, externalId }, { orders, identity }) => {
    const order = await orders.store.findByNumber(channelId(channel), externalId);
    const access = order && lookUpAccess(identity, order);
    return access ? { order, access } : null;
  },

  orders: async (_, args, { orders, identity }) => {
    const page = readPage(args, ORDERS);
    const { customer, channel, status, location } = args;
    const filter = narrow(identity, {
      ...(isGiven(customer) && { customers: [customer] }),
      ...(isGiven(channel) && { channels: [channelId(channel)] }),
      ...(isGiven(status) && { statuses: [status] }),
      ...(isGiven(location) && { locations: [locationId(location)] }),
    });
    const [placedAtMs, order] = page.after ?? [];
    const after = page.after && { placedAtMs: Number(placedAtMs), order: String(order) };
    const found = filter ? await findOrders(orders.store, filter, { limit: page.limit, ...(after && { after }) }) : [];
    const { edges, pageInfo } = toConnection(found, page, {
      list: ORDERS.list,
      keysetOf: (each) => [each.placedAtMs, each.id],
    });
    const toSource = (each: OrderSource['order']): OrderSource => ({ order: each, access: 'FULL' });
    return { pageInfo, edges: edges.map(({ cursor, node }) => ({ cursor, node: toSource(node) })) };
  },
};

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== undefined && value !== null;
}
