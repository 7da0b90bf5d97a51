import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Feed, FeedPage } from '../../runtime/feed.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import type { AmazonApi } from './amazon-api.ts';
import type { RawAmazonOrder } from './amazon-objects.ts';
import { messageOfFact, orderMessages, type OrderReader } from './order-messages.ts';

export interface OrderFeedParts {
  readonly api: AmazonApi;
  readonly reader: OrderReader;
  readonly clock: Clock;
}

/** Orders become visible two minutes after their change at the latest. */
const OVERLAP_MS = 120_000;
/** How far back a feed begins that was never read: what is older was sent or called off. */
const BEGINS_BEFORE_MS = 30 * 86_400_000;
const PAGES_MAX = 5;

/** Orders by the time of their last change. What may not be asked for now is left to the next round. */
export function orderFeed(parts: OrderFeedParts): Feed {
  return { name: 'orders', overlap: OVERLAP_MS, read: (after) => readOrders(parts, after) };
}

async function readOrders({ api, reader, clock }: OrderFeedParts, after: number): Promise<FeedPage> {
  const sinceMs = after === 0 ? clock.nowMs() - BEGINS_BEFORE_MS : after;
  const messages: Inbound[] = [];
  let last = after;
  let nextToken: string | undefined;
  for (let page = 1; page <= PAGES_MAX; page++) {
    if (!api.mayAsk('getOrders')) return { messages, last, hasMore: false };
    const found = await api.changedOrders(Object.keys(reader.mapping.marketplaces), { sinceMs, nextToken });
    for (const order of found.orders) {
      const told = await messagesOf({ api, reader }, order);
      if (!told) return { messages, last, hasMore: false };
      messages.push(...told);
      last = Math.max(last, Date.parse(order.LastUpdateDate));
    }
    ({ nextToken } = found);
    if (nextToken === undefined) return { messages, last, hasMore: false };
  }
  return { messages, last, hasMore: true };
}

/** Undefined when its items may not be asked for now. */
async function messagesOf(
  { api, reader }: Pick<OrderFeedParts, 'api' | 'reader'>,
  order: RawAmazonOrder,
): Promise<readonly Inbound[] | undefined> {
  const { AmazonOrderId: id, LastUpdateDate: updated } = order;
  const known = await reader.told.get(id);
  // Nothing has changed since: what was told is told again, for a hub that may have lost it.
  if (known && known.updatedAtMs >= Date.parse(updated)) return known.facts.map(messageOfFact);
  if (!api.mayAsk('getOrderItems')) return undefined;
  return orderMessages({ order, items: await api.items(id) }, reader);
}
