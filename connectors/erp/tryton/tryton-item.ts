import { Type, type Static } from '@sinclair/typebox';
import { skuId } from '../../../kernel/model/codes.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { UnitConversion } from '../../../schema/events/fields.ts';
import { itemRecorded, type ItemRecorded } from '../../../schema/events/inbox.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { minorUnits, scaledInteger, type VendorDecimal } from '../../runtime/exact-decimal.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import type { TrytonErpMapping } from './tryton-erp-mapping.ts';

/** What is read of a product; a name with a dot brings the related record under its first part and a dot. */
export const ITEM_FIELDS = [
  'code',
  'name',
  'active',
  'list_price',
  '_timestamp',
  'template.code',
  'template.name',
  'template._timestamp',
  'default_uom.symbol',
  'default_uom.digits',
  'default_uom.factor',
  'sale_uom.symbol',
  'sale_uom.factor',
  'purchase_uom.symbol',
  'purchase_uom.factor',
  'categories.name',
  'identifiers.type',
  'identifiers.code',
];

const Unit = Type.Object({ symbol: Type.String(), factor: Type.Number() });
const NullableUnit = Type.Union([Unit, Type.Null()]);
const NullableText = Type.Union([Type.String(), Type.Null()]);

/** Of every product, also of one that cannot be put into canonical words. */
export const AnyItem = Type.Object({
  id: Type.Integer(),
  code: NullableText,
  _timestamp: Type.String(),
  'template.': Type.Object({ _timestamp: Type.String() }),
});

const Item = Type.Object({
  code: Type.String({ minLength: 1 }),
  name: Type.String(),
  active: Type.Boolean(),
  list_price: Type.Union([Type.String(), Type.Null()]),
  'template.': Type.Object({ id: Type.Integer(), code: NullableText, name: Type.String() }),
  'default_uom.': Type.Object({ symbol: Type.String(), digits: Type.Integer(), factor: Type.Number() }),
  'sale_uom.': Type.Optional(NullableUnit),
  'purchase_uom.': Type.Optional(NullableUnit),
  'categories.': Type.Optional(Type.Array(Type.Object({ name: Type.String() }))),
  'identifiers.': Type.Optional(Type.Array(Type.Object({ type: NullableText, code: Type.String() }))),
});
type Item = Static<typeof Item>;
export type AnyItem = Static<typeof AnyItem>;

const ALWAYS = '1970-01-01T00:00:00.000Z';
const STEPS: readonly ItemRecorded['step'][] = ['1', '0.1', '0.01', '0.001', '0.0001'];
/** Decimals of a unit's factor; it is kept as a float. */
const FACTOR_PLACES = 6;
const EAN = 'ean';

/**
 * A product in canonical words.
 * @throws {Unreadable} for an unmapped value or an amount that cannot be told exactly
 * @throws {Refusal} BAD_USER_INPUT for what does not fit the canonical schema
 */
export function itemOf(row: unknown, mapping: TrytonErpMapping): ItemRecorded {
  const item = parseAs(Item, row, 'product');
  const { code, name, active, 'template.': template, 'default_uom.': base } = item;
  const gtin = item['identifiers.']?.find(({ type }) => type === EAN)?.code;
  const conversions = conversionsOf(item, mapping);
  const sku = skuId(code);
  const data: ItemRecorded = {
    sku,
    title: name,
    product: { id: skuId(template.code || `TEMPLATE-${template.id}`), title: template.name },
    baseUnit: mapped(mapping.units, base.symbol, 'unit of measure'),
    step: stepOf(base.digits),
    // Whether a lot has to be named is said per kind of move there, and never which of them is a serial number.
    tracking: 'NONE',
    categories: (item['categories.'] ?? []).map((category) => category.name),
    attributes: [],
    ...(gtin !== undefined && { gtin }),
    ...(conversions.length > 0 && { conversions }),
    lifecycle: mapped(mapping.lifecycleByActive, String(active), 'active'),
    prices: pricesOf(item, mapping),
  };
  return parseAs(itemRecorded.data, data, `item ${sku}`);
}

function stepOf(digits: number): ItemRecorded['step'] {
  const step = STEPS[digits];
  if (step === undefined)
    throw new Unreadable(`A unit of measure with ${digits} decimals is finer than the hub counts.`);
  return step;
}

/** Zero means: none. */
function pricesOf({ list_price: price }: Item, { companyCurrency: currencyCode }: TrytonErpMapping) {
  const amountMinor = minorUnits(price ?? '0', currencyCode, 'list price');
  return amountMinor === 0 ? [] : [{ amount: { amountMinor, currencyCode }, effectiveFrom: ALWAYS }];
}

/** The units in which it is sold and bought, where they are not the one in which it is counted. */
function conversionsOf(item: Item, { units }: TrytonErpMapping): UnitConversion[] {
  const base = item['default_uom.'];
  const others = [item['sale_uom.'], item['purchase_uom.']].filter((unit) => unit != null);
  const bySymbol = new Map(others.map((unit) => [unit.symbol, unit]));
  bySymbol.delete(base.symbol);
  const conversions = [...bySymbol.values()].map(({ symbol, factor }) => ({
    unit: mapped(units, symbol, 'unit of measure'),
    ...fraction(factor, base.factor, symbol),
  }));
  return conversions.sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

function fraction(
  of: VendorDecimal,
  by: VendorDecimal,
  symbol: string,
): Pick<UnitConversion, 'numerator' | 'denominator'> {
  const [dividend, divisor] = [of, by].map((factor) => scaledInteger(factor, FACTOR_PLACES, `factor of ${symbol}`));
  if (!dividend || !divisor || dividend < 0n || divisor < 0n) {
    throw new Unreadable(`The unit of measure ${symbol} is not more than nothing.`);
  }
  const common = greatestCommonDivisor(dividend, divisor);
  return { numerator: Number(dividend / common), denominator: Number(divisor / common) };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
