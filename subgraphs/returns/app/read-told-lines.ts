import { parsePositiveInUnit } from '../../../kernel/model/convert-quantity.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import { knownSkusOf } from './known-codes.ts';
import type { ReturnsParts } from './returns-parts.ts';

interface ToldLine {
  readonly sku: string;
  readonly quantity: string;
  /** Absent: the base unit. */
  readonly unit?: string;
}

interface Counted {
  readonly steps: Steps;
  readonly decimals: StepDecimals;
}

/**
 * The lines of a fact with their quantities in steps.
 * @throws {Refusal} UNKNOWN_SKU when it is not registered; INVALID_QUANTITY with `sku` and `unit` when it is not known by
 *   that unit, which may be told later
 */
export async function readToldLines<Line extends ToldLine>(
  parts: ReturnsParts,
  lines: readonly Line[],
): Promise<readonly (Line & Counted)[]> {
  const known = await knownSkusOf(parts, [...new Set(lines.map((line) => line.sku))]);
  return lines.map((line) => {
    const measured = known.get(line.sku) ?? { decimals: 0 };
    return { ...line, steps: stepsOf(line, measured), decimals: measured.decimals };
  });
}

function stepsOf(line: ToldLine, measured: Parameters<typeof parsePositiveInUnit>[1]): Steps {
  try {
    return parsePositiveInUnit(line, measured);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, error.message, { ...error.details, sku: line.sku });
  }
}
