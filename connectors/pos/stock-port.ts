/** COUNT: `quantity` was there at that instant. ADJUSTMENT: it came (positive) or left (negative). */
export interface StockChange {
  readonly kind: 'COUNT' | 'ADJUSTMENT';
  readonly sku: string;
  readonly location: string;
  /** A decimal string in base units. */
  readonly quantity: string;
  /** UTC, ISO 8601. */
  readonly occurredAt: string;
}

export interface StockRecord {
  /** The same key with the same changes changes nothing more. */
  readonly idempotencyKey: string;
  /** 1 to STOCK_CHANGES_MAX, all of which take effect or none. */
  readonly changes: readonly StockChange[];
}

/** What the hub needs from a POS that keeps the stock of its stores. Calls end as those of `Pos` do. */
export interface PosStock {
  /** The name of this system as a source. */
  readonly system: string;
  /**
   * Writes what happened elsewhere into the POS, under the hub's mark, so that it does not come back as news.
   * @throws {Refusal} UPSTREAM_REJECTED for an unknown item, and for what happened too long ago to be taken
   */
  recordStock(record: StockRecord): Promise<void>;
}

export const STOCK_CHANGES_MAX = 100;
