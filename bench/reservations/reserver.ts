/** Something that reserves stock durably. */
export interface Reserver {
  /** Claims one unit of each, all or nothing. @returns false when there is not enough left */
  reserve(skus: readonly string[]): Promise<boolean>;
  /** What may still be reserved, of every SKU. */
  available(): Promise<ReadonlyMap<string, number>>;
}

export const CHANNEL_ID = 'WEB-UK';

/** The one that everybody wants. */
export const HOT_SKU = 'SKU-00000';
/** The one of which there is not enough for everybody. */
export const SCARCE_SKU = 'SCARCE';
export const SCARCE_STOCK = 5_000;

/** At four locations each: 100 thousand positions. */
export const SPREAD_SKU_COUNT = 25_000;
export const SPREAD_SKUS: readonly string[] = Array.from(
  { length: SPREAD_SKU_COUNT },
  (_, index) => `SKU-${String(index).padStart(5, '0')}`,
);

/** More than can be reserved of any other SKU in one run. */
const AMPLE_STOCK = 100_000_000;

/** SKU -> units at the beginning. */
export const OPENING_STOCK: ReadonlyMap<string, number> = new Map([
  ...SPREAD_SKUS.map((sku) => [sku, AMPLE_STOCK] as const),
  [SCARCE_SKU, SCARCE_STOCK],
]);
