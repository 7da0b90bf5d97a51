import type { DayReceipt } from '../register-days-of.ts';
import { receiptNumberOf } from './receipt-of-order.ts';
import type { SquareMoney, SquareOrder } from './square-objects.ts';

/** The amounts that the facts of an order tell, and the device of its payments. */
export function dayReceipt(order: SquareOrder, devices: ReadonlyMap<string, string>): DayReceipt {
  const { tenders = [], refunds = [], returns = [], line_items: lines = [] } = order;
  const returned = returns.map(({ return_line_items: items = [] }) => items).filter((items) => items.length > 0);
  const device = tenders.map(({ payment_id: id }) => devices.get(id ?? '')).find((id) => id !== undefined);
  return {
    number: receiptNumberOf(order),
    register: device ?? null,
    ...(lines.length > 0 && { takenMinor: sumOf(tenders.map(({ amount_money: money }) => money)) }),
    // As with the facts: what comes back in an exchange without a refund was given in goods.
    givenMinor: returned.map((items) =>
      refunds.length === 0 ? 0 : sumOf(items.map(({ total_money: total }) => total)),
    ),
  };
}

export function sumOf(amounts: readonly SquareMoney[]): number {
  return amounts.reduce((total, { amount }) => total + Number(amount), 0);
}
