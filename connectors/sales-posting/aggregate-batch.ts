import type { PostedLine, PostSales, RegisterSales } from '../../schema/commands/sales.ts';
import { scaledInteger, scaledText } from '../runtime/exact-decimal.ts';
import { totalOfReceipt, type StoreReceipt } from './store-receipt.ts';

const PLACES = 4;

/** Sums of a micro-batch: one line for each register, SKU, price and direction. */
export type BatchContent = Pick<PostSales, 'registers' | 'lines' | 'charges'>;

/**
 * Adds receipts up. The totals of a register are those of its receipts to the minor unit, however they are cut into
 * batches.
 */
export function aggregateBatch(receipts: readonly StoreReceipt[]): BatchContent {
  const lines = new Map<string, PostedLine>();
  const charges = new Map<string, PostSales['charges'][number]>();
  for (const receipt of receipts) {
    const { register, kind } = receipt;
    for (const { sku, quantity, unitPriceMinor } of receipt.lines) {
      const key = JSON.stringify([register, kind, sku, unitPriceMinor]);
      const before = lines.get(key)?.quantity ?? '0';
      const sum = scaled(before) + (kind === 'SALE' ? scaled(quantity) : -scaled(quantity));
      lines.set(key, { register, sku, quantity: scaledText(sum, PLACES), unitPriceMinor });
    }
    for (const { kind: of, amountMinor } of receipt.charges) {
      const key = JSON.stringify([register, of]);
      const before = charges.get(key)?.amountMinor ?? 0;
      charges.set(key, { register, kind: of, amountMinor: before + (kind === 'SALE' ? amountMinor : 0 - amountMinor) });
    }
  }
  return {
    registers: registerSales(receipts),
    lines: [...lines.values()].sort(byKey(({ register, sku }) => `${register}|${sku}`)),
    charges: [...charges.values()].filter(({ amountMinor }) => amountMinor !== 0),
  };
}

/** What each register sold, in the order of their names. */
export function registerSales(receipts: readonly StoreReceipt[]): readonly RegisterSales[] & RegisterSales[] {
  const byRegister = Map.groupBy(receipts, ({ register }) => register);
  return [...byRegister]
    .map(([register, some]) => ({
      register,
      sales: some.filter(({ kind }) => kind === 'SALE').length,
      returns: some.filter(({ kind }) => kind === 'RETURN').length,
      units: scaledText(
        some.reduce((sum, receipt) => sum + unitsOf(receipt), 0n),
        PLACES,
      ),
      totalMinor: some.reduce((sum, receipt) => sum + totalOfReceipt(receipt), 0),
    }))
    .sort(byKey(({ register }) => register));
}

/** As many of the receipts, from the first on, as make no more lines than that; at least one. */
export function firstThatFit(receipts: readonly StoreReceipt[], linesMax: number): readonly StoreReceipt[] {
  const keys = new Set<string>();
  const tooMany = receipts.findIndex(({ register, kind, lines }, index) => {
    for (const { sku, unitPriceMinor } of lines) keys.add(JSON.stringify([register, kind, sku, unitPriceMinor]));
    return index > 0 && keys.size > linesMax;
  });
  return tooMany < 0 ? receipts : receipts.slice(0, tooMany);
}

function unitsOf({ kind, lines }: StoreReceipt): bigint {
  const units = lines.reduce((sum, { quantity }) => sum + scaled(quantity), 0n);
  return kind === 'SALE' ? units : -units;
}

function scaled(quantity: string): bigint {
  return scaledInteger(quantity, PLACES, 'quantity');
}

function byKey<T>(keyOf: (each: T) => string): (left: T, right: T) => number {
  return (left, right) => (keyOf(left) < keyOf(right) ? -1 : keyOf(left) > keyOf(right) ? 1 : 0);
}
