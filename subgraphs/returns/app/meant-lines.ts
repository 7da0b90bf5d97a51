import { Refusal } from '../../../kernel/model/errors.ts';
import { parsePositiveQuantity } from '../../../kernel/model/quantity.ts';
import type { ReturnState } from '../domain/return-state.ts';
import type { MeantUnits } from '../domain/split-line.ts';
import { RETURN_LINES_MAX } from './returns-limits.ts';

interface NamedUnits {
  readonly line: string;
  /** A decimal; absent: all of the line. */
  readonly quantity?: string | undefined;
}

/**
 * The units that are named, in steps of their lines. Lines that are unknown are left to the decision.
 * @throws {Refusal} INVALID_QUANTITY; LIMIT_EXCEEDED when the return would have too many lines
 */
export function meantLines<Named extends NamedUnits>(
  { lines }: ReturnState,
  named: readonly Named[],
): readonly (Omit<Named, 'quantity'> & MeantUnits)[] {
  const parted = named.filter(({ quantity }) => quantity !== undefined);
  if (lines.length + parted.length > RETURN_LINES_MAX && parted.length > 0) {
    throw new Refusal('LIMIT_EXCEEDED', 'The return has too many lines.', { linesMax: RETURN_LINES_MAX });
  }
  return named.map(({ quantity, ...rest }) => {
    const decimals = lines.find(({ id }) => id === rest.line)?.decimals;
    if (quantity === undefined || decimals === undefined) return rest;
    return { ...rest, steps: parsePositiveQuantity(quantity, decimals) };
  });
}
