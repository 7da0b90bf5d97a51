import { partsOver, textOfParts } from './compare-balances.ts';
import type {
  ReconciliationCounts,
  ReconciliationItem,
  ReconciliationVariance,
  VarianceValue,
} from './reconciliation-run.ts';

type Figures = Pick<ReconciliationItem, 'told' | 'recorded' | 'value'>;

/** How far these differences lead away from the ledger. */
export function varianceOf(items: readonly Figures[]): ReconciliationVariance {
  let [more, less, unvalued] = [0, 0, 0];
  const values: VarianceValue[] = [];
  for (const item of items) {
    const over = partsOver(item);
    if (over > 0) more += over;
    else less -= over;
    if (!item.value) unvalued++;
    else {
      const { amountMinor, ...measure } = item.value;
      values.push({ ...measure, moreMinor: Math.max(0, amountMinor), lessMinor: Math.max(0, -amountMinor) });
    }
  }
  return { more: textOfParts(more), less: textOfParts(less), values: summedValues(values), unvalued };
}

export function sumOfVariances(variances: readonly ReconciliationVariance[]): ReconciliationVariance {
  const sum = (quantities: readonly string[]): string =>
    textOfParts(quantities.reduce((parts, told) => parts + partsOver({ told, recorded: '0' }), 0));
  return {
    more: sum(variances.map(({ more }) => more)),
    less: sum(variances.map(({ less }) => less)),
    values: summedValues(variances.flatMap(({ values }) => values)),
    unvalued: variances.reduce((total, { unvalued }) => total + unvalued, 0),
  };
}

export function sumOfCounts(counts: readonly ReconciliationCounts[]): ReconciliationCounts {
  const sum = (of: keyof ReconciliationCounts): number => counts.reduce((total, each) => total + each[of], 0);
  return {
    matched: sum('matched'),
    tolerated: sum('tolerated'),
    mismatched: sum('mismatched'),
    missingInLedger: sum('missingInLedger'),
    missingInSystem: sum('missingInSystem'),
    notComparable: sum('notComparable'),
  };
}

/** One entry for each measure and currency, in a settled order. */
function summedValues(values: readonly VarianceValue[]): readonly VarianceValue[] {
  const sums = new Map<string, VarianceValue>();
  for (const value of values) {
    const key = `${value.basis}|${value.currencyCode}`;
    const known = sums.get(key) ?? { ...value, moreMinor: 0, lessMinor: 0 };
    sums.set(key, {
      ...known,
      moreMinor: known.moreMinor + value.moreMinor,
      lessMinor: known.lessMinor + value.lessMinor,
    });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
