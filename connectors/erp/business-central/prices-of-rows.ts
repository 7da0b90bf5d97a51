import { DateTime } from 'luxon';
import type { DatedPrice } from '../../../schema/events/fields.ts';
import { minorUnits } from '../../runtime/exact-decimal.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import type { BusinessCentralMapping } from './business-central-mapping.ts';
import type { ItemRow, PriceRow } from './business-central-rows.ts';

/** Of one item; what is beyond are its oldest. */
const PRICES_MAX = 60;
const ALWAYS = '1970-01-01T00:00:00.000Z';
/** How the product writes a day that nobody has named. */
const NO_DAY = '0001-01-01';

/**
 * What an item is sold for: its own price, which holds where no list says otherwise and so is the oldest (zero there means:
 * none), the lists that everybody pays by, those that are told by name, and markdowns.
 * @throws {Unreadable} for an amount that cannot be told exactly, or a price that ends before it begins
 */
export function pricesOf(row: ItemRow, prices: readonly PriceRow[], mapping: BusinessCentralMapping): DatedPrice[] {
  const { companyCurrency: currencyCode } = mapping;
  const ownMinor = minorUnits(row.unitPrice, currencyCode, 'unit price');
  const own = { amount: { amountMinor: ownMinor, currencyCode }, effectiveFrom: ALWAYS };
  const listed = prices.flatMap((price) => listedPrice(price, mapping) ?? []);
  return [...(ownMinor === 0 ? [] : [own]), ...listed].sort(newestFirst).slice(0, PRICES_MAX);
}

/** Undefined for a list that is nobody's here. */
function listedPrice(price: PriceRow, mapping: BusinessCentralMapping): DatedPrice | undefined {
  const { priceLists, namedPriceLists = [], markdownLists = [], timeZone } = mapping;
  const { priceListCode: list, currencyCode, startingDate, endingDate = '' } = price;
  const isMarkdown = markdownLists.includes(list);
  const isNamed = namedPriceLists.includes(list);
  if (!isMarkdown && !isNamed && !priceLists.includes(list)) return undefined;
  const effectiveFrom = startOfDay(startingDate, timeZone);
  const effectiveUntil = endingDate === '' || endingDate === NO_DAY ? undefined : startOfDayAfter(endingDate, timeZone);
  if (effectiveUntil !== undefined && effectiveUntil <= effectiveFrom) {
    throw new Unreadable(`A price of ${list} ends on ${endingDate} and begins on ${startingDate}.`);
  }
  return {
    amount: { amountMinor: minorUnits(price.unitPrice, currencyCode, 'unit price'), currencyCode },
    effectiveFrom,
    ...(effectiveUntil !== undefined && { effectiveUntil }),
    ...(isMarkdown && { kind: 'MARKDOWN' }),
    ...(isNamed && { priceList: list }),
  };
}

function newestFirst(left: DatedPrice, right: DatedPrice): number {
  const [first = '', second = ''] = [left, right].map((price) =>
    [price.effectiveFrom, price.amount.currencyCode, price.priceList ?? '', price.kind ?? ''].join('/'),
  );
  if (first === second) return left.amount.amountMinor - right.amount.amountMinor;
  return first < second ? 1 : -1;
}

/** A day begins at midnight of the company, not of Greenwich. */
function startOfDay(day: string, timeZone: string): string {
  return instantOf(DateTime.fromISO(day, { zone: timeZone }), { day, timeZone });
}

/** A price applies on its last day as well. */
function startOfDayAfter(day: string, timeZone: string): string {
  return instantOf(DateTime.fromISO(day, { zone: timeZone }).plus({ days: 1 }), { day, timeZone });
}

function instantOf(start: DateTime, { day, timeZone }: { readonly day: string; readonly timeZone: string }): string {
  if (!start.isValid) throw new Unreadable(`The day "${day}" in ${timeZone} is not one.`);
  return new Date(start.toMillis()).toISOString();
}
