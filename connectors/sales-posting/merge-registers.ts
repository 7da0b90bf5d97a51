import type { RegisterSales } from '../../schema/commands/sales.ts';
import { scaledInteger, scaledText } from '../runtime/exact-decimal.ts';

const PLACES = 4;

/** The figures of several batches, register by register. */
export function mergeRegisters(figures: readonly RegisterSales[]): readonly RegisterSales[] {
  const merged = new Map<string, RegisterSales>();
  for (const each of figures) {
    const before = merged.get(each.register);
    merged.set(each.register, before ? added(before, each) : each);
  }
  return [...merged.values()];
}

function added(left: RegisterSales, right: RegisterSales): RegisterSales {
  const units = scaledInteger(left.units, PLACES, 'units') + scaledInteger(right.units, PLACES, 'units');
  return {
    register: left.register,
    sales: left.sales + right.sales,
    returns: left.returns + right.returns,
    units: scaledText(units, PLACES),
    totalMinor: left.totalMinor + right.totalMinor,
  };
}
