import { readPage, toConnection } from '../../../kernel/graphql/connection.ts';
import { channelId, locationId } from '../../../kernel/model/codes.ts';
import { findOrders } from '../app/find-orders.ts';
import { narrow } from '../app/order-access.ts';
import type { GraphqlContext } from './context.ts';
import type { OrderSource } from './order-model.ts';
import type { QueryOrdersArgs } from './resolvers.generated.ts';

const ORDERS = { list: 'orders', firstDefault: 20, firstMax: 100 } as const;

/** A page of the orders that the caller may see, the newest first. @throws {Refusal} FORBIDDEN, BAD_USER_INPUT */
export async function listOrders(
  { orders, identity }: Pick<GraphqlContext, 'orders' | 'identity'>,
  args: Partial<QueryOrdersArgs>,
) {
  const { first, after: cursor } = args;
  const page = readPage(
    { ...(first !== undefined && { first }), ...(cursor !== undefined && { after: cursor }) },
    ORDERS,
  );
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
  return { pageInfo, edges: edges.map(({ cursor: at, node }) => ({ cursor: at, node: toSource(node) })) };
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== undefined && value !== null;
}
