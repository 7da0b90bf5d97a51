import { parsePositiveInUnit } from '../../../kernel/model/convert-quantity.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import type { KnownSku } from './registry.ts';

export interface MeasuredLine {
  readonly sku: string;
  readonly quantity: string;
  /** Absent: the base unit. */
  readonly unit?: string;
}

/** The first SKU of a line in a unit that is not known of it, or that is no whole number of its steps. */
export function unreadableSku(
  lines: readonly MeasuredLine[],
  known: ReadonlyMap<string, KnownSku>,
): string | undefined {
  return lines.find((line) => line.unit !== undefined && !isReadable(line, known.get(line.sku)))?.sku;
}

function isReadable(line: MeasuredLine, sku: KnownSku | undefined): boolean {
  if (!sku) return false;
  try {
    return parsePositiveInUnit(line, sku) > 0;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
