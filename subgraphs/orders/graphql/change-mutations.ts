import { locationId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { hasScope, mayActForStore } from '../../../kernel/model/identity.ts';
import { editOrder } from '../app/edit-order.ts';
import { maySee } from '../app/order-access.ts';
import { substituteLine } from '../app/substitute-line.ts';
import { editOf, substitutionOf } from './change-input.ts';
import { findActable, payloadOf } from './mutations.ts';
import type { MutationResolvers } from './resolvers.generated.ts';

export const changeMutations: MutationResolvers = {
  editOrder: async (_, { input }, context) => {
    const { orders, identity, correlationId } = context;
    await findActable(context, input.order, (order) => maySee(identity, order));
    return payloadOf(await editOrder(orders, editOf(input, identity), { correlationId }), context);
  },

  substituteLine: async (_, { input }, context) => {
    const { orders, identity, correlationId } = context;
    const location = typeof input.location === 'string' ? locationId(input.location) : undefined;
    // Units that nobody has begun are nobody's at a store.
    const mayAct = location === undefined ? hasScope(identity, 'orders:act') : mayActForStore(identity, location);
    if (!mayAct) throw new Refusal('FORBIDDEN', 'The token is for other stores.', { claim: 'stores', location });
    await findActable(context, input.order, (order) => maySee(identity, order));
    const asked = { ...substitutionOf(input, identity), ...(location !== undefined && { location }) };
    return payloadOf(await substituteLine(orders, asked, { correlationId }), context);
  },
};
