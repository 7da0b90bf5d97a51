import { parseAs } from '../../../kernel/model/json-schema.ts';
import {
  marketplaceCancellationTold,
  marketplaceOrderPending,
  marketplaceOrderReceived,
  type MarketplaceCancellationTold,
} from '../../../schema/events/inbox-marketplace.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import type { Inbound, InboundMessage, Origin } from '../../runtime/inbound.ts';
import { unreadableMessage } from '../../runtime/unreadable.ts';
import { AmazonItem, AmazonOrder, type RawAmazonOrder } from './amazon-objects.ts';
import { pendingOrder, receivedOrder, type OrderTerms } from './order-facts.ts';
import type { ToldFact, ToldOrders } from './told-orders.ts';

export interface OrderReader extends OrderTerms {
  readonly told: ToldOrders;
}

/** An order with its items, as they came. */
export interface RawOrderWithItems {
  readonly order: RawAmazonOrder;
  readonly items: readonly unknown[];
}

/** Not paid for yet: neither prices nor addresses are told, and it must not be sent. */
const PENDING: readonly string[] = ['Pending', 'PendingAvailability', 'InvoiceUnconfirmed'];
/** What Amazon sends from its own stock is no work of the hub's, and a fault of that stock neither. */
const isForeign = ({ OrderStatus: status, FulfillmentChannel: sender }: AmazonOrder): boolean =>
  status === 'Unfulfillable' || sender === 'AFN';

/** What an order tells: that it waits for its payment, that it was placed, that it is to be called off, that it is. Each once, in the words of the first time. */
export async function orderMessages(raw: RawOrderWithItems, reader: OrderReader): Promise<readonly Inbound[]> {
  const { AmazonOrderId: id, LastUpdateDate: updated } = raw.order;
  const isPending = PENDING.includes(String((raw.order as { readonly OrderStatus?: unknown }).OrderStatus));
  const origin: Origin = { kind: 'order', body: raw };
  try {
    const order = parseAs(AmazonOrder, raw.order, 'order');
    const items = raw.items.map((item) => parseAs(AmazonItem, item, 'item'));
    if (isForeign(order)) return [];
    const known = (await reader.told.get(id))?.facts ?? [];
    const facts = newFacts(order, items, { known, reader });
    const told = await reader.told.add(id, Date.parse(updated), facts);
    return told.map((fact) => ({ ...messageOfFact(fact), origin }));
  } catch (error) {
    return [unreadableMessage(error, { eventId: isPending ? pendingEventId(id) : orderEventId(id), raw, origin })];
  }
}

const orderEventId = (id: string): string => `order:${id}`;
const pendingEventId = (id: string): string => `pending:${id}`;

const DEFINITIONS = {
  [marketplaceOrderPending.type]: marketplaceOrderPending,
  [marketplaceOrderReceived.type]: marketplaceOrderReceived,
  [marketplaceCancellationTold.type]: marketplaceCancellationTold,
};

export function messageOfFact({ eventId, type, occurredAtMs, data }: ToldFact): InboundMessage {
  return { eventId, definition: DEFINITIONS[type], occurredAtMs, data };
}

interface Known {
  readonly known: readonly ToldFact[];
  readonly reader: OrderReader;
}

function newFacts(order: AmazonOrder, items: readonly AmazonItem[], { known, reader }: Known): readonly ToldFact[] {
  const { AmazonOrderId: id, OrderStatus: status, PurchaseDate: bought } = order;
  const isTold = (eventId: string): boolean => known.some((fact) => fact.eventId === eventId);
  const occurredAtMs = Date.parse(bought);
  if (PENDING.includes(status)) {
    if (isTold(orderEventId(id)) || isTold(pendingEventId(id))) return [];
    const data = pendingOrder(order, items, reader);
    return [{ eventId: pendingEventId(id), type: marketplaceOrderPending.type, occurredAtMs, data }];
  }
  if (status === 'Canceled') {
    // Nobody has to do anything for what was called off before it was heard of.
    const isKnown = isTold(orderEventId(id)) || isTold(pendingEventId(id));
    return isKnown ? cancellationsOf(order, items, reader) : [];
  }
  if (isTold(orderEventId(id))) return cancellationsOf(order, items, reader);
  const data = receivedOrder(order, items, reader);
  const placed = { eventId: orderEventId(id), type: marketplaceOrderReceived.type, occurredAtMs, data };
  return [placed, ...cancellationsOf(order, items, reader)];
}

function cancellationsOf(
  order: AmazonOrder,
  items: readonly AmazonItem[],
  { mapping }: OrderReader,
): readonly ToldFact[] {
  const { AmazonOrderId: externalId, OrderStatus: status, LastUpdateDate: updated } = order;
  const channel = mapped(mapping.marketplaces, order.MarketplaceId ?? '', 'marketplace');
  const cancellation = (eventId: string, told: Pick<MarketplaceCancellationTold, 'kind' | 'reason' | 'lines'>) => ({
    eventId,
    type: marketplaceCancellationTold.type,
    occurredAtMs: Date.parse(updated),
    data: { channel, externalId, ...told },
  });
  if (status === 'Canceled') {
    return [cancellation(`cancelled:${externalId}`, { kind: 'CANCELLED', reason: 'Called off by the marketplace.' })];
  }
  const asked = items.filter(isAskedBack);
  if (asked.length === 0) return [];
  const open = items.filter(({ QuantityOrdered: quantity }) => Number(quantity) > 0);
  const isWhole = open.every(isAskedBack);
  const ids = asked.map(({ OrderItemId: id }) => id).sort();
  const reason = asked[0]?.BuyerRequestedCancel?.BuyerCancelReason ?? '';
  return [
    cancellation(`cancel-asked:${externalId}:${ids.join(',')}`.slice(0, 200), {
      kind: 'REQUESTED',
      reason: reason === '' ? 'The customer asked for it.' : reason,
      ...(!isWhole && { lines: ids }),
    }),
  ];
}

function isAskedBack({ BuyerRequestedCancel: asked }: AmazonItem): boolean {
  return String(asked?.IsBuyerRequestedCancel) === 'true';
}
