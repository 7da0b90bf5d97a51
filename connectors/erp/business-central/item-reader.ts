import { ITEMS_PER_LOOK_UP_MAX } from '../port.ts';
import { isOneOf, type BusinessCentralApi, type RowQuery } from './business-central-api.ts';

/** An item as the ERP sends it, with every row of other tables that says something about it. */
export interface ItemRows {
  readonly item: unknown;
  readonly prices: readonly unknown[];
  /** Its units, the base unit included. */
  readonly units: readonly unknown[];
  /** The lines of its assembly BOM; none when it is no kit. */
  readonly bom: readonly unknown[];
  /** The units of the items that its BOM names. */
  readonly componentUnits: readonly unknown[];
}

/** Items by their numbers with all that belongs to them: one HTTP call per ITEMS_PER_LOOK_UP_MAX, two with kits. */
export async function readItems(api: BusinessCentralApi, numbers: readonly string[]): Promise<readonly ItemRows[]> {
  const found: ItemRows[] = [];
  for (const some of chunks(numbers)) {
    const queries = [{ set: 'items', filter: isOneOf('number', some) } as const, ...relatedTo(some)];
    const [items = [], ...related] = await api.query(...queries);
    found.push(...(await joined(api, items, related)));
  }
  return found;
}

/** Adds what belongs to items that were read already: one HTTP call per ITEMS_PER_LOOK_UP_MAX, two with kits. */
export async function withRelated(api: BusinessCentralApi, items: readonly unknown[]): Promise<readonly ItemRows[]> {
  const found: ItemRows[] = [];
  for (const some of chunks(items)) {
    const related = await api.query(...relatedTo(some.map((item) => textOf(item, 'number'))));
    found.push(...(await joined(api, some, related)));
  }
  return found;
}

/** The kits whose BOM names one of these items: what is said of its units is said of them, too. */
export async function kitsOf(api: BusinessCentralApi, numbers: readonly string[]): Promise<readonly string[]> {
  const parents = new Set<string>();
  for (const some of chunks(numbers)) {
    const [lines = []] = await api.query({ set: 'bomComponents', filter: isOneOf('number', some) });
    for (const line of lines) parents.add(textOf(line, 'parentItemNumber'));
  }
  return [...parents];
}

/** A member of a row that is not held against its schema yet; empty when there is none. */
export function textOf(row: unknown, field: string): string {
  const value = (row as Readonly<Record<string, unknown>> | null | undefined)?.[field];
  return typeof value === 'string' ? value : '';
}

function relatedTo(numbers: readonly string[]): readonly RowQuery[] {
  return [
    { set: 'salesPrices', filter: isOneOf('itemNumber', numbers) },
    { set: 'itemUnitsOfMeasure', filter: isOneOf('itemNumber', numbers) },
    { set: 'bomComponents', filter: isOneOf('parentItemNumber', numbers) },
  ];
}

async function joined(
  api: BusinessCentralApi,
  items: readonly unknown[],
  [prices = [], units = [], bom = []]: readonly (readonly unknown[])[],
): Promise<readonly ItemRows[]> {
  const byItem = (rows: readonly unknown[], field: string) => Map.groupBy(rows, (row) => textOf(row, field));
  const pricesOf = byItem(prices, 'itemNumber');
  const unitsOf = byItem(units, 'itemNumber');
  const bomOf = byItem(bom, 'parentItemNumber');
  const componentUnitsOf = byItem(await componentUnits(api, bom), 'itemNumber');
  return items.map((item) => {
    const number = textOf(item, 'number');
    const lines = bomOf.get(number) ?? [];
    const components = [...new Set(lines.map((line) => textOf(line, 'number')))];
    return {
      item,
      prices: pricesOf.get(number) ?? [],
      units: unitsOf.get(number) ?? [],
      bom: lines,
      componentUnits: components.flatMap((component) => componentUnitsOf.get(component) ?? []),
    };
  });
}

async function componentUnits(api: BusinessCentralApi, bom: readonly unknown[]): Promise<readonly unknown[]> {
  const numbers = [...new Set(bom.map((line) => textOf(line, 'number')))];
  const found: unknown[] = [];
  for (const some of chunks(numbers)) {
    const [units = []] = await api.query({ set: 'itemUnitsOfMeasure', filter: isOneOf('itemNumber', some) });
    found.push(...units);
  }
  return found;
}

function chunks<Value>(values: readonly Value[]): readonly (readonly Value[])[] {
  const count = Math.ceil(values.length / ITEMS_PER_LOOK_UP_MAX);
  return Array.from({ length: count }, (_, index) =>
    values.slice(index * ITEMS_PER_LOOK_UP_MAX, (index + 1) * ITEMS_PER_LOOK_UP_MAX),
  );
}
