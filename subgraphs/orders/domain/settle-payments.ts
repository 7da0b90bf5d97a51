import { apportion } from './apportion.ts';
import { LEFT_STATES, OPEN_STATES } from './line-state.ts';
import type { Order, Payment, Told } from './order.ts';
import { capturableOf, capturedOf, withPaymentEvent } from './payment.ts';
import { amountOf, totalsOf } from './totals.ts';
import { countUnits } from './units.ts';

/**
 * Captures what is due for the units that have left, and gives up what is promised beyond that once nothing is left to
 * be sent. Carriage and other charges follow in proportion to the goods. Only for orders that the hub places.
 */
export function settlePayments(order: Order, told: Told): Order {
  if (order.origin !== 'PLACED') return order;
  const isOpen = order.lines.some((line) => countUnits(line.units, { states: OPEN_STATES }) > 0);
  const captured = order.payments.reduce((sum, payment) => sum + capturedOf(payment), 0);
  const payments = capture(order.payments, Math.max(0, dueOf(order) - captured), told);
  const settled = isOpen ? payments : payments.map((payment) => giveUp(payment, told));
  const isSame = settled.every((payment, index) => payment === order.payments[index]);
  return isSame ? order : { ...order, payments: settled };
}

/**
 * What has to be captured by now: the part of the grand total that the goods which left are of all goods, rounded down
 * until the last unit, so that the captures of an order that ships whole sum to its total.
 */
function dueOf(order: Order): number {
  const { itemsMinor, grandMinor } = totalsOf(order.lines, order.charges);
  const left = order.lines.map((line) => countUnits(line.units, { states: LEFT_STATES }));
  if (itemsMinor > 0) {
    const leftMinor = order.lines.reduce((sum, line, index) => sum + amountOf(line, left[index] ?? 0), 0);
    return Number((BigInt(grandMinor) * BigInt(leftMinor)) / BigInt(itemsMinor));
  }
  // Goods that cost nothing: the charges are due with the first of them.
  return left.some((quantity) => quantity > 0) ? grandMinor : 0;
}

function capture(payments: readonly Payment[], amountMinor: number, told: Told): readonly Payment[] {
  const room = payments.map(capturableOf);
  const capturable = room.reduce((sum, each) => sum + each, 0);
  const taken = Math.min(amountMinor, capturable);
  if (taken === 0) return payments;
  const shares = apportion(taken, room);
  return payments.map((payment, index) => withPaymentEvent(payment, 'CAPTURED', shares[index] ?? 0, told));
}

function giveUp(payment: Payment, told: Told): Payment {
  return withPaymentEvent(payment, 'VOIDED', capturableOf(payment), told);
}
