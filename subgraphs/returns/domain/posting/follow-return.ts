import type { ReturnChargeChanged, ReturnDisposed, ReturnRefundChanged } from '../../../../schema/events/returns.ts';
import type { MovedLine, PostingState, RefundTold } from './posting-state.ts';
import { scaledQuantity } from './scaled-quantity.ts';
import { isOwedNow, partsOfAmount } from './value-refunds.ts';

/** Of an event. */
interface Told {
  readonly eventId: string;
  readonly atMs: number;
}

/** Goods were moved. The same event once more changes nothing. */
export function followDisposal(state: PostingState, { eventId }: Told, event: ReturnDisposed): PostingState {
  if (state.goods.some((moved) => moved.eventId === eventId)) return state;
  const lines = event.lines.map(({ returnLine, orderLine, sku, quantity, disposition, revises }) => ({
    returnLine,
    orderLine,
    sku,
    quantity,
    location: event.location ?? '',
    disposition,
    // What was decided before the books followed is in none of them, and nothing to take back.
    ...(revises && isKnown(state, { sku, quantity, disposition: revises }) && { revises }),
  }));
  return { ...state, goods: [...state.goods, { eventId, lines }] };
}

/** Whether as much of a SKU went where a disposition says as is said to leave from there. */
function isKnown({ goods }: PostingState, left: Pick<MovedLine, 'sku' | 'quantity' | 'disposition'>): boolean {
  let lies = 0n;
  for (const { sku, quantity, disposition, revises } of goods.flatMap(({ lines }) => lines)) {
    if (sku !== left.sku) continue;
    if (disposition === left.disposition) lies += scaledQuantity(quantity);
    if (revises === left.disposition) lies -= scaledQuantity(quantity);
  }
  return lies >= scaledQuantity(left.quantity);
}

/** What the return itself knows of a refund. */
export interface RefundKnown {
  /** Absent: nobody has said how far it got. */
  readonly succeededMinor?: number;
  /** The refund of which it gives back anew what did not reach the customer. */
  readonly replaces?: string;
}

/** A refund got further. What is told late and was overtaken changes nothing. */
export function followRefund(
  state: PostingState,
  { atMs, about = {} }: Told & { readonly about?: RefundKnown },
  event: ReturnRefundChanged,
): PostingState {
  // A till has given it back, and its day has it.
  if (state.isOfTill && !event.parts && about.replaces === undefined) return state;
  const known = state.refunds[event.refund];
  if (known && known.atMs > atMs) return state;
  const { status, amount, tenders = [] } = event;
  const parts = event.parts ?? partsOfAmount(amount.amountMinor);
  const told: RefundTold = {
    atMs,
    status,
    currency: amount.currencyCode,
    amountMinor: amount.amountMinor,
    paidMinor: about.succeededMinor ?? (status === 'SUCCEEDED' ? amount.amountMinor : 0),
    parts,
    tenders,
    isOwed: isOwedNow(status, known?.isOwed ?? false),
    ...(about.replaces !== undefined && { replaces: about.replaces }),
  };
  return { ...state, refunds: { ...state.refunds, [event.refund]: told } };
}

/** A customer owes money, or no longer does. What is told late and was overtaken changes nothing. */
export function followCharge(state: PostingState, { atMs }: Told, event: ReturnChargeChanged): PostingState {
  const known = state.charges[event.charge];
  if (known && known.atMs > atMs) return state;
  const { status, amount, offsetMinor } = event;
  // What is waived the customer has all the same, and owes no more.
  const amountMinor = status === 'WAIVED' ? 0 : amount.amountMinor - offsetMinor;
  const told = { atMs, currency: amount.currencyCode, amountMinor, isPaid: status === 'SETTLED' };
  return { ...state, charges: { ...state.charges, [event.charge]: told } };
}
