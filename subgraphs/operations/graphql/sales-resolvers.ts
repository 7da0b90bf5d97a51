import { NO_REGISTER, type RegisterPosting, type SalesDay } from '../../../schema/commands/sales.ts';
import { listSalesPostings, postStoreSales } from '../app/sales-desk.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  RegisterPostingResolvers,
  SalesBatchResolvers,
  SalesPostingResolvers,
} from './resolvers.generated.ts';

/** A register of a day, with the currency of its amounts. */
export interface RegisterOfDay {
  readonly posting: RegisterPosting;
  readonly currency: string;
}

/** A batch of a day, with the currency of its amounts. */
export interface BatchOfDay {
  readonly batch: SalesDay['batches'][number];
  readonly currency: string;
}

export const salesQueries: Pick<QueryResolvers, 'salesPostings'> = {
  salesPostings: (_source, { location, day }, { parts, correlationId }) =>
    listSalesPostings(parts, { location, day, correlationId }),
};

export const salesMutations: Pick<MutationResolvers, 'postStoreSales'> = {
  postStoreSales: async (_source, { input: { location, day } }, { parts, correlationId }) => {
    await postStoreSales(parts, { location, day, correlationId });
    return { salesPostings: await listSalesPostings(parts, { location, day, correlationId }) };
  },
};

/** The one that is behind the most comes first. */
const STATES = ['FAILED', 'DIFFERS', 'OPEN', 'QUEUED', 'POSTED', 'PROVEN'] as const;

export const SalesPostingType: SalesPostingResolvers = {
  id: ({ location, businessDay, currency }) => `${location}|${businessDay}|${currency}`,
  location: ({ location }) => ({ id: location }),
  currencyCode: ({ currency }) => currency,
  state: ({ registers, waiting }) => {
    if (waiting > 0) return 'OPEN';
    return STATES.find((state) => registers.some((each) => each.state === state)) ?? 'OPEN';
  },
  waitingReceipts: ({ waiting }) => waiting,
  registers: ({ registers, currency }) => registers.map((posting) => ({ posting, currency })),
  batches: ({ batches, currency }) => batches.map((batch) => ({ batch, currency })),
};

export const RegisterPostingType: RegisterPostingResolvers = {
  register: ({ posting: { register } }) => (register === NO_REGISTER ? null : register),
  state: ({ posting }) => posting.state,
  told: ({ posting: { told }, currency }) => told && figures({ ...told, units: null }, currency),
  taken: ({ posting: { taken }, currency }) => figures(taken, currency),
  posted: ({ posting: { posted }, currency }) => posted && figures(posted, currency),
};

export const SalesBatchType: SalesBatchResolvers = {
  sequence: ({ batch }) => batch.sequence,
  status: ({ batch }) => batch.status,
  receipts: ({ batch }) => batch.receipts,
  total: ({ batch, currency }) => ({ amountMinor: batch.totalMinor, currencyCode: currency }),
  closedAt: ({ batch }) => batch.closedAt,
  document: ({ batch }) => batch.document,
  reason: ({ batch }) => batch.reason,
};

function figures(
  side: Omit<RegisterPosting['taken'], 'units'> & { readonly units: string | null },
  currencyCode: string,
) {
  const { sales, returns, units, totalMinor } = side;
  return { sales, returns, units, total: { amountMinor: totalMinor, currencyCode } };
}
