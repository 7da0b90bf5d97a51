import { decimalText, extendedMinor, minorUnits } from '../../runtime/exact-decimal.ts';
import { CHARGES_TEXT } from './order-reference.ts';
import type { OrderLineRow } from './order-rows.ts';

/** Lines of goods bear the number of their order line; whatever else is in an order comes after them. */
const SEQUENCE_STEP = 10_000;

/** Beyond any line of goods; parcels come after it. */
export const CHARGES_SEQUENCE = 1_000_000_000;

export const sequenceOf = (lineNo: number): number => lineNo * SEQUENCE_STEP;

/** Of a parcel that is to come after all that is there. */
export const nextSequence = (lines: readonly OrderLineRow[]): number =>
  Math.max(CHARGES_SEQUENCE, ...lines.map(({ sequence }) => sequence)) + SEQUENCE_STEP;

export const isGoods = ({ lineType }: OrderLineRow): boolean => lineType === 'Item';

export const quantityOf = ({ quantity }: Pick<OrderLineRow, 'quantity'>): string => decimalText(quantity, 'quantity');

/** What the ERP makes of a line, in minor units. */
export function amountOf(line: OrderLineRow, currency: string): number {
  return extendedMinor(minorUnits(line.unitPrice, currency, 'unit price'), quantityOf(line));
}

/** What of an order's cost is neither goods nor belongs to a parcel: it stands on a line of its own until parcels take it. */
export function restOf(
  lines: readonly OrderLineRow[],
  { totalMinor, currency }: { readonly totalMinor: number; readonly currency: string },
): number {
  const others = lines.filter(({ description }) => description !== CHARGES_TEXT);
  return others.reduce((rest, line) => rest - amountOf(line, currency), totalMinor);
}
