import type { Money } from '../../kernel/model/money.ts';

/** How much of a SKU a system says lies at a location. */
export interface Balance {
  /** As the hub writes it. */
  readonly sku: string;
  /** A decimal string in base units. */
  readonly quantity: string;
  /** What one base unit has cost, rounded to minor units; absent where the system does not keep that. */
  readonly unitCost?: Money;
}

export interface BalancePage {
  /** The figures are those of this instant, epoch milliseconds. */
  readonly asOfMs: number;
  readonly balances: readonly Balance[];
  /** What the next page is asked for with; absent: there is none. */
  readonly next?: string;
}

/**
 * A system that can be asked how much lies where, so that its book and the ledger can be compared. Calls are bounded as
 * those of every port.
 */
export interface BalanceSource {
  /** The hub's ids of the locations that it tells of. */
  readonly locations: readonly string[];
  /** What of the ledger its figures are to be held against: what may be sold, or all that is there. */
  readonly figure: 'SELLABLE' | 'ON_HAND';
  /** One page of what lies at one of the locations. Rows of one SKU add up; what is not told is not there. */
  list(location: string, after: string | undefined): Promise<BalancePage>;
  /** Of these SKUs alone, at most 500; those that are unknown or not there may be absent. */
  lookUp(location: string, skus: readonly string[]): Promise<BalancePage>;
}
