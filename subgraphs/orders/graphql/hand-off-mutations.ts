import { handOverAgain } from '../app/hand-over-again.ts';
import { maySee } from '../app/order-access.ts';
import { findActable, payloadOf } from './mutations.ts';
import type { MutationResolvers } from './resolvers.generated.ts';

export const handOffMutations: MutationResolvers = {
  handOverAgain: async (_, { input: { order, idempotencyKey } }, context) => {
    const { orders, identity, correlationId } = context;
    await findActable(context, order, (found) => maySee(identity, found));
    const by = `${identity.clientId}/${identity.subject}`;
    return payloadOf(await handOverAgain(orders, { order, idempotencyKey, by }, { correlationId }), context);
  },
};
