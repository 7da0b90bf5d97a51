import { Refusal } from '../../../kernel/model/errors.ts';
import type { DescribeSale, DescribeSaleReply } from '../../../schema/commands/orders.ts';
import type { OrdersServices } from './orders-services.ts';
import { saleOf } from './sale-of.ts';

/** @throws {Refusal} BAD_USER_INPUT when neither an id nor a channel and number are given */
export async function describeSale(
  { store }: Pick<OrdersServices, 'store'>,
  { order, channel, externalId }: DescribeSale,
): Promise<DescribeSaleReply> {
  if (order !== undefined) return replyOf(await store.get(order));
  if (channel === undefined || externalId === undefined) {
    throw new Refusal('BAD_USER_INPUT', 'Name the order by its id or by its channel and number.', { field: 'order' });
  }
  return replyOf(await store.findByNumber(channel, externalId));
}

function replyOf(order: Parameters<typeof saleOf>[0] | undefined): DescribeSaleReply {
  return { sale: order ? saleOf(order) : null };
}
