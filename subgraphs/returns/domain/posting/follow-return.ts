import type { ReturnChargeChanged, ReturnDisposed, ReturnRefundChanged } from '../../../../schema/events/returns.ts';
import type { PostingState, RefundTold } from './posting-state.ts';
import { isOwedNow } from './value-refunds.ts';

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
    ...(revises && { revises }),
  }));
  return { ...state, goods: [...state.goods, { eventId, lines }] };
}

/** A refund got further. What is told late and was overtaken changes nothing. */
export function followRefund(state: PostingState, { atMs }: Told, event: ReturnRefundChanged): PostingState {
  // A till has given it back, and its day has it.
  if (state.isOfTill && !event.parts) return state;
  const known = state.refunds[event.refund];
  if (known && known.atMs > atMs) return state;
  const { status, amount, tenders = [] } = event;
  const parts = event.parts ?? { ...NO_PARTS, goodsMinor: amount.amountMinor };
  const told: RefundTold = {
    atMs,
    status,
    currency: amount.currencyCode,
    amountMinor: amount.amountMinor,
    parts,
    tenders,
    isOwed: isOwedNow(status, known?.isOwed ?? false),
  };
  return { ...state, refunds: { ...state.refunds, [event.refund]: told } };
}

/** A customer owes money, or no longer does. What is told late and was overtaken changes nothing. */
export function followCharge(state: PostingState, { atMs }: Told, event: ReturnChargeChanged): PostingState {
  const known = state.charges[event.charge];
  if (known && known.atMs > atMs) return state;
  const { status, amount, offsetMinor } = event;
  // What is waived is not owed any more; what was offset before has been paid.
  const amountMinor = status === 'WAIVED' ? offsetMinor : amount.amountMinor;
  const told = { atMs, currency: amount.currencyCode, amountMinor };
  return { ...state, charges: { ...state.charges, [event.charge]: told } };
}

const NO_PARTS = {
  goodsMinor: 0,
  shippingMinor: 0,
  otherMinor: 0,
  taxMinor: 0,
  feesMinor: 0,
  withheldMinor: 0,
  offsetMinor: 0,
};
