import { skuId } from '../../../kernel/model/codes.ts';
import type { KitComponent, UnitConversion } from '../../../schema/events/fields.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { decimalText, scaledInteger } from '../../runtime/exact-decimal.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import type { BusinessCentralMapping } from './business-central-mapping.ts';
import type { BomRow, ItemRow, ItemUnitRow } from './business-central-rows.ts';

/** Decimals of quantities in the ERP. Source: its fields of type Decimal have at most five. */
const PLACES = 5;
const ONE = 10n ** BigInt(PLACES);

/**
 * The other units of an item as exact fractions of its base unit, by their codes.
 * @throws {Unreadable} for a unit that is not mapped, is nothing, or is told twice
 */
export function conversionsOf(
  { baseUnitOfMeasureCode: base }: Pick<ItemRow, 'baseUnitOfMeasureCode'>,
  rows: readonly ItemUnitRow[],
  { units }: Pick<BusinessCentralMapping, 'units'>,
): UnitConversion[] {
  const conversions = rows
    .filter(({ code }) => code !== base)
    .map(({ code, qtyPerUnitOfMeasure }) => {
      const unit = mapped(units, code, 'unit of measure');
      return { unit, ...fractionOf(scaledInteger(qtyPerUnitOfMeasure, PLACES, `quantity per ${code}`), code) };
    })
    .sort((a, b) => (a.unit < b.unit ? -1 : 1));
  const twice = conversions.find(({ unit }, index) => conversions[index + 1]?.unit === unit);
  if (twice) throw new Unreadable(`Two units of measure of the item mean ${twice.unit}.`);
  return conversions;
}

/**
 * What a kit is put together from, in the base units of its components. What is no goods, such as the work of putting it
 * together, is left out.
 * @throws {Unreadable} for a unit that the component does not have
 */
export function componentsOf(bom: readonly BomRow[], units: readonly ItemUnitRow[]): KitComponent[] {
  const sums = new Map<string, bigint>();
  for (const { type, number, unitOfMeasureCode: code, quantityPer } of bom) {
    if (type !== 'Item') continue;
    const unit = units.find((row) => row.itemNumber === number && row.code === code);
    if (!unit) throw new Unreadable(`The BOM counts ${number} in "${code}", which is no unit of it.`);
    const each = scaledInteger(unit.qtyPerUnitOfMeasure, PLACES, `quantity per ${code}`);
    const sum = (sums.get(number) ?? 0n) + scaledInteger(quantityPer, PLACES, `quantity of ${number}`) * each;
    sums.set(number, sum);
  }
  return [...sums].map(([number, scaled]) => {
    return { sku: skuId(number), quantity: decimalText(textOfScaled(scaled), `quantity of ${number}`) };
  });
}

function fractionOf(scaled: bigint, code: string): Pick<UnitConversion, 'numerator' | 'denominator'> {
  if (scaled <= 0n) throw new Unreadable(`The unit of measure ${code} is not more than nothing.`);
  const divisor = greatestCommonDivisor(scaled, ONE);
  return { numerator: Number(scaled / divisor), denominator: Number(ONE / divisor) };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

/** Ten-thousand-millionths as decimal text. */
function textOfScaled(scaled: bigint): string {
  const digits = String(scaled).padStart(2 * PLACES + 1, '0');
  return `${digits.slice(0, -2 * PLACES)}.${digits.slice(-2 * PLACES)}`;
}
