import { parseQuantity } from '../../../kernel/model/quantity.ts';
import type { MatchSale, MatchSaleReply } from '../../../schema/commands/orders.ts';
import type { Order } from '../domain/order.ts';
import { returnableOf } from '../domain/register-return.ts';
import type { OrdersServices } from './orders-services.ts';
import { saleOf } from './sale-of.ts';

type Services = Pick<OrdersServices, 'store' | 'limits'>;

/** Sales looked up at a time. */
const PAGE = 50;

/** The newest sale to a customer before an instant of which all these units can come back; looks at a bounded number. */
export async function matchSale({ store, limits }: Services, request: MatchSale): Promise<MatchSaleReply> {
  const { customer, channel, lines } = request;
  const beforeMs = Date.parse(request.before);
  let after: { readonly id: string; readonly value: number } | undefined;
  for (let seen = 0; seen < limits.matchOrdersMax; seen += PAGE) {
    const found = await store.collection.find({
      where: {
        customer: { eq: customer },
        placedAtMs: { lt: beforeMs },
        ...(channel !== undefined && { channel: { eq: channel } }),
      },
      orderBy: { path: 'placedAtMs', direction: 'desc' },
      ...(after && { after }),
      limit: PAGE,
    });
    const match = found.find(({ document }) => canAllComeBack(document, lines));
    if (match) return { sale: saleOf(match.document) };
    const last = found.at(-1)?.document;
    if (!last || found.length < PAGE) break;
    after = { id: last.id, value: last.placedAtMs };
  }
  return { sale: null };
}

/** Several lines may ask for, and hold, the same SKU. */
function canAllComeBack(order: Order, asked: MatchSale['lines']): boolean {
  const bySku = Map.groupBy(asked, (line) => line.sku);
  return [...bySku].every(([sku, wanted]) => {
    const held = order.lines.filter((line) => line.sku === sku);
    const [first] = held;
    if (!first) return false;
    const returnable = held.reduce((sum, line) => sum + returnableOf(line), 0);
    return wanted.reduce((sum, line) => sum + parseQuantity(line.quantity, first.decimals), 0) <= returnable;
  });
}
