import type { SkuChanged } from '../../../schema/events/products.ts';
import { priceAt } from './price-at.ts';
import type { SkuRecord } from './sku-record.ts';

/** A SKU as its subscribers see it at an instant, with the price that applies then in each of its currencies. */
export function skuChangeOf({ id, product, item }: SkuRecord, nowMs: number, previous?: SkuRecord): SkuChanged {
  const currencies = [...new Set(item.prices.map(({ amount }) => amount.currencyCode))];
  const left = previous?.item.categories.filter((category) => !item.categories.includes(category)) ?? [];
  return {
    sku: id,
    product,
    title: item.title,
    lifecycle: item.lifecycle,
    categories: item.categories,
    ...(left.length > 0 && { formerCategories: left }),
    prices: currencies.flatMap((currency) => priceAt(item.prices, nowMs, currency) ?? []),
  };
}

/** Whether its subscribers see something new: another description or price, or a price that has begun to apply. */
export function isChange(record: SkuRecord, nowMs: number, previous: SkuRecord | undefined): boolean {
  if (!previous || (previous.nextPriceAtMs ?? Infinity) <= nowMs) return true;
  const told = (state: SkuRecord): string => JSON.stringify(skuChangeOf(state, nowMs));
  return told(record) !== told(previous);
}
