import { readPage, toConnection, type PageBounds } from '../../../kernel/graphql/connection.ts';
import { locationId } from '../../../kernel/model/codes.ts';
import {
  findRun,
  listRuns,
  listSources,
  locationsOfRun,
  startReconciliation,
} from '../app/reconciliation/reconciliation-desk.ts';
import { NO_TOLERANCE } from '../domain/compare-balances.ts';
import type {
  BalanceSourceResolvers,
  MutationResolvers,
  QueryResolvers,
  ReconciledLocationResolvers,
  ReconciliationDifferenceResolvers,
  ReconciliationRunResolvers,
  VarianceValueResolvers,
} from './resolvers.generated.ts';

const PAGE: PageBounds = { list: 'reconciliationRuns', firstDefault: 20, firstMax: 100 };

export const reconciliationQueries: Pick<
  QueryResolvers,
  'balanceSources' | 'reconciliationRun' | 'reconciliationRuns'
> = {
  balanceSources: (_source, _arguments, { parts, correlationId }) => listSources(parts.reconciliation, correlationId),
  reconciliationRun: async (_source, { id }, { parts }) => (await findRun(parts.reconciliation, id)) ?? null,
  reconciliationRuns: async (_source, { first, after, system }, { parts }) => {
    const page = readPage({ first, ...(after !== undefined && { after }) }, PAGE);
    const rows = await listRuns(parts.reconciliation, {
      limit: page.limit,
      after: page.after && { requestedAtMs: Number(page.after[0]), id: String(page.after[1]) },
      system: system ?? undefined,
    });
    return toConnection(rows, page, { list: PAGE.list, keysetOf: ({ requestedAtMs, id }) => [requestedAtMs, id] });
  },
};

export const reconciliationMutations: Pick<MutationResolvers, 'startReconciliation'> = {
  startReconciliation: async (_source, { input }, { parts, ...caller }) => {
    const { system, locations = [], tolerance, reason: because, idempotencyKey: key } = input;
    const reconciliationRun = await startReconciliation(parts.reconciliation, caller, {
      system,
      locations: locations.map(locationId),
      tolerance: { ...NO_TOLERANCE, ...tolerance },
      because,
      key,
    });
    return { reconciliationRun };
  },
};

export const BalanceSourceType: BalanceSourceResolvers = {
  locations: ({ locations }) => locations.map((id) => ({ id })),
};

export const ReconciliationRunType: ReconciliationRunResolvers = {
  __resolveReference: async ({ id }, { parts }) => (await findRun(parts.reconciliation, id)) ?? null,
  requestedAt: ({ requestedAtMs }) => instantOf(requestedAtMs),
  requestedBy: ({ asked }) => asked?.by ?? null,
  reason: ({ asked }) => asked?.because ?? null,
  startedAt: ({ startedAtMs }) => momentOf(startedAtMs),
  finishedAt: ({ finishedAtMs }) => momentOf(finishedAtMs),
  locations: ({ id }, _arguments, { parts }) => locationsOfRun(parts.reconciliation, id),
};

export const ReconciledLocationType: ReconciledLocationResolvers = {
  location: ({ location: id }) => ({ id }),
  asOf: ({ asOfMs }) => momentOf(asOfMs),
  differences: ({ items }) => items,
};

export const ReconciliationDifferenceType: ReconciliationDifferenceResolvers = {
  sku: ({ sku: id }) => ({ id }),
  value: ({ value }) => value && { amountMinor: value.amountMinor, currencyCode: value.currencyCode },
  valueBasis: ({ value }) => value?.basis ?? null,
  exception: async ({ exception }, _arguments, { exceptions }) =>
    exception === null ? null : ((await exceptions.load(exception)) ?? null),
};

export const VarianceValueType: VarianceValueResolvers = {
  more: ({ moreMinor: amountMinor, currencyCode }) => ({ amountMinor, currencyCode }),
  less: ({ lessMinor: amountMinor, currencyCode }) => ({ amountMinor, currencyCode }),
};

const instantOf = (ms: number): string => new Date(ms).toISOString();
const momentOf = (ms: number | null): string | null => (ms === null ? null : instantOf(ms));
