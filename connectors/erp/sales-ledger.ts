import type { PostSales, PostSalesReply, RegisterSales } from '../../schema/commands/sales.ts';

/** A batch as the ERP holds it, added up from its own lines. */
export interface PostedSales {
  /** What the ERP calls it. */
  readonly document: string;
  readonly currency: string;
  readonly sequence: number;
  readonly registers: readonly RegisterSales[];
}

/**
 * Where an ERP takes what stores sold. A batch is posted once, however often it is asked for: where the vendor knows no
 * idempotency keys, it is searched for before it is made, and what a lost answer may have left behind takes no effect.
 * What is posted is never edited. Calls throw as those of the port do.
 */
export interface SalesLedger {
  /**
   * True: the ERP's books want one document for a store and business day, and another for what comes after it. False:
   * micro-batches during the day.
   */
  readonly isOnePerDay: boolean;
  /** Posts it whole, goods included. @throws {Refusal} UPSTREAM_REJECTED what the ERP says no to */
  post(batch: PostSales): Promise<PostSalesReply>;
  /** What is posted in full of a store and business day, in every currency. */
  posted(location: string, businessDay: string): Promise<readonly PostedSales[]>;
}
