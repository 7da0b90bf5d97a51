import type { Booking } from '../../../schema/commands/journals.ts';
import type { PostingEntry, ShelfMove } from '../domain/posting/posting-state.ts';
import type {
  ReturnBookingResolvers,
  ReturnPostingResolvers,
  ReturnResolvers,
  ReturnShelfMoveResolvers,
} from './resolvers.generated.ts';

/** One account of a posting, in its currency. */
export type BookingOfPosting = Booking & { readonly currency: string };

/** How the books follow a return, step by step. */
export const postingFields: Pick<ReturnResolvers, 'postings' | 'shelfMoves'> = {
  postings: async ({ id }, _arguments, { postings }) => (await postings.load(id))?.entries ?? [],
  shelfMoves: async ({ id }, _arguments, { postings }) => (await postings.load(id))?.moves ?? [],
};

export const ReturnPosting: ReturnPostingResolvers = {
  subject: ({ subject }) => (subject === 'GOODS' ? 'GOODS' : subjectOf(subject)),
  about: ({ subject }) => (subject === 'GOODS' ? null : subject.slice(subject.indexOf(':') + 1)),
  plannedAt: ({ plannedAtMs }) => new Date(plannedAtMs).toISOString(),
  attempts: ({ attempt }) => attempt,
  bookings: ({ bookings, currency }: PostingEntry) => bookings.map((booking) => ({ ...booking, currency })),
};

export const ReturnBooking: ReturnBookingResolvers = {
  dimension: ({ dimension }) => dimension ?? null,
  amount: ({ amountMinor, currency }) => ({ amountMinor, currencyCode: currency }),
};

export const ReturnShelfMove: ReturnShelfMoveResolvers = {
  location: ({ location }: ShelfMove) => ({ id: location }),
  lines: ({ lines }) => lines.map(({ sku, quantity }) => ({ sku: { id: sku }, quantity })),
};

function subjectOf(subject: PostingEntry['subject']): 'REFUND' | 'PAYMENT' | 'CHARGE' {
  if (subject.startsWith('REFUND:')) return 'REFUND';
  return subject.startsWith('PAYMENT:') ? 'PAYMENT' : 'CHARGE';
}
