import { readPage, toConnection } from '../../../kernel/graphql/connection.ts';
import { locationId } from '../../../kernel/model/codes.ts';
import { mayActForStore } from '../../../kernel/model/identity.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { maySee, maySeeAddress, visibilitiesFor } from '../app/order-access.ts';
import { priorityOf } from '../domain/claims/priority-of-claim.ts';
import type { TimelineEntry } from '../domain/order.ts';
import { orderOfLineId } from '../domain/order-line.ts';
import { inOrderOfHappening } from '../domain/timeline.ts';
import type { GraphqlContext } from './context.ts';
import { noticesModel, salesOrderModel } from './hand-off-model.ts';
import { marketplaceModel } from './marketplace-model.ts';
import { taxCheckModel } from './tax-model.ts';
import {
  chargesModel,
  holdModel,
  lineLocationModel,
  lineModel,
  lineSource,
  lineSources,
  lineTotalsModel,
  parcelLabelModel,
  paymentModel,
  shipmentModel,
  statesModel,
  substitutionModel,
  timelineEntryModel,
  totalsModel,
  type OrderSource,
} from './order-model.ts';
import { decisionModel } from './sourcing-model.ts';
import { pickupModel, transferModel, workModel } from './work-model.ts';
import type { OrderLineResolvers, OrderResolvers, OrderTimelineArgs } from './resolvers.generated.ts';

const TIMELINE = { list: 'order-timeline', firstDefault: 50, firstMax: 200 } as const;

/** Resolvers of the type `Order`. Whoever only looks an order up sees nothing of its customer or its history. */
export const orderFields: OrderResolvers = {
  __resolveReference: async ({ id }, context) => {
    const order = await context.orderById.load(id);
    return order && maySee(context.identity, order) ? { order, access: 'FULL' } : null;
  },
  id: ({ order }) => order.id,
  channel: ({ order }) => order.channel,
  externalId: ({ order }) => order.externalId,
  status: ({ order }) => order.status,
  revision: ({ order }) => order.revision ?? 1,
  isChanging: ({ order }) => order.openEdit !== undefined,
  placedAt: ({ order }) => new Date(order.placedAtMs).toISOString(),
  customer: ({ order, access }) => (access === 'FULL' ? order.customer : null),
  currency: ({ order }) => order.currency,
  totals: ({ order }) => totalsModel(order),
  lines: ({ order }) => lineSources(order),
  charges: ({ order }) => chargesModel(order),
  shipments: ({ order, access }) =>
    access === 'FULL' ? order.shipments.map((shipment) => shipmentModel(order, shipment)) : [],
  shipTo: async ({ order, access }, _args, { identity, addressOf }) =>
    access === 'FULL' && maySeeAddress(identity, order) ? ((await addressOf.load(order)) ?? null) : null,
  pickups: ({ order, access }) =>
    access === 'FULL' ? (order.pickups ?? []).map((pickup) => pickupModel(order, pickup)) : [],
  transfers: ({ order, access }) =>
    access === 'FULL' ? (order.transfers ?? []).map((transfer) => transferModel(order, transfer)) : [],
  work: ({ order, access }, { location }, { identity }) => {
    const store = locationId(location);
    return access === 'FULL' && mayActForStore(identity, store) ? workModel(order, store) : null;
  },
  payments: ({ order, access }) => order.payments.map((payment) => paymentModel(order, payment, access)),
  labels: ({ order, access }, _args, { identity }) =>
    access === 'FULL' && visibilitiesFor(identity).includes('AGENT') ? (order.labels ?? []).map(parcelLabelModel) : [],
  holds: ({ order, access }, _args, { identity }) =>
    access === 'FULL' && visibilitiesFor(identity).includes('AGENT') ? (order.holds ?? []).map(holdModel) : [],
  storeReceipt: ({ order, access }, _args, { receipts }) => (access === 'FULL' ? receipts.load(order) : null),
  notices: ({ order, access }) => (access === 'FULL' ? noticesModel(order) : []),
  salesOrder: ({ order, access }) => (access === 'FULL' ? salesOrderModel(order) : null),
  taxCheck: ({ order, access }) => (access === 'FULL' ? taxCheckModel(order) : null),
  orchestratedBy: ({ order: { routing } }) => ({ party: routing ? 'OMS' : 'HUB', system: routing?.system ?? null }),
  priority: ({ order }) => priorityOf(order),
  marketplace: ({ order, access }) => (access === 'FULL' ? marketplaceModel(order) : null),
  timeline: timelineOf,
  sourcingDecisions: async ({ order, access }, _args, { decisionById }) => {
    const ids = access === 'FULL' ? [...(order.decisions ?? [])].reverse() : [];
    const found = await Promise.all(ids.map((id) => decisionById.load(id)));
    return found.filter((decision) => decision !== undefined).map(decisionModel);
  },
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
export const orderLineFields: OrderLineResolvers = {
  __resolveReference: async ({ id }, context) => {
    const orderId = orderOfLineId(id);
    const order = orderId === undefined ? undefined : await context.orderById.load(orderId);
    return order && maySee(context.identity, order) ? lineSource(order, id) : null;
  },
  id: ({ line }) => line.id,
  lineNo: ({ line }) => line.lineNo,
  sku: (source) => lineModel(source).sku,
  ordered: (source) => lineModel(source).ordered,
  takenOut: ({ line }) => formatQuantity(line.unbilled ?? 0, line.decimals),
  substituteFor: substitutionModel,
  unitPrice: (source) => lineModel(source).unitPrice,
  discounts: (source) => lineModel(source).discounts,
  taxes: (source) => lineModel(source).taxes,
  totals: lineTotalsModel,
  fulfilment: ({ line }) => (line.pickupAt === undefined ? 'SHIP' : 'PICKUP'),
  pickupLocation: ({ line }) => (line.pickupAt === undefined ? null : { id: line.pickupAt }),
  location: lineLocationModel,
  states: statesModel,
  promise: ({ line }) => line.promise ?? null,
  expected: ({ line }) => line.expected ?? null,
  sourcingDecision: async ({ line }, _args, { decisionById }) => {
    const decision = line.decision === undefined ? undefined : await decisionById.load(line.decision);
    return decision ? decisionModel(decision) : null;
  },
};
