import {
  outcomeOf,
  isDifferent,
  partsOver,
  textOfParts,
  worthOf,
  type Tolerance,
} from '../../domain/compare-balances.ts';
import type { ReconciliationCounts, ReconciliationItem } from '../../domain/reconciliation-run.ts';
import type { OperationsParts } from '../operations-parts.ts';
import type { SkuPrice } from '../value-at-risk.ts';
import type { Suspect } from './look-at-balances.ts';

/** Differences that stand, and what the others came to. */
export interface ValuedDifferences {
  readonly items: readonly Omit<ReconciliationItem, 'exception'>[];
  readonly counts: Pick<ReconciliationCounts, 'tolerated' | 'mismatched' | 'missingInLedger' | 'missingInSystem'>;
}

const PRICES_PER_READ = 500;

/** Says what each difference is worth: by what a unit has cost, else by its price; those within tolerance are left out. */
export async function valueDifferences(
  { store }: Pick<OperationsParts, 'store'>,
  suspects: readonly Suspect[],
  tolerance: Tolerance,
): Promise<ValuedDifferences> {
  const items: Omit<ReconciliationItem, 'exception'>[] = [];
  const counts = { tolerated: 0, mismatched: 0, missingInLedger: 0, missingInSystem: 0 };
  for (let from = 0; from < suspects.length; from += PRICES_PER_READ) {
    const some = suspects.slice(from, from + PRICES_PER_READ);
    const found = await store.prices.getMany(some.map(({ sku }) => sku));
    const prices = new Map(found.map(({ document }) => [document.id, document]));
    for (const suspect of some) {
      const item = itemOf(suspect, prices.get(suspect.sku));
      const worthMinor = item.value === null ? undefined : Math.abs(item.value.amountMinor);
      const outcome = outcomeOf(item, tolerance, worthMinor);
      if (outcome === 'TOLERATED') counts.tolerated++;
      if (outcome === 'MISMATCHED') counts.mismatched++;
      if (outcome === 'MISSING_IN_LEDGER') counts.missingInLedger++;
      if (outcome === 'MISSING_IN_SYSTEM') counts.missingInSystem++;
      if (isDifferent(outcome)) items.push(item);
    }
  }
  return { items, counts };
}

function itemOf(suspect: Suspect, price: SkuPrice | undefined): Omit<ReconciliationItem, 'exception'> {
  const { sku, told, recorded, unitCost } = suspect;
  const over = partsOver(suspect);
  const unit = unitCost ?? price;
  const value = unit && {
    basis: unitCost ? ('COST' as const) : ('PRICE' as const),
    currencyCode: unit.currencyCode,
    amountMinor: worthOf(over, unit.amountMinor),
  };
  return { sku, told, recorded, difference: textOfParts(over), value: value ?? null };
}
