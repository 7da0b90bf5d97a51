import type { OrderEdit } from '../domain/changes/order-edit.ts';
import type { Order } from '../domain/order.ts';
import type { MachineStep } from './machine-step.ts';

/** More of a line, less of it, another line, another price. */
export function editOf({ lines }: Order, { line: at, quantity, isYes }: MachineStep): OrderEdit {
  const line = lines[at]?.id ?? '';
  const about = { reason: 'any', by: 'any', authority: 'any' };
  switch (quantity) {
    case 1:
      return { ...about, addedUnits: [{ line, quantity: isYes ? 2 : 1 }] };
    case 2:
      return { ...about, takenUnits: [{ line, quantity: isYes ? 2 : 1 }] };
    case 3:
      return { ...about, newLines: [{ sku: 'CUP', decimals: 0, ordered: 1, unitPriceMinor: 130 }] };
    default: {
      const shipping = { description: 'Carriage', amountMinor: 50 };
      return { ...about, prices: [{ line, unitPriceMinor: isYes ? 90 : 140 }], ...(isYes && { shipping }) };
    }
  }
}

export function substitutionOf({ lines }: Order, { line: at, location, quantity, isYes }: MachineStep): OrderEdit {
  const line = lines[at]?.id ?? '';
  const rules = ['LOWER_OF', 'SAME', 'SUBSTITUTE_PRICE'] as const;
  const by = { sku: 'CUP', decimals: 0, ordered: quantity, unitPriceMinor: 130 } as const;
  const priceRule = rules[quantity % rules.length] ?? 'SAME';
  const place = isYes ? { location, isMissing: quantity > 2 } : {};
  return { reason: 'any', by: 'any', substitution: { line, quantity, by, priceRule, ...place } };
}
