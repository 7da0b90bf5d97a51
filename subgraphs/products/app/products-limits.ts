/** Every bound of the products context. */
export interface ProductsLimits {
  /** Up to this age an item of the ERP is answered from the cache without asking. */
  readonly erpFreshMs: number;
  /** Up to this age it is answered while the ERP is asked in the background; beyond it the caller waits. */
  readonly erpStaleMs: number;
  /** Items of the ERP in memory; at about 1 KiB each. */
  readonly erpEntriesMax: number;
  /** Items that are refreshed in the background at a time. */
  readonly erpRefreshKeysMax: number;
  /** How long the ERP is left alone after it has failed. */
  readonly erpRetryAfterMs: number;
  /** Pages of one listing of the ERP's items. */
  readonly listingPagesMax: number;
  /** Attempts per page before the listing rests. */
  readonly listingAttemptsMax: number;
  readonly listingRetryMinMs: number;
  readonly listingRetryMaxMs: number;
  /** How long a listing that failed rests before it goes on where it stopped. */
  readonly listingRestMs: number;
  /** From the end of a listing to the next one, which finds what no message told. */
  readonly listingIntervalMs: number;
  /** Items registered at the same time. */
  readonly registrationsMax: number;
  /** Times that a document is tried again when somebody else has saved it meanwhile. */
  readonly saveAttemptsMax: number;
  /** Keys of facts handled at the same time. */
  readonly factsConcurrencyMax: number;
  /** Deliveries of a fact before it goes to the dead letters. */
  readonly factDeliveriesMax: number;
  readonly factBackoffMinMs: number;
  readonly factBackoffMaxMs: number;
  /** How often prices that begin to apply are looked for at the latest. */
  readonly priceLookMs: number;
  /** Prices that are told at a time. */
  readonly pricesPerLookMax: number;
}

export const PRODUCTS_LIMITS: ProductsLimits = {
  erpFreshMs: 60_000,
  erpStaleMs: 3_600_000,
  erpEntriesMax: 100_000,
  erpRefreshKeysMax: 1_000,
  erpRetryAfterMs: 2_000,
  listingPagesMax: 100_000,
  listingAttemptsMax: 8,
  listingRetryMinMs: 500,
  listingRetryMaxMs: 30_000,
  listingRestMs: 60_000,
  listingIntervalMs: 86_400_000,
  registrationsMax: 64,
  saveAttemptsMax: 8,
  factsConcurrencyMax: 64,
  factDeliveriesMax: 10,
  factBackoffMinMs: 100,
  factBackoffMaxMs: 30_000,
  priceLookMs: 60_000,
  pricesPerLookMax: 200,
};

/** Variants shown of one product; the SDL states it. */
export const VARIANTS_MAX = 200;
/** SKUs of one query; the SDL states it. */
export const SKUS_PER_QUERY_MAX = 200;
