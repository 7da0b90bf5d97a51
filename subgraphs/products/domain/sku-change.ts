import type { SkuChanged } from '../../../schema/events/products.ts';
import { priceAt } from './price-at.ts';
import type { Price } from './record-item.ts';
import type { SkuRecord } from './sku-record.ts';

/** A SKU as its subscribers see it at an instant, with the prices that apply then. */
export function skuChangeOf({ id, product, item }: SkuRecord, nowMs: number, previous?: SkuRecord): SkuChanged {
  const left = previous?.item.categories.filter((category) => !item.categories.includes(category)) ?? [];
  return {
    sku: id,
    product,
    title: item.title,
    lifecycle: item.lifecycle,
    categories: item.categories,
    ...(left.length > 0 && { formerCategories: left }),
    prices: pricesAt(item.prices, nowMs),
  };
}

/** In each currency what everybody pays, then on each list what it says itself. */
function pricesAt(prices: readonly Price[], nowMs: number): Price[] {
  const currencies = [...new Set(prices.map(({ amount }) => amount.currencyCode))];
  const lists = [...new Set(prices.map(({ priceList }) => priceList))].filter((list) => list !== undefined);
  const wanted = [undefined, ...lists.sort()].flatMap((priceList) =>
    currencies.map((currency) => ({ currency, priceList })),
  );
  return wanted
    .map((each) => ({ ...each, price: priceAt(prices, nowMs, each) }))
    .flatMap(({ price, priceList }) => (price && price.priceList === priceList ? [price] : []));
}

/** Whether its subscribers see something new: another description or price, or a price that has begun to apply. */
export function isChange(record: SkuRecord, nowMs: number, previous: SkuRecord | undefined): boolean {
  if (!previous || (previous.nextPriceAtMs ?? Infinity) <= nowMs) return true;
  const told = (state: SkuRecord): string => JSON.stringify(skuChangeOf(state, nowMs));
  return told(record) !== told(previous);
}
