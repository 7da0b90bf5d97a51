import { NONE } from './bucket.ts';

/** Cells of a row: key, figures, dates, links. Sixteen of 32 bits are one line of the processor's cache. */
export const SKU = 0;
export const LOCATION = 1;
export const ROW = 16;

/** What of a row needs 64 bits. */
export const MOMENTS = 2;

const ROWS_MIN = 64;

/** The arrays of a position table, with room for as many rows as half the slots. */
export interface PositionArrays {
  /** Slots are two to the power of this; a row has a number with one bit less. */
  readonly slotBits: number;
  /** The number of a row plus one and, in the bits above it, a tag of its key. 0 is empty, as memory is at first. */
  readonly slots: Int32Array;
  readonly rows: Int32Array;
  readonly moments: Float64Array;
}

/** Memory that is never touched is never taken from the system. */
export function positionArrays(size: number): PositionArrays {
  const slotBits = Math.ceil(Math.log2(Math.max(ROWS_MIN, size))) + 1;
  const rows = 2 ** (slotBits - 1);
  return {
    slotBits,
    slots: new Int32Array(2 ** slotBits),
    rows: new Int32Array(rows * ROW),
    moments: new Float64Array(rows * MOMENTS),
  };
}

export function roomOf({ slotBits }: PositionArrays): number {
  return 2 ** (slotBits - 1);
}

/** The row of a position, or NONE. */
export function findRow({ slots, rows, slotBits }: PositionArrays, sku: number, location: number): number {
  const mask = slots.length - 1;
  const rowBits = slotBits - 1;
  const key = positionHash(sku, location);
  const tag = key >>> slotBits;
  for (let slot = key & mask; ; slot = (slot + 1) & mask) {
    const entry = slots[slot] as number;
    if (entry === 0) return NONE;
    const numbered = entry - 1;
    if (numbered >>> rowBits !== tag) continue;
    const row = numbered & ((1 << rowBits) - 1);
    if (rows[row * ROW + SKU] === sku && rows[row * ROW + LOCATION] === location) return row;
  }
}

/** Puts a row into the first slot from its place on that is empty. */
export function enterRow({ slots, rows, slotBits }: PositionArrays, row: number): void {
  const mask = slots.length - 1;
  const key = positionHash(rows[row * ROW + SKU] as number, rows[row * ROW + LOCATION] as number);
  let slot = key & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = (((key >>> slotBits) << (slotBits - 1)) | row) + 1;
}

/** Mixes both indexes, which are small and dense, over 32 bits. */
function positionHash(sku: number, location: number): number {
  let mixed = Math.imul(sku, 0x9e3779b1) ^ Math.imul(location, 0x85ebca6b);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x2c1b3c6d) >>> 0;
}
