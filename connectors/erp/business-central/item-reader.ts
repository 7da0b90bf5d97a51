import { ITEMS_PER_LOOK_UP_MAX } from '../port.ts';
import { isOneOf, type BusinessCentralApi } from './business-central-api.ts';

/** An item as the ERP sends it, with the rows of its prices. */
export interface ItemWithPrices {
  readonly item: unknown;
  readonly prices: readonly unknown[];
}

/** Items by their numbers with all their prices: one HTTP call per ITEMS_PER_LOOK_UP_MAX numbers. */
export async function readItems(
  api: BusinessCentralApi,
  numbers: readonly string[],
): Promise<readonly ItemWithPrices[]> {
  const found: ItemWithPrices[] = [];
  for (const some of chunks(numbers)) {
    const [items = [], prices = []] = await api.query(
      { set: 'items', filter: isOneOf('number', some) },
      { set: 'salesPrices', filter: isOneOf('itemNumber', some) },
    );
    found.push(...joined(items, prices));
  }
  return found;
}

/** Adds the prices to items that were read already: one HTTP call per ITEMS_PER_LOOK_UP_MAX items. */
export async function withPrices(
  api: BusinessCentralApi,
  items: readonly unknown[],
): Promise<readonly ItemWithPrices[]> {
  const found: ItemWithPrices[] = [];
  for (const some of chunks(items)) {
    const numbers = some.map((item) => textOf(item, 'number'));
    const [prices = []] = await api.query({ set: 'salesPrices', filter: isOneOf('itemNumber', numbers) });
    found.push(...joined(some, prices));
  }
  return found;
}

/** A member of a row that is not held against its schema yet; empty when there is none. */
export function textOf(row: unknown, field: string): string {
  const value = (row as Readonly<Record<string, unknown>> | null | undefined)?.[field];
  return typeof value === 'string' ? value : '';
}

function joined(items: readonly unknown[], prices: readonly unknown[]): readonly ItemWithPrices[] {
  const pricesOf = Map.groupBy(prices, (price) => textOf(price, 'itemNumber'));
  return items.map((item) => ({ item, prices: pricesOf.get(textOf(item, 'number')) ?? [] }));
}

function chunks<Value>(values: readonly Value[]): readonly (readonly Value[])[] {
  const count = Math.ceil(values.length / ITEMS_PER_LOOK_UP_MAX);
  return Array.from({ length: count }, (_, index) =>
    values.slice(index * ITEMS_PER_LOOK_UP_MAX, (index + 1) * ITEMS_PER_LOOK_UP_MAX),
  );
}
