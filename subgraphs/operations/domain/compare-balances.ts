/** One SKU at one location, as the system told it and as the ledger held it. Decimal strings in base units. */
export interface BalancePair {
  readonly told: string;
  readonly recorded: string;
}

/** How far two books may be apart without anybody being told. Nothing of it: every difference counts. */
export interface Tolerance {
  /** In base units, a decimal string. */
  readonly quantity: string;
  /** Of what the ledger held. */
  readonly percent: number;
  /** What the difference is worth, in minor units of whatever currency; where no value is known it does not help. */
  readonly valueMinor: number;
}

export const NO_TOLERANCE: Tolerance = { quantity: '0', percent: 0, valueMinor: 0 };

export type PairOutcome =
  | 'MATCHED'
  /** They differ, and no more than they may. */
  | 'TOLERATED'
  | 'MISMATCHED'
  /** The ledger held none. */
  | 'MISSING_IN_LEDGER'
  /** The system told none. */
  | 'MISSING_IN_SYSTEM';

/** The finest step is a ten thousandth; as integers such quantities are exact up to nine hundred thousand million units. */
const PARTS = 10_000;

/** What the system told beyond what the ledger held, in ten thousandths of a base unit. */
export function partsOver({ told, recorded }: BalancePair): number {
  return partsOf(told) - partsOf(recorded);
}

/** @param valueMinor what the difference is worth, its sign aside; undefined when nobody knows */
export function outcomeOf(pair: BalancePair, tolerance: Tolerance, valueMinor?: number): PairOutcome {
  if (pair.told === pair.recorded) return 'MATCHED';
  const over = Math.abs(partsOver(pair));
  if (over === 0) return 'MATCHED';
  if (isTolerated(over, pair, { tolerance, valueMinor })) return 'TOLERATED';
  if (partsOf(pair.recorded) === 0) return 'MISSING_IN_LEDGER';
  return partsOf(pair.told) === 0 ? 'MISSING_IN_SYSTEM' : 'MISMATCHED';
}

/** Whether it is worth a second look. */
export function isDifferent(outcome: PairOutcome): boolean {
  return outcome !== 'MATCHED' && outcome !== 'TOLERATED';
}

function isTolerated(
  over: number,
  { recorded }: BalancePair,
  { tolerance, valueMinor }: { readonly tolerance: Tolerance; readonly valueMinor: number | undefined },
): boolean {
  if (over <= partsOf(tolerance.quantity)) return true;
  if (over * 100 <= tolerance.percent * Math.abs(partsOf(recorded))) return true;
  return tolerance.valueMinor > 0 && valueMinor !== undefined && valueMinor <= tolerance.valueMinor;
}

/** What so many parts are worth, rounded; signed as they are. */
export function worthOf(parts: number, unitMinor: number): number {
  return Math.round((parts / PARTS) * unitMinor);
}

/** Both exact. */
export function sumOfQuantities(one: string, other: string): string {
  return textOfParts(partsOf(one) + partsOf(other));
}

/** A decimal string of the exact quantity. */
export function textOfParts(parts: number): string {
  const size = Math.abs(parts);
  const fraction = String(size % PARTS)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return `${parts < 0 ? '-' : ''}${Math.floor(size / PARTS)}${fraction && `.${fraction}`}`;
}

function partsOf(quantity: string): number {
  return Math.round(Number(quantity) * PARTS);
}
