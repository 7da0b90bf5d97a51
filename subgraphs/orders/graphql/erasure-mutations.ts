import { eraseCustomer } from '../app/erasure/erase-customer.ts';
import type { MutationResolvers } from './resolvers.generated.ts';

/** What people have a right to have forgotten. */
export const erasureMutations: Pick<MutationResolvers, 'eraseCustomer'> = {
  eraseCustomer: async (_, { input }, { orders, identity, correlationId }) => {
    const { customer, orders: named, texts, reason } = input;
    const asked = {
      customer: customer ?? null,
      orders: named ?? [],
      texts: texts ?? [],
      reason,
      by: `${identity.clientId}/${identity.subject}`,
    };
    const answer = await eraseCustomer(orders, asked, { correlationId });
    const { erasure, isComplete, erasedOrders = null, openOrders = null, openReturns = null } = answer;
    return { erasure, isComplete, erasedOrders, openOrders, openReturns };
  },
};
