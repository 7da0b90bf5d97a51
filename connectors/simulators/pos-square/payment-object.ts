import type { Receipt, TenderKind } from '../runtime/till.ts';
import type { SquareEstate } from './square-estate.ts';

const CARD_BRANDS: Readonly<Record<Exclude<TenderKind, 'CASH'>, string>> = {
  CARD: 'VISA',
  GIFT_CARD: 'SQUARE_GIFT_CARD',
};

/** The payment of a sale. What was given back of it shows in `refunded_money`. */
export function paymentObject(estate: SquareEstate, receipt: Receipt): unknown {
  const { location, tender, totalMinor, paymentId } = receipt;
  const money = (amount: number): unknown => ({ amount, currency: location.currency });
  const order = estate.orderOfReceipt(receipt.number);
  const refunds = estate.refunds().filter((refund) => refund.paymentId === paymentId);
  const refundedMinor = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return {
    id: paymentId,
    created_at: new Date(receipt.occurredAtMs).toISOString(),
    updated_at: new Date(
      Math.max(receipt.recordedAtMs, ...refunds.map(({ createdAtMs }) => createdAtMs)),
    ).toISOString(),
    amount_money: money(totalMinor),
    total_money: money(totalMinor),
    ...(refunds.length > 0 && { refunded_money: money(refundedMinor), refund_ids: refunds.map(({ id }) => id) }),
    status: 'COMPLETED',
    source_type: tender === 'CASH' ? 'CASH' : 'CARD',
    ...(tender === 'CASH'
      ? { cash_details: { buyer_supplied_money: money(totalMinor), change_back_money: money(0) } }
      : { card_details: { status: 'CAPTURED', card: { card_brand: CARD_BRANDS[tender] } } }),
    location_id: estate.locationId(location.code),
    order_id: order.id,
    device_details: estate.device(location.code, receipt.register),
  };
}
