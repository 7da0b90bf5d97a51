import { maySee } from '../app/order-access.ts';
import { prioritiseOrder } from '../app/prioritise-order.ts';
import { keyOf } from './change-input.ts';
import { findActable, payloadOf } from './mutations.ts';
import { textOf } from './order-input.ts';
import type { MutationResolvers } from './resolvers.generated.ts';

/** Who is covered first: for customer service. */
export const priorityMutations: Pick<MutationResolvers, 'prioritiseOrder'> = {
  prioritiseOrder: async (_, { input }, context) => {
    const { orders, identity, correlationId } = context;
    await findActable(context, input.order, (order) => maySee(identity, order));
    const command = {
      order: input.order,
      idempotencyKey: keyOf(input.idempotencyKey),
      priority: input.priority ?? null,
      reason: textOf(input.reason, 'reason'),
      authority: textOf(input.authority, 'authority'),
      by: identity.subject,
    };
    return payloadOf(await prioritiseOrder(orders, command, { correlationId }), context);
  },
};
