import type { ItemRecorded, LocationRecorded } from '../../schema/events/inbox.ts';
import type { JournalLedger } from './journal-ledger.ts';
import type { SalesLedger } from './sales-ledger.ts';
import type { SalesOrderBook } from './sales-order-book.ts';

/**
 * What the hub needs from an ERP: master data and prices. Every call is bounded by a timeout and retried within bounds
 * inside; what remains is an Obstacle (UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE) or a Refusal (UPSTREAM_REJECTED).
 */
export interface Erp {
  /** The name of this system as a source, such as `erp-main`. */
  readonly system: string;
  /** Items with their prices by SKU, one batch per call; unknown SKUs are absent. At most ITEMS_PER_LOOK_UP_MAX. */
  lookUpItems(skus: readonly string[]): Promise<ReadonlyMap<string, ItemRecorded>>;
  /** One page of all items, in the order of their codes. */
  listItems(after: string | undefined): Promise<{ readonly items: readonly ItemRecorded[]; readonly next?: string }>;
  listLocations(): Promise<readonly LocationRecorded[]>;
  /** Where it takes what stores sold. Absent: it takes nothing, or is not set up to. */
  readonly sales?: SalesLedger;
  /** Where it keeps orders. Absent: it keeps none, or is not set up to. */
  readonly orders?: SalesOrderBook;
  /** Its books, where it takes what returns come to. Absent: it takes nothing, or is not set up to. */
  readonly journal?: JournalLedger;
}

export const ITEMS_PER_LOOK_UP_MAX = 200;
