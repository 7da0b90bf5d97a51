import type { Price } from './record-item.ts';
import type { SkuRecord } from './sku-record.ts';

/** When the next of these prices begins or ends, epoch milliseconds; undefined when none will. */
export function nextPriceAtMs(prices: readonly Price[], nowMs: number): number | undefined {
  const turns = prices.flatMap(({ effectiveFrom, effectiveUntil }) => [effectiveFrom, effectiveUntil ?? effectiveFrom]);
  const coming = turns.map((turn) => Date.parse(turn)).filter((atMs) => atMs > nowMs);
  return coming.length > 0 ? Math.min(...coming) : undefined;
}

/** The record with the instant at which its next price begins or ends. */
export function withNextPrice({ nextPriceAtMs: _former, ...record }: SkuRecord, nowMs: number): SkuRecord {
  const atMs = nextPriceAtMs(record.item.prices, nowMs);
  return { ...record, ...(atMs !== undefined && { nextPriceAtMs: atMs }) };
}
