import type { Booking } from '../../../../schema/commands/journals.ts';
import type { Disposition } from '../../../../schema/events/fields.ts';
import { mergeBookings, reverseBookings } from './bookings.ts';
import { restock, unsaleable } from './journal-templates.ts';
import type { GoodsMoved, MovedLine, PostingState } from './posting-state.ts';
import { scaledQuantity, valueOf } from './scaled-quantity.ts';

/** What becomes of the value of goods: theirs again, lost, or as it was when they were sold. */
const VALUATION: Readonly<Record<Disposition, 'STOCK' | 'LOSS' | 'SOLD'>> = {
  RESTOCK: 'STOCK',
  REFURBISH: 'STOCK',
  // It is the retailer's until it leaves for the vendor.
  RETURN_TO_VENDOR: 'STOCK',
  DAMAGED: 'LOSS',
  LIQUIDATE: 'LOSS',
  DONATE: 'LOSS',
  DESTROY: 'LOSS',
  MISSING: 'LOSS',
  KEEP_IT: 'SOLD',
};

/** Every SKU whose cost the goods of a return need. */
export function valuedSkus({ goods, isOfTill }: Pick<PostingState, 'goods' | 'isOfTill'>): readonly string[] {
  const valued = goods.flatMap(({ lines }) => lines).filter((line) => isValued(line, isOfTill));
  return [...new Set(valued.map(({ sku }) => sku))].sort();
}

/**
 * What the books have to say of the goods of a return in all: each disposition as it was told, a revised one taken back
 * before. Goods that a till took in are in stock by the sales of its day already.
 */
export function bookingsOfGoods(
  goods: readonly GoodsMoved[],
  { isOfTill, costOf }: { readonly isOfTill: boolean; readonly costOf: (sku: string) => number },
): readonly Booking[] {
  return mergeBookings(
    ...goods.flatMap(({ lines }) =>
      lines.map((line) => {
        const value = valueOf(scaledQuantity(line.quantity), costOf(line.sku));
        const { disposition, revises, location } = line;
        const now = bookingsOf(disposition, value, location);
        const before = revises ? bookingsOf(revises, value, location) : isOfTill ? restock(value, location) : [];
        return mergeBookings(now, reverseBookings(before));
      }),
    ),
  );
}

function bookingsOf(disposition: Disposition, value: number, location: string): readonly Booking[] {
  switch (VALUATION[disposition]) {
    case 'STOCK':
      return restock(value, location);
    case 'LOSS':
      return unsaleable(value, disposition);
    case 'SOLD':
      return [];
  }
}

function isValued({ disposition, revises }: MovedLine, isOfTill: boolean): boolean {
  return isOfTill || VALUATION[disposition] !== 'SOLD' || (revises !== undefined && VALUATION[revises] !== 'SOLD');
}
