import { bookingOf } from '../domain/money/tax-check.ts';
import type { Order } from '../domain/order.ts';

/** How the taxes of an order stand with their system; null where none was asked. */
export function taxCheckModel(order: Order) {
  const { taxCheck, currency } = order;
  if (!taxCheck) return null;
  const { system, country, state, quote, quotedMinor, document } = taxCheck;
  return {
    system,
    country,
    state,
    quote,
    quoted: quotedMinor === undefined ? null : { amountMinor: quotedMinor, currencyCode: currency },
    booking: bookingOf(order),
    document: document ?? null,
  };
}
