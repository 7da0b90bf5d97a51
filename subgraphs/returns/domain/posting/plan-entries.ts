import type { Booking } from '../../../../schema/commands/journals.ts';
import { mergeBookings, reverseBookings, sumOfBookings } from './bookings.ts';
import { isLive, type PostingEntry, type PostingState, type PostingSubject } from './posting-state.ts';
import { bookingsOfGoods, valuedSkus } from './value-goods.ts';
import { bookingsCharged, bookingsOwed, bookingsPaid } from './value-refunds.ts';

export interface PlanOptions {
  /** False: the ERP values goods by itself. */
  readonly takesValuation: boolean;
  readonly nowMs: number;
}

/**
 * Plans what the books do not say yet: for each subject the difference between what they have to say and what they say, or may
 * say, or are going to say. What was refused is not in the books, so the next entry of its subject takes it along.
 */
export function planEntries(state: PostingState, options: PlanOptions): PostingState {
  const { goods, refunds, charges } = state;
  let planned = options.takesValuation && goods.length > 0 ? planGoods(state, options) : state;
  for (const [id, refund] of Object.entries(refunds)) {
    const about = { currency: refund.currency, options };
    planned = planSubject(planned, { ...about, subject: `REFUND:${id}`, bookings: bookingsOwed(refunds, id) });
    planned = planSubject(planned, { ...about, subject: `PAYMENT:${id}`, bookings: bookingsPaid(refund) });
  }
  for (const [id, charged] of Object.entries(charges)) {
    const about = { currency: charged.currency, options };
    planned = planSubject(planned, { ...about, subject: `CHARGE:${id}`, bookings: bookingsCharged(charged) });
  }
  return planned;
}

/** SKUs whose cost has to be asked for before the value of goods can be booked. */
export function costsMissing(
  state: PostingState,
  { takesValuation }: Pick<PlanOptions, 'takesValuation'>,
): readonly string[] {
  if (!takesValuation) return [];
  const { bySku = {}, unknown = [] } = state.costs ?? {};
  return valuedSkus(state).filter((sku) => bySku[sku] === undefined && !unknown.includes(sku));
}

function planGoods(state: PostingState, options: PlanOptions): PostingState {
  if (costsMissing(state, options).length > 0) return state;
  const { goods, costs, isOfTill } = state;
  const unknown = valuedSkus(state).filter((sku) => costs?.unknown.includes(sku));
  if (unknown.length > 0) return planWithoutCost(state, { skus: unknown, options });
  const bookings = bookingsOfGoods(goods, { isOfTill, costOf: (sku) => costs?.bySku[sku] ?? 0 });
  return planSubject(state, { subject: 'GOODS', currency: costs?.currency ?? '', bookings, options });
}

/** Nothing can be booked, and people have to see to it: an entry of nothing that counts as refused. */
function planWithoutCost(
  state: PostingState,
  { skus, options }: { readonly skus: readonly string[]; readonly options: PlanOptions },
): PostingState {
  const live = state.entries.filter((entry) => entry.subject === 'GOODS' && isLive(entry));
  const covers = uncovered(
    state,
    live.filter(({ status }) => status !== 'REFUSED'),
  );
  const refused = live.filter(({ status }) => status === 'REFUSED');
  const isTold = covers.every((event) => refused.some((entry) => entry.covers.includes(event)));
  if (isTold) return state;
  const reason = `The ERP does not know what ${skus.join(', ')} cost.`;
  const bare = { subject: 'GOODS', kind: 'JOURNAL', currency: '', bookings: [], covers } as const;
  const entry = { ...newEntry(state, bare, options), status: 'REFUSED', isHeld: true, reason } as const;
  return { ...state, entries: [...replaced(state.entries, refused), entry] };
}

interface SubjectPlan {
  readonly subject: PostingSubject;
  readonly currency: string;
  /** What the books have to say of it in all. */
  readonly bookings: readonly Booking[];
  readonly options: PlanOptions;
}

function planSubject(state: PostingState, plan: SubjectPlan): PostingState {
  const { subject, currency, bookings, options } = plan;
  const live = state.entries.filter((entry) => entry.subject === subject && isLive(entry));
  if (differenceOf(bookings, live).length === 0 && live.every(isWhole)) return state;
  const refused = live.filter(({ status }) => status === 'REFUSED');
  const standing = live.filter(({ status }) => status !== 'REFUSED');
  const missing = differenceOf(bookings, standing);
  const entries = replaced(state.entries, refused);
  if (missing.length === 0) return { ...state, entries };
  const covers = subject === 'GOODS' ? uncovered(state, standing) : [];
  const isHeld = refused.some((entry) => entry.isHeld);
  const content = { subject, kind: kindOf(plan, standing), currency, bookings: missing, covers };
  return { ...state, entries: [...entries, { ...newEntry(state, content, options), isHeld }] };
}

/** An entry of nothing stands for what could not be booked. */
const isWhole = ({ bookings }: PostingEntry): boolean => bookings.length > 0;

function differenceOf(bookings: readonly Booking[], entries: readonly PostingEntry[]): readonly Booking[] {
  return mergeBookings(bookings, ...entries.map((entry) => reverseBookings(entry.bookings)));
}

/** What a customer is owed first is a credit note; what is taken back or put right later is an entry. */
function kindOf({ subject, bookings }: SubjectPlan, standing: readonly PostingEntry[]): PostingEntry['kind'] {
  const owed = bookings.filter(({ account }) => account === 'CUSTOMER_LIABILITY');
  const isFirst = subject.startsWith('REFUND:') && standing.length === 0;
  return isFirst && sumOfBookings(owed) < 0 ? 'CREDIT_NOTE' : 'JOURNAL';
}

/** Events of goods that no entry has booked. */
function uncovered({ goods }: PostingState, standing: readonly PostingEntry[]): readonly string[] {
  const covered = new Set(standing.flatMap(({ covers }) => covers));
  return goods.map(({ eventId }) => eventId).filter((event) => !covered.has(event));
}

function replaced(entries: readonly PostingEntry[], by: readonly PostingEntry[]): readonly PostingEntry[] {
  return entries.map((entry) => (by.includes(entry) ? { ...entry, status: 'REPLACED', isHeld: false } : entry));
}

function newEntry(
  { id, entries }: PostingState,
  content: Pick<PostingEntry, 'subject' | 'kind' | 'currency' | 'bookings' | 'covers'>,
  { nowMs }: PlanOptions,
): PostingEntry {
  return {
    ...content,
    id: `${id}/posting/${entries.length + 1}`,
    plannedAtMs: nowMs,
    status: 'PLANNED',
    attempt: 1,
    isHeld: false,
    document: null,
    reason: null,
  };
}
