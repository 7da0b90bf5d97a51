import type { Price } from './record-item.ts';

/**
 * The price that applies at an instant: of those of the currency that are effective by then, the latest. Without a
 * currency it is the first one that the item is priced in.
 */
export function priceAt(prices: readonly Price[], atMs: number, currency?: string): Price | undefined {
  const wanted = currency ?? prices[0]?.amount.currencyCode;
  let current: Price | undefined;
  for (const price of prices) {
    const fromMs = Date.parse(price.effectiveFrom);
    if (price.amount.currencyCode !== wanted || fromMs > atMs) continue;
    if (!current || fromMs >= Date.parse(current.effectiveFrom)) current = price;
  }
  return current;
}
