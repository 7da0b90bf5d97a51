import type { Price } from './record-item.ts';
import type { SkuRecord } from './sku-record.ts';

/** When the next of these prices takes effect, epoch milliseconds; undefined when none is to come. */
export function nextPriceAtMs(prices: readonly Price[], nowMs: number): number | undefined {
  const coming = prices.map(({ effectiveFrom }) => Date.parse(effectiveFrom)).filter((fromMs) => fromMs > nowMs);
  return coming.length > 0 ? Math.min(...coming) : undefined;
}

/** The record with the instant at which its next price applies. */
export function withNextPrice({ nextPriceAtMs: _former, ...record }: SkuRecord, nowMs: number): SkuRecord {
  const atMs = nextPriceAtMs(record.item.prices, nowMs);
  return { ...record, ...(atMs !== undefined && { nextPriceAtMs: atMs }) };
}
