import { Refusal } from '../../../kernel/model/errors.ts';
import { cancelOrder } from '../app/cancel-order.ts';
import { cancelUnits } from '../app/cancel-units.ts';
import { customerOfOrder, mayCancel, maySee } from '../app/order-access.ts';
import { placeOrder } from '../app/place-order.ts';
import { placeHold, resolveHold } from '../app/change-holds.ts';
import { keyOf } from './change-input.ts';
import { endingOf, holdOf, placedOrderOf } from './order-input.ts';
import type { Order } from '../domain/order.ts';
import type { GraphqlContext } from './context.ts';
import type { MutationResolvers } from './resolvers.generated.ts';

export const mutations: MutationResolvers = {
  placeOrder: async (_, { input }, context) => {
    const { orders, identity, correlationId } = context;
    const customer = customerOfOrder(identity, input.customer);
    const order = await placeOrder(orders, placedOrderOf(input, customer), { correlationId });
    return payloadOf(order, context);
  },

  cancelOrder: async (_, { input }, context) => {
    const { orders, identity, correlationId } = context;
    await findActable(context, input.order, (order) => mayCancel(identity, order));
    const command = { order: input.order, reason: input.reason ?? 'CUSTOMER' } as const;
    if (input.lines) {
      const by = `${identity.clientId}/${identity.subject}`;
      const units = { ...command, idempotencyKey: keyOf(input.idempotencyKey), lines: input.lines, by };
      return payloadOf(await cancelUnits(orders, units, { correlationId }), context);
    }
    return payloadOf(await cancelOrder(orders, command, { correlationId }), context);
  },

  placeHold: async (_, { input }, context) => {
    const { orders, identity, correlationId } = context;
    await findActable(context, input.order, (order) => maySee(identity, order));
    return payloadOf(await placeHold(orders, holdOf(input, identity), { correlationId }), context);
  },

  resolveHold: async (_, { input }, context) => {
    const { orders, identity, correlationId } = context;
    await findActable(context, input.order, (order) => maySee(identity, order));
    return payloadOf(await resolveHold(orders, endingOf(input, identity), { correlationId }), context);
  },
};

/** @throws {Refusal} UNKNOWN_ORDER, also for an order that the caller may not act on, which is not to be told */
export async function findActable(
  { orders }: GraphqlContext,
  id: string,
  mayAct: (order: Order) => boolean,
): Promise<void> {
  const order = await orders.store.get(id);
  if (!order || !mayAct(order)) throw new Refusal('UNKNOWN_ORDER', `There is no order ${id}.`, { order: id });
}

export async function payloadOf(order: Order, { orders }: GraphqlContext) {
  return { order: { order, access: 'FULL' as const }, changeCursor: await orders.changeLog.headCursor() };
}
