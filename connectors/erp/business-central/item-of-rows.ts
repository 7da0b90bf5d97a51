import { skuId } from '../../../kernel/model/codes.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { itemRecorded, type ItemRecorded } from '../../../schema/events/inbox.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { BusinessCentralMapping } from './business-central-mapping.ts';
import { BomRow, ItemRow, ItemUnitRow, PriceRow } from './business-central-rows.ts';
import type { ItemRows } from './item-reader.ts';
import { pricesOf } from './prices-of-rows.ts';
import { componentsOf, conversionsOf } from './units-of-rows.ts';

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
