import { readPage, toConnection, type PageBounds } from '../../../kernel/graphql/connection.ts';
import { authorizeReturn } from '../app/authorize-return.ts';
import { dispositionReturn } from '../app/disposition-return.ts';
import { inspectReturn } from '../app/inspect-return.ts';
import { cancelReturn } from '../app/cancel-return.ts';
import { endReturnCharge, retryRefund } from '../app/care-for-money.ts';
import { linkExchange } from '../app/link-exchange.ts';
import { openBlindReturn } from '../app/open-blind-return.ts';
import { listReturns, listReturnWork } from '../app/read-returns.ts';
import { receiveReturn } from '../app/receive-return.ts';
import { requestReturn } from '../app/request-return.ts';
import { quantityOf } from '../domain/change-lines.ts';
import { postingFields, ReturnBooking, ReturnPosting, ReturnShelfMove } from './posting-resolvers.ts';
import type { Refund as RefundState } from '../domain/return-state.ts';
import type { HandOut } from '../domain/task.ts';
import type { GraphqlContext } from './context.ts';
import type {
  CustomerResolvers,
  DispositionReturnInput,
  MutationResolvers,
  OrderResolvers,
  QueryResolvers,
  QueryReturnsArgs,
  RefundResolvers,
  Resolvers,
  ReturnAuthorizationResolvers,
  ReturnChargeResolvers,
  ReturnLineResolvers,
  ReturnPayloadResolvers,
  ReturnResolvers,
} from './resolvers.generated.ts';

const PAGE: PageBounds = { list: 'returns', firstDefault: 20, firstMax: 100 };
const WORK_PAGE: PageBounds = { ...PAGE, list: 'returnWork' };

const Query: QueryResolvers = {
  return: async (_source, { id, atLeast }, { parts, returns }) => {
    if (atLeast !== undefined && atLeast !== null) await parts.log.waitFor(atLeast, parts.limits.atLeastWaitMs);
    return (await returns.load(id)) ?? null;
  },
  returns: (_source, args, context) => pageOfReturns(context, args),
  returnWork: async (_source, { location, first, after }, { parts, identity }) => {
    const page = readPage({ first, ...(after !== undefined && { after }) }, WORK_PAGE);
    const rows = await listReturnWork(parts, identity, {
      limit: page.limit,
      after: page.after && { workSinceMs: Number(page.after[0]), id: String(page.after[1]) },
      location,
    });
    return toConnection(rows, page, {
      list: WORK_PAGE.list,
      keysetOf: ({ workSinceMs = 0, id }) => [workSinceMs, id],
    });
  },
};

async function pageOfReturns(
  { parts, identity }: Pick<GraphqlContext, 'parts' | 'identity'>,
  { first, after, location, customer, status, order, ...age }: Partial<QueryReturnsArgs>,
) {
  const page = readPage({ ...(first !== undefined && { first }), ...(after !== undefined && { after }) }, PAGE);
  const rows = await listReturns(parts, identity, {
    limit: page.limit,
    after: page.after && { openedAtMs: Number(page.after[0]), id: String(page.after[1]) },
    location: location ?? undefined,
    customer: customer ?? undefined,
    status: status ?? undefined,
    order: order ?? undefined,
    openedAfterMs: instantOf(age.openedFrom),
    openedBeforeMs: instantOf(age.openedUntil),
  });
  return toConnection(rows, page, { list: PAGE.list, keysetOf: ({ openedAtMs, id }) => [openedAtMs, id] });
}

function instantOf(text: string | null | undefined): number | undefined {
  return text === null || text === undefined ? undefined : Date.parse(text);
}

const Mutation: MutationResolvers = {
  requestReturn: (_source, { input }, { parts, identity, correlationId }) => {
    const { start, ...request } = input;
    const stated = start === null || start === undefined ? {} : { start };
    return requestReturn(
      parts,
      { identity, correlationId },
      { ...request, ...stated, location: input.location ?? null },
    );
  },
  openBlindReturn: (_source, { input }, { parts, identity, correlationId }) =>
    openBlindReturn(parts, { identity, correlationId }, { ...input, customer: input.customer ?? null }),
  cancelReturn: (_source, { input }, { parts, identity }) => cancelReturn(parts, identity, { id: input.return }),
  authorizeReturn: (_source, { input }, { parts, identity }) =>
    authorizeReturn(parts, identity, { id: input.return, approve: input.approve, note: input.note ?? undefined }),
  receiveReturn: (_source, { input }, { parts, identity }) =>
    receiveReturn(parts, identity, {
      id: input.return,
      location: input.location,
      key: input.idempotencyKey ?? undefined,
      lines: input.lines?.map((line) => ({ ...line, line: line.line ?? undefined })),
    }),
  inspectReturn: (_source, { input }, { parts, identity }) =>
    inspectReturn(parts, identity, {
      id: input.return,
      lines: input.lines.map((line) => ({
        ...line,
        quantity: line.quantity ?? undefined,
        note: line.note ?? undefined,
        evidence: line.evidence ?? undefined,
      })),
    }),
  dispositionReturn: (_source, { input }, { parts, identity }) =>
    dispositionReturn(parts, identity, {
      id: input.return,
      lines: input.lines.map((line) => ({ ...line, quantity: line.quantity ?? undefined })),
      handOut: handOutOf(input.handOut),
    }),
  retryReturnRefund: (_source, { input }, { parts, identity }) =>
    retryRefund(parts, identity, { id: input.return, refund: input.refund }),
  endReturnCharge: (_source, { input }, { parts, identity }) => {
    const { return: id, tender, ...end } = input;
    return endReturnCharge(parts, identity, { id, ...end, ...(tender && { tender }) });
  },
  linkReturnExchange: (_source, { input }, { parts, identity }) =>
    linkExchange(parts, identity, { id: input.return, order: input.order }),
};

