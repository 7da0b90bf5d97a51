/** Physical buckets of a position, in the order of their columns. */
export const BUCKETS = ['SELLABLE', 'QC_HOLD', 'RETURN_PENDING', 'DAMAGED', 'QUARANTINE', 'SUSPECT'] as const;

/** Claims on SELLABLE, in the order of their columns, which follow the buckets. `picked` is a part of `allocated`. */
const CLAIMS = ['softReserved', 'allocated', 'picked'] as const;

/** Where movements begin and end that the hub has no shelf for. They have a balance per SKU and no buckets. */
export const VIRTUAL_LOCATIONS = ['CUSTOMER', 'SUPPLIER', 'SHRINK', 'TRANSIT'] as const;

export type Bucket = (typeof BUCKETS)[number];
export type Claim = (typeof CLAIMS)[number];
export type VirtualLocation = (typeof VIRTUAL_LOCATIONS)[number];

/** Column of each figure in a row of the position table. */
export const COLUMN = {
  SELLABLE: 0,
  QC_HOLD: 1,
  RETURN_PENDING: 2,
  DAMAGED: 3,
  QUARANTINE: 4,
  SUSPECT: 5,
  softReserved: 6,
  allocated: 7,
  picked: 8,
} as const satisfies Record<Bucket | Claim, number>;

export const COLUMNS = BUCKETS.length + CLAIMS.length;

/** No row, no slot, no location. */
export const NONE = -1;

export function isVirtualLocation(location: string): location is VirtualLocation {
  return (VIRTUAL_LOCATIONS as readonly string[]).includes(location);
}
