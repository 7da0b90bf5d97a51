import type { Books, Difference } from './compare-books.ts';
import { DAY_WAREHOUSES, WORKED_WAREHOUSE, type DayWorld } from './open-day-world.ts';

/** Alters a shelf of the POS and one of the ERP where nobody tells the hub, of those on which all agree. @returns how many */
export async function plantDifferences(
  { square, people }: DayWorld,
  { ledger }: Books,
  differences: readonly Difference[],
): Promise<number> {
  const differing = new Set(differences.map(({ position }) => position));
  const agreed = [...ledger].filter(([position]) => !differing.has(position));
  const shelfOf = (code: string, location: string) => {
    const [position = '', quantity = 0] = agreed.find(([each]) => each.endsWith(`|${location}`)) ?? [];
    return { code, sku: position.slice(0, -location.length - 1), quantity };
  };
  const stores = Object.entries(DAY_WAREHOUSES).filter(([code]) => code !== WORKED_WAREHOUSE);
  const [first, second] = stores.map(([code, location]) => ({ location, ...shelfOf(code, location) }));
  if (!first || !second) throw new Error('There are not two stores.');
  square.count({ locationCode: first.location, sku: first.sku, quantity: String(first.quantity + 3) });
  await people.count(second.code, { sku: second.sku, quantity: second.quantity + 4 });
  return 2;
}
