import { readPage, toConnection } from '../../../kernel/graphql/connection.ts';
import { visibilitiesFor } from '../app/order-access.ts';
import { orderOfLineId, type TimelineEntry } from '../domain/order.ts';
import { inOrderOfHappening } from '../domain/timeline.ts';
import { maySee } from '../app/order-access.ts';
import type { GraphqlContext } from './context.ts';
import {
  chargesModel,
  lineLocationModel,
  lineModel,
  lineSource,
  lineSources,
  paymentModel,
  shipmentModel,
  statesModel,
  timelineEntryModel,
  totalsModel,
  type LineSource,
  type OrderSource,
} from './order-model.ts';
import type { OrderTimelineArgs } from './resolvers.generated.ts';

const TIMELINE = { list: 'order-timeline', firstDefault: 50, firstMax: 200 } as const;

/** Resolvers of the type `Order`. Whoever only looks an order up sees nothing of its customer or its history. */
export const orderFields = {
  __resolveReference: async ({ id }: { readonly id: string }, context: GraphqlContext): Promise<OrderSource | null> => {
    const order = await context.orderById.load(id);
    return order && maySee(context.identity, order) ? { order, access: 'FULL' } : null;
  },
  id: ({ order }: OrderSource) => order.id,
  channel: ({ order }: OrderSource) => order.channel,
  externalId: ({ order }: OrderSource) => order.externalId,
  status: ({ order }: OrderSource) => order.status,
  placedAt: ({ order }: OrderSource) => new Date(order.placedAtMs).toISOString(),
  customer: ({ order, access }: OrderSource) => (access === 'FULL' ? order.customer : null),
  currency: ({ order }: OrderSource) => order.currency,
  totals: ({ order }: OrderSource) => totalsModel(order),
  lines: ({ order }: OrderSource) => lineSources(order),
  charges: ({ order }: OrderSource) => chargesModel(order),
  shipments: ({ order, access }: OrderSource) =>
    access === 'FULL' ? order.shipments.map((shipment) => shipmentModel(order, shipment)) : [],
  payments: ({ order }: OrderSource) => order.payments.map((payment) => paymentModel(order, payment)),
  storeReceipt: ({ order, access }: OrderSource, _args: unknown, { receipts }: GraphqlContext) =>
    access === 'FULL' ? receipts.load(order) : null,
  timeline: timelineOf,
};

function timelineOf({ order, access }: OrderSource, args: OrderTimelineArgs, { identity }: GraphqlContext) {
  const page = readPage(args, TIMELINE);
  const visible = visibilitiesFor(identity);
  const [afterMs = -Infinity, afterNo = 0] = (page.after ?? []) as readonly number[];
  const isAfter = ({ told, entryNo }: TimelineEntry): boolean =>
    told.occurredAtMs > afterMs || (told.occurredAtMs === afterMs && entryNo > afterNo);
  const entries = access === 'FULL' ? inOrderOfHappening(order.timeline) : [];
  const rows = entries.filter((entry) => visible.includes(entry.visibility) && isAfter(entry)).slice(0, page.limit);
  const { edges, pageInfo } = toConnection(rows, page, {
    list: TIMELINE.list,
    keysetOf: ({ told, entryNo }) => [told.occurredAtMs, entryNo],
  });
  return { pageInfo, edges: edges.map(({ cursor, node }) => ({ cursor, node: timelineEntryModel(order, node) })) };
}

/** Resolvers of the type `OrderLine`. */
export const orderLineFields = {
  __resolveReference: async ({ id }: { readonly id: string }, context: GraphqlContext): Promise<LineSource | null> => {
    const orderId = orderOfLineId(id);
    const order = orderId === undefined ? undefined : await context.orderById.load(orderId);
    return order && maySee(context.identity, order) ? lineSource(order, id) : null;
  },
  id: ({ line }: LineSource) => line.id,
  lineNo: ({ line }: LineSource) => line.lineNo,
  sku: (source: LineSource) => lineModel(source).sku,
  ordered: (source: LineSource) => lineModel(source).ordered,
  unitPrice: (source: LineSource) => lineModel(source).unitPrice,
  location: lineLocationModel,
  states: statesModel,
};
