import { DateTime } from 'luxon';
import { skuId } from '../../../kernel/model/codes.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { itemRecorded, type ItemRecorded } from '../../../schema/events/inbox.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { decimalText, minorUnits } from '../../runtime/exact-decimal.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import type { BusinessCentralMapping } from './business-central-mapping.ts';
import { BomRow, ItemRow, ItemUnitRow, PriceRow } from './business-central-rows.ts';
import type { ItemRows } from './item-reader.ts';
import { componentsOf, conversionsOf } from './units-of-rows.ts';

type Price = ItemRecorded['prices'][number];

const PRICES_MAX = 20;
const ALWAYS = '1970-01-01T00:00:00.000Z';

/**
 * An item and the rows that belong to it in canonical words.
 * @throws {Unreadable} for an unmapped value or an amount that cannot be told exactly
 * @throws {Refusal} BAD_USER_INPUT for what does not fit the canonical schema
 */
export function itemOfRows(rows: ItemRows, mapping: BusinessCentralMapping): ItemRecorded {
  const row = parseAs(ItemRow, rows.item, 'item');
  const prices = rows.prices.map((price) => parseAs(PriceRow, price, 'price'));
  const units = rows.units.map((unit) => parseAs(ItemUnitRow, unit, 'item unit of measure'));
  const bom = rows.bom.map((line) => parseAs(BomRow, line, 'BOM component'));
  const componentUnits = rows.componentUnits.map((unit) => parseAs(ItemUnitRow, unit, 'item unit of measure'));
  const conversions = conversionsOf(row, units, mapping);
  const components = componentsOf(bom, componentUnits);
  const sku = skuId(row.number);
  const gtin = String(row.gtin);
  const data: ItemRecorded = {
    sku,
    title: row.displayName,
    product: { id: skuId(row.productNumber), title: row.productName },
    baseUnit: mapped(mapping.units, row.baseUnitOfMeasureCode, 'unit of measure'),
    step: decimalText(row.quantityStep, 'quantity step') as ItemRecorded['step'],
    tracking: mapped(mapping.tracking, row.itemTrackingCode ?? '', 'item tracking code'),
    categories: row.itemCategoryCode === '' ? [] : [row.itemCategoryCode],
    attributes: row.attributes.map(({ name, value }) => ({ name, value })),
    ...(gtin !== '' && { gtin }),
    ...(conversions.length > 0 && { conversions }),
    ...(components.length > 0 && { components }),
    lifecycle: mapped(mapping.lifecycleByBlocked, String(row.blocked), 'blocked'),
    prices: pricesOf(row, prices, mapping),
  };
  return parseAs(itemRecorded.data, data, `item ${sku}`);
}

/** The rows of the price lists that shoppers pay by. */
function sellingPrices(prices: readonly PriceRow[], mapping: BusinessCentralMapping): readonly PriceRow[] {
  return prices.filter(({ priceListCode }) => mapping.priceLists.includes(priceListCode));
}

/** The item's own price holds where no list says otherwise, so it is the oldest. Zero there means: none. */
function pricesOf(row: ItemRow, prices: readonly PriceRow[], mapping: BusinessCentralMapping): Price[] {
  const ownMinor = minorUnits(row.unitPrice, mapping.companyCurrency, 'unit price');
  const own = { amount: { amountMinor: ownMinor, currencyCode: mapping.companyCurrency }, effectiveFrom: ALWAYS };
  const listed = sellingPrices(prices, mapping).map((price) => ({
    amount: {
      amountMinor: minorUnits(price.unitPrice, price.currencyCode, 'unit price'),
      currencyCode: price.currencyCode,
    },
    effectiveFrom: startOfDay(price.startingDate, mapping.timeZone),
  }));
  return [...(ownMinor === 0 ? [] : [own]), ...listed].sort(newestFirst).slice(0, PRICES_MAX);
}

function newestFirst(left: Price, right: Price): number {
  const [first, second] = [left, right].map(({ amount, effectiveFrom }) => `${effectiveFrom}/${amount.currencyCode}`);
  if (first === second) return left.amount.amountMinor - right.amount.amountMinor;
  return (first ?? '') < (second ?? '') ? 1 : -1;
}

/** A day begins at midnight of the company, not of Greenwich. */
function startOfDay(day: string, timeZone: string): string {
  const start = DateTime.fromISO(day, { zone: timeZone });
  if (!start.isValid) throw new Unreadable(`The day "${day}" in ${timeZone} is not one.`);
  return new Date(start.toMillis()).toISOString();
}
