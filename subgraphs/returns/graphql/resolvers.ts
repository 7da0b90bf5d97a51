import { readPage, toConnection, type PageBounds } from '../../../kernel/graphql/connection.ts';
import { authorizeReturn } from '../app/authorize-return.ts';
import { dispositionReturn } from '../app/disposition-return.ts';
import { inspectReturn } from '../app/inspect-return.ts';
import { listReturns } from '../app/read-returns.ts';
import { receiveReturn } from '../app/receive-return.ts';
import { requestReturn } from '../app/request-return.ts';
import { quantityOf } from '../domain/change-lines.ts';
import type {
  MutationResolvers,
  OrderResolvers,
  QueryResolvers,
  RefundResolvers,
  Resolvers,
  ReturnLineResolvers,
  ReturnPayloadResolvers,
  ReturnResolvers,
} from './resolvers.generated.ts';

const PAGE: PageBounds = { list: 'returns', firstDefault: 20, firstMax: 100 };

const Query: QueryResolvers = {
  return: async (_source, { id, atLeast }, { parts, returns }) => {
    if (atLeast !== undefined && atLeast !== null) await parts.log.waitFor(atLeast, parts.limits.atLeastWaitMs);
    return (await returns.load(id)) ?? null;
  },
  returns: async (_source, { first, after, location, customer, status }, { parts, identity }) => {
    const page = readPage({ first, ...(after !== undefined && { after }) }, PAGE);
    const rows = await listReturns(parts, identity, {
      limit: page.limit,
      after: page.after && { openedAtMs: Number(page.after[0]), id: String(page.after[1]) },
      location: location ?? undefined,
      customer: customer ?? undefined,
      status: status ?? undefined,
    });
    return toConnection(rows, page, { list: PAGE.list, keysetOf: ({ openedAtMs, id }) => [openedAtMs, id] });
  },
};

const Mutation: MutationResolvers = {
  requestReturn: (_source, { input }, { parts, identity, correlationId }) =>
    requestReturn(parts, { identity, correlationId }, { ...input, location: input.location ?? null }),
  authorizeReturn: (_source, { input }, { parts, identity }) =>
    authorizeReturn(parts, identity, { id: input.return, approve: input.approve }),
  receiveReturn: (_source, { input }, { parts, identity }) =>
    receiveReturn(parts, identity, { id: input.return, location: input.location }),
  inspectReturn: (_source, { input }, { parts, identity }) =>
    inspectReturn(parts, identity, { id: input.return, lines: input.lines }),
  dispositionReturn: (_source, { input }, { parts, identity }) =>
    dispositionReturn(parts, identity, { id: input.return, lines: input.lines }),
};

const Order: OrderResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  returns: async ({ id }, _arguments, { returnsOfOrder }) => (await returnsOfOrder.load(id)) ?? [],
};

const Return: ReturnResolvers = {
  __resolveReference: async ({ id }, { returns }) => (await returns.load(id)) ?? null,
  order: ({ order }) => (order === null ? null : { id: order }),
  location: ({ location }) => (location === null ? null : { id: location }),
  openedAt: ({ openedAtMs }) => new Date(openedAtMs).toISOString(),
};

const ReturnLine: ReturnLineResolvers = {
  sku: ({ sku }) => ({ id: sku }),
  orderLine: ({ orderLine }) => (orderLine === null ? null : { id: orderLine }),
  quantity: (line) => quantityOf(line),
};

const Refund: RefundResolvers = {
  requestedAt: ({ requestedAtMs }) => new Date(requestedAtMs).toISOString(),
};

const ReturnPayload: ReturnPayloadResolvers = {
  return: ({ state }) => state,
};

export const resolvers: Pick<
  Resolvers,
  'Query' | 'Mutation' | 'Order' | 'Return' | 'ReturnLine' | 'Refund' | 'ReturnPayload'
> = { Query, Mutation, Order, Return, ReturnLine, Refund, ReturnPayload };
