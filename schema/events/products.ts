import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Code, DatedPrice, KitComponent, oneOf, Text, UnitConversion } from './fields.ts';

export const skuRegistered = defineEvent({
  context: 'products',
  type: 'sku-registered',
  version: 1,
  meaning: 'This SKU may be stocked and sold; said again when one of these properties changes.',
  data: closed({
    sku: Code,
    baseUnit: Text,
    step: oneOf('1', '0.1', '0.01', '0.001', '0.0001'),
    tracking: oneOf('NONE', 'LOT', 'SERIAL'),
    categories: Type.Array(Text, { maxItems: 20 }),
    components: Type.Optional(Type.Array(KitComponent, { minItems: 1, maxItems: 50 })),
    conversions: Type.Optional(Type.Array(UnitConversion, { maxItems: 20 })),
  }),
});

export const priceChanged = defineEvent({
  context: 'products',
  type: 'price-changed',
  version: 1,
  meaning: 'A SKU has another price from this instant on.',
  data: closed({ sku: Code, ...DatedPrice.properties }),
});

export const skuChanged = defineEvent({
  context: 'products',
  type: 'sku-changed',
  version: 1,
  meaning:
    'A SKU is now described and priced so. Published with every save that changes it; the change log of products.',
  data: closed({
    sku: Code,
    product: Code,
    title: Text,
    lifecycle: oneOf('ACTIVE', 'PHASING_OUT', 'DISCONTINUED'),
    categories: Type.Array(Text, { maxItems: 20 }),
    /** Those that it has left with this change, so that who watches them hears of it. */
    formerCategories: Type.Optional(Type.Array(Text, { maxItems: 20 })),
    /** The one that applies now in each currency, and on each list that has one of its own. */
    prices: Type.Array(DatedPrice, { maxItems: 60 }),
  }),
});

export const PRODUCTS_EVENTS = [skuRegistered, priceChanged, skuChanged] as const;

export type SkuRegistered = DataOf<typeof skuRegistered>;
export type SkuChanged = DataOf<typeof skuChanged>;
export type PriceChanged = DataOf<typeof priceChanged>;
