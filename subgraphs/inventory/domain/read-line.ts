import { stepsInUnit } from '../../../kernel/model/convert-quantity.ts';
import { isRefusal, refuse, Refusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import { parsePositiveQuantity, parseQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import type { LedgerState } from './ledger-state.ts';
import type { SkuRecord } from './sku-record.ts';

export interface ReadLine {
  readonly sku: number;
  readonly steps: Steps;
}

export type QuantitySign = 'positive' | 'zero-or-more' | 'any';

/** The index and the steps of a line, or why it cannot be read. */
export function readLine(
  state: LedgerState,
  line: { readonly sku: string; readonly quantity: string; readonly unit?: string },
  sign: QuantitySign = 'positive',
): ReadLine | RefusalValue {
  const sku = state.skuIds.find(line.sku);
  const record = sku === undefined ? undefined : state.skus[sku];
  if (sku === undefined || !record)
    return refuse('UNKNOWN_SKU', `No SKU ${line.sku} is registered.`, { sku: line.sku });
  const { quantity, unit } = line;
  const steps = unit === undefined ? readSteps(quantity, record, sign) : readInUnit({ quantity, unit }, record, sign);
  return isRefusal(steps) ? { ...steps, details: { ...steps.details, sku: line.sku } } : { sku, steps };
}

function readInUnit(
  { quantity, unit }: { readonly quantity: string; readonly unit: string },
  record: SkuRecord,
  sign: QuantitySign,
): Steps | RefusalValue {
  const steps = stepsInUnit(quantity, unit, record);
  if (isRefusal(steps) || sign === 'any' || steps > 0 || (steps === 0 && sign === 'zero-or-more')) return steps;
  const least = sign === 'positive' ? 'more than zero' : 'zero or more';
  return refuse('INVALID_QUANTITY', `quantity "${quantity}" must be ${least}.`, { value: quantity, unit });
}

function readSteps(quantity: string, { decimals }: SkuRecord, sign: QuantitySign): Steps | RefusalValue {
  try {
    if (sign === 'positive') return parsePositiveQuantity(quantity, decimals);
    const steps = parseQuantity(quantity, decimals);
    if (sign === 'any' || steps >= 0) return steps;
    return refuse('INVALID_QUANTITY', `quantity "${quantity}" must not be less than zero.`, { value: quantity });
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.code, error.message, error.details);
    throw error;
  }
}