function handOutOf(input: DispositionReturnInput['handOut']): HandOut | undefined {
  if (!input) return undefined;
  const { amountMinor, ...rest } = input;
  return { ...rest, ...(amountMinor !== null && amountMinor !== undefined && { amountMinor }) };
}

const Order: OrderResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  returns: async ({ id }, _arguments, { returnsOfOrder }) => (await returnsOfOrder.load(id)) ?? [],
};

const Customer: CustomerResolvers = {
  __resolveReference: ({ reference }) => ({ reference }),
  returns: ({ reference: customer }, args, context) => pageOfReturns(context, { ...args, customer }),
};

const Return: ReturnResolvers = {
  __resolveReference: async ({ id }, { returns }) => (await returns.load(id)) ?? null,
  order: ({ order }) => (order === null ? null : { id: order }),
  location: ({ location }) => (location === null ? null : { id: location }),
  openedAt: ({ openedAtMs }) => new Date(openedAtMs).toISOString(),
  ...postingFields,
  // One that was opened before this was kept was asked for, or told by another system.
  start: ({ start, origin }) => start ?? (origin ? 'SYSTEM' : 'CUSTOMER'),
  authorization: ({ authorization, policyReason }) =>
    authorization ?? (policyReason === undefined ? null : { reasons: [policyReason], rulesVersion: 'built-in' }),
  charges: ({ charges = [] }) => charges,
  exchange: ({ exchange }) => (exchange === undefined ? null : { id: exchange }),
};

const ReturnLine: ReturnLineResolvers = {
  sku: ({ sku }) => ({ id: sku }),
  orderLine: ({ orderLine }) => (orderLine === null ? null : { id: orderLine }),
  quantity: (line) => quantityOf(line),
  location: ({ location }) => (location === undefined ? null : { id: location }),
  receivedAt: ({ receivedAtMs }) => (receivedAtMs === undefined ? null : new Date(receivedAtMs).toISOString()),
  note: ({ inspection }) => inspection?.note ?? null,
  evidence: ({ inspection }) => inspection?.evidence ?? [],
};

const Refund: RefundResolvers = {
  requestedAt: ({ requestedAtMs }) => new Date(requestedAtMs).toISOString(),
  parts: (refund) => partsOf(refund),
  tenders: ({ tenders = [], amount: { currencyCode } }) =>
    tenders.map(({ tender, amountMinor }) => ({ tender, amount: { amountMinor, currencyCode } })),
  counter: ({ counter }) => (counter ? { ...counter, location: { id: counter.location } } : null),
};

function partsOf({ parts, amount: { currencyCode }, withheldMinor = 0, offsetMinor = 0 }: RefundState) {
  if (!parts) return null;
  const money = (amountMinor: number) => ({ amountMinor, currencyCode });
  return {
    goods: money(parts.goodsMinor),
    shipping: money(parts.shippingMinor),
    other: money(parts.otherMinor),
    tax: money(parts.taxMinor),
    fees: money(parts.feesMinor),
    withheld: money(withheldMinor),
    offset: money(offsetMinor),
  };
}

const ReturnAuthorization: ReturnAuthorizationResolvers = {
  decidedBy: ({ decidedBy }) => decidedBy ?? null,
  note: ({ note }) => note ?? null,
};

const ReturnCharge: ReturnChargeResolvers = {
  requestedAt: ({ requestedAtMs }) => new Date(requestedAtMs).toISOString(),
  offset: ({ offsetMinor, amount: { currencyCode } }) => ({ amountMinor: offsetMinor, currencyCode }),
};

const ReturnPayload: ReturnPayloadResolvers = {
  return: ({ state }) => state,
};

export const resolvers: Pick<
  Resolvers,
  | 'Query'
  | 'Mutation'
  | 'Customer'
  | 'Order'
  | 'Return'
  | 'ReturnAuthorization'
  | 'ReturnCharge'
  | 'ReturnLine'
  | 'Refund'
  | 'ReturnPayload'
  | 'ReturnPosting'
  | 'ReturnBooking'
  | 'ReturnShelfMove'
> = {
  Query,
  Mutation,
  Customer,
  Order,
  Return,
  ReturnAuthorization,
  ReturnCharge,
  ReturnLine,
  Refund,
  ReturnPayload,
  ReturnPosting,
  ReturnBooking,
  ReturnShelfMove,
};
