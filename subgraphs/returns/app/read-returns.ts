import { createLoader, type Loader } from '../../../kernel/graphql/create-loader.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { locationId } from '../../../kernel/model/codes.ts';
import { FIND_LIMIT_MAX, type FieldFilter } from '../../../kernel/ports/documents.ts';
import type { LineStatus } from '../domain/line-transitions.ts';
import type { ReturnState } from '../domain/return-state.ts';
import { actsForStores, assertMayActAt, maySee } from './return-access.ts';
import type { ReturnsParts } from './returns-parts.ts';

const RETURNS_PER_READ_MAX = 200;

/** Returns by id that the caller may see. */
export function createReturnLoader(parts: ReturnsParts, identity: Identity): Loader<string, ReturnState> {
  return createLoader<string, ReturnState>({
    name: 'returns',
    batchKeysMax: RETURNS_PER_READ_MAX,
    load: async (ids) => {
      const rows = (await parts.store.returns.getMany(ids)).map((row) => row.document);
      return new Map(rows.filter((state) => maySee(identity, state)).map((state) => [state.id, state]));
    },
    telemetry: parts.platform.telemetry,
  });
}

/** Returns by order that the caller may see, the oldest first, at most RETURNS_PER_READ_MAX of each. */
export function createReturnsOfOrderLoader(
  parts: ReturnsParts,
  identity: Identity,
): Loader<string, readonly ReturnState[]> {
  return createLoader<string, readonly ReturnState[]>({
    name: 'returns-of-order',
    batchKeysMax: RETURNS_PER_READ_MAX,
    load: async (orders) => {
      const states = await findOfOrders(parts, orders);
      const seen = states.filter((state) => maySee(identity, state));
      return Map.groupBy(seen, (state) => String(state.order));
    },
    telemetry: parts.platform.telemetry,
  });
}

async function findOfOrders({ store }: ReturnsParts, orders: readonly string[]): Promise<readonly ReturnState[]> {
  const find = async (order: FieldFilter, limit: number) => {
    const orderBy = { path: 'openedAtMs', direction: 'asc' } as const;
    return (await store.returns.find({ where: { order }, orderBy, limit })).map((row) => row.document);
  };
  const states = await find({ in: orders }, FIND_LIMIT_MAX);
  // A full answer may lack returns, so each order is asked for by itself then.
  if (states.length < FIND_LIMIT_MAX) return states;
  return (await Promise.all(orders.map((order) => find({ eq: order }, RETURNS_PER_READ_MAX)))).flat();
}

export interface ReturnsQuery {
  readonly limit: number;
  readonly after?: { readonly openedAtMs: number; readonly id: string } | undefined;
  readonly location?: string | undefined;
  readonly customer?: string | undefined;
  readonly status?: LineStatus | undefined;
  readonly order?: string | undefined;
  readonly openedAfterMs?: number | undefined;
  readonly openedBeforeMs?: number | undefined;
}

/**
 * Returns that the caller may see, the newest first.
 * @throws {Refusal} FORBIDDEN when it names another customer or store than its own
 */
export async function listReturns(
  { store }: ReturnsParts,
  identity: Identity,
  { limit, after, status, order, openedAfterMs, openedBeforeMs, ...asked }: ReturnsQuery,
): Promise<readonly ReturnState[]> {
  const age = {
    ...(openedAfterMs !== undefined && { gte: openedAfterMs }),
    ...(openedBeforeMs !== undefined && { lt: openedBeforeMs }),
  };
  const where = {
    ...scopeOf(identity, asked),
    ...(status !== undefined && { status: { eq: status } }),
    ...(order !== undefined && { order: { eq: order } }),
    ...(Object.keys(age).length > 0 && { openedAtMs: age }),
  };
  const rows = await store.returns.find({
    where,
    orderBy: { path: 'openedAtMs', direction: 'desc' },
    limit,
    ...(after && { after: { id: after.id, value: after.openedAtMs } }),
  });
  return rows.map((row) => row.document);
}

export interface WorkQuery {
  readonly limit: number;
  readonly after?: { readonly workSinceMs: number; readonly id: string } | undefined;
  readonly location: string;
}

/**
 * Returns whose goods wait at a location to be inspected or decided on, those that wait longest first.
 * @throws {Refusal} FORBIDDEN when it is not a location of the caller
 */
export async function listReturnWork(
  { store }: ReturnsParts,
  identity: Identity,
  { limit, after, location: code }: WorkQuery,
): Promise<readonly ReturnState[]> {
  const location = locationId(code);
  assertMayActAt(identity, location);
  const rows = await store.returns.find({
    where: { workLocation: { eq: location }, workSinceMs: { gte: 0 } },
    orderBy: { path: 'workSinceMs', direction: 'asc' },
    limit,
    ...(after && { after: { id: after.id, value: after.workSinceMs } }),
  });
  return rows.map((row) => row.document);
}

function scopeOf(
  identity: Identity,
  { location: code, customer }: Pick<ReturnsQuery, 'location' | 'customer'>,
): Record<string, FieldFilter> {
  const location = code === undefined ? undefined : locationId(code);
  const named = {
    ...(location !== undefined && { location: { eq: location } }),
    ...(customer !== undefined && { customer: { eq: customer } }),
  };
  if (identity.stores === '*') return named;
  if (actsForStores(identity)) {
    if (location !== undefined) assertMayActAt(identity, location);
    return { location: { in: identity.stores }, ...named };
  }
  if (identity.customer === undefined || (customer !== undefined && customer !== identity.customer)) {
    throw new Refusal('FORBIDDEN', 'The token does not carry this customer.', { field: 'customer' });
  }
  return { ...named, customer: { eq: identity.customer } };
}
