import type { Deed } from './mapping-set.ts';
import type { Tolerance } from './compare-balances.ts';

/** WAITING: asked for. FAILED: some of it could not be compared; the rest was. */
export type RunStatus = 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';

/** Positions by what came of their comparison; those that both sides leave out or hold at zero are none. */
export interface ReconciliationCounts {
  readonly matched: number;
  readonly tolerated: number;
  readonly mismatched: number;
  readonly missingInLedger: number;
  readonly missingInSystem: number;
  /** The ledger does not remember what moved there since that instant. */
  readonly notComparable: number;
}

/** COST: what the system says a unit has cost. PRICE: what the hub sells it for. */
export type ValueBasis = 'COST' | 'PRICE';

/** What the differences are worth by one measure in one currency. Both are zero or more. */
export interface VarianceValue {
  readonly basis: ValueBasis;
  readonly currencyCode: string;
  readonly moreMinor: number;
  readonly lessMinor: number;
}

/** How far the system is from the ledger altogether. Decimal strings of zero or more, over SKUs of whatever units. */
export interface ReconciliationVariance {
  /** What it tells beyond what the ledger held. */
  readonly more: string;
  /** What the ledger held beyond what it tells. */
  readonly less: string;
  readonly values: readonly VarianceValue[];
  /** Differences that nobody knows the value of. */
  readonly unvalued: number;
}

/** A comparison of the book of one system with the ledger. JSON data. */
export interface ReconciliationRun {
  readonly id: string;
  readonly system: string;
  readonly status: RunStatus;
  /** Empty: all that the system tells of. */
  readonly locations: readonly string[];
  readonly tolerance: Tolerance;
  /** Who asked for it and why; null for one that was due. */
  readonly asked: Deed | null;
  readonly requestedAtMs: number;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  /** Times that it was begun; a process that ends in the middle has it begun anew. */
  readonly attempts: number;
  readonly figure: 'SELLABLE' | 'ON_HAND' | null;
  readonly locationsCompared: number;
  readonly locationsFailed: number;
  readonly counts: ReconciliationCounts;
  readonly variance: ReconciliationVariance;
  /** Exceptions that it has opened or confirmed, and those that it has closed. */
  readonly raised: number;
  readonly cleared: number;
  /** There were more differences than exceptions are raised for. */
  readonly isCutOff: boolean;
  readonly failure: string | null;
}

/** A difference as it was found. JSON data. */
export interface ReconciliationItem {
  readonly sku: string;
  readonly told: string;
  readonly recorded: string;
  /** Told less recorded. */
  readonly difference: string;
  readonly value: { readonly basis: ValueBasis; readonly currencyCode: string; readonly amountMinor: number } | null;
  /** The exception that was raised for it; null beyond the bound of a run. */
  readonly exception: string | null;
}

/** What a run found at one location. JSON data. */
export interface ReconciledLocation {
  /** `<run>|<location>` */
  readonly id: string;
  readonly run: string;
  readonly location: string;
  /** The instant of the first look; differences were looked at again later. */
  readonly asOfMs: number | null;
  readonly counts: ReconciliationCounts;
  readonly variance: ReconciliationVariance;
  /** The first of them. */
  readonly items: readonly ReconciliationItem[];
  readonly failure: string | null;
}

export const NO_COUNTS: ReconciliationCounts = {
  matched: 0,
  tolerated: 0,
  mismatched: 0,
  missingInLedger: 0,
  missingInSystem: 0,
  notComparable: 0,
};

export const NO_VARIANCE: ReconciliationVariance = { more: '0', less: '0', values: [], unvalued: 0 };

/** Undefined while it is under way or waits. */
export function isOver({ status }: ReconciliationRun): boolean {
  return status === 'DONE' || status === 'FAILED';
}
