import { channelId } from '../../../kernel/model/codes.ts';
import { lookUpAccess, maySee } from '../app/order-access.ts';
import { listOrders } from './list-orders.ts';
import type { QueryResolvers } from './resolvers.generated.ts';

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

  orders: (_, args, context) => listOrders(context, args),
};
