import type { DemoCatalogue, DemoItem, DemoLocation } from './demo-catalogue.ts';
import type { ErpSeed } from './erp/erp-seed.ts';
import type { Listing } from './marketplace-amazon/listing-book.ts';
import type { TaxRates } from './tax/tax-rates.ts';
import type { TillItem, TillLocation } from './runtime/till.ts';
import type { Quantity } from './wms/warehouse.ts';
import type { WarehouseItem } from './wms/warehouse-stock.ts';

/** Units as the ERP spells them: a company's own codes, translated by `unitsOfMeasure`. */
const ERP_UNITS = { EA: 'PCS', KGM: 'KG' } as const;
const PRICES_FROM = '2025-01-01';
/** What is weighed comes from its suppliers in cases. */
const CASE_KG = '12.5';

/** The G/L accounts of returns, as the ERP numbers them. */
export const ERP_ACCOUNTS = [
  { number: '2110', displayName: 'Inventory' },
  { number: '2340', displayName: 'Clearing' },
  { number: '5410', displayName: 'Customer balances' },
  { number: '5420', displayName: 'Gift cards' },
  { number: '5610', displayName: 'Tax payable' },
  { number: '6120', displayName: 'Returns' },
  { number: '6130', displayName: 'Carriage' },
  { number: '6140', displayName: 'Fees of returns' },
  { number: '7110', displayName: 'Cost of goods sold' },
  { number: '7170', displayName: 'Loss on returns' },
] as const;

export function erpSeed(catalogue: DemoCatalogue): ErpSeed {
  return {
    unitsOfMeasure: [
      { code: 'PCS', displayName: 'Piece', internationalStandardCode: 'EA' },
      { code: 'KG', displayName: 'Kilogram', internationalStandardCode: 'KGM' },
      { code: 'CASE', displayName: 'Case', internationalStandardCode: 'CS' },
    ],
    itemUnits: catalogue.items
      .filter(({ unit }) => unit === 'KGM')
      .map(({ sku }) => ({ itemNumber: sku, code: 'CASE', qtyPerUnitOfMeasure: CASE_KG })),
    locations: catalogue.locations.map((location) => ({
      code: location.code,
      displayName: location.displayName,
      locationType: location.type,
      timeZone: location.timeZone,
      addressLine1: location.addressLine1,
      city: location.city,
      postalCode: location.postalCode,
      country: location.country,
    })),
    items: catalogue.items.map((item) => ({
      number: item.sku,
      displayName: item.variantName === '' ? item.productName : `${item.productName}, ${item.variantName}`,
      productNumber: item.productNumber,
      productName: item.productName,
      attributes: item.attributes,
      baseUnitOfMeasureCode: ERP_UNITS[item.unit],
      quantityStep: item.step,
      gtin: item.gtin,
      itemCategoryCode: item.categoryCode,
      unitPriceMinor: item.pricesMinor.GBP,
      taxGroupCode: item.taxRatePercent === 0 ? 'ZERO' : 'STANDARD',
    })),
    prices: catalogue.items.flatMap(({ sku, pricesMinor }) =>
      (['GBP', 'EUR'] as const).map((currencyCode) => ({
        itemNumber: sku,
        priceListCode: `RETAIL-${currencyCode}`,
        currencyCode,
        unitPriceMinor: pricesMinor[currencyCode],
        startingDate: PRICES_FROM,
      })),
    ),
    customers: catalogue.customers,
    accounts: ERP_ACCOUNTS,
  };
}

export function wmsSeed(catalogue: DemoCatalogue): {
  readonly warehouses: readonly string[];
  readonly items: readonly WarehouseItem[];
  readonly openingStock: readonly Quantity[];
} {
  const warehouses = catalogue.locations.filter(({ system }) => system === 'WMS').map(({ code }) => code);
  return {
    warehouses,
    items: catalogue.items.map(({ sku, productName, gtin, step }) => ({ sku, name: productName, gtin, step })),
    openingStock: catalogue.openingStock
      .filter(({ locationCode }) => warehouses.includes(locationCode))
      .map(({ locationCode, sku, quantity }) => ({ warehouse: locationCode, sku, quantity })),
  };
}

/** Prices include tax; what is eaten bears none. */
export function taxSeed(catalogue: DemoCatalogue): {
  readonly rates: TaxRates;
  readonly classes: Readonly<Record<string, string>>;
} {
  const untaxed = catalogue.items.filter(({ taxRatePercent }) => taxRatePercent === 0);
  return {
    rates: {
      GB: { STANDARD: [{ jurisdiction: 'GB', ratePercent: '20' }], ZERO: [] },
      IE: { STANDARD: [{ jurisdiction: 'IE', ratePercent: '23' }], ZERO: [] },
    },
    classes: Object.fromEntries(untaxed.map(({ sku }) => [sku, 'ZERO'])),
  };
}

/** What a marketplace offers: whole pieces, at the prices of its currency. */
export function marketplaceSeed(
  catalogue: DemoCatalogue,
  currency: 'GBP' | 'EUR',
): readonly Omit<Listing, 'quantity'>[] {
  return catalogue.items
    .filter(({ unit }) => unit === 'EA')
    .map(({ sku, gtin, productName, pricesMinor }) => ({
      sku,
      asin: `B0${gtin.slice(-8)}`,
      title: productName,
      priceMinor: pricesMinor[currency],
    }));
}

/** What a POS estate is started with: its own stores, all items, its stores' stock. */
export function posSeed(
  catalogue: DemoCatalogue,
  system: 'SQUARE' | 'LIGHTSPEED',
): {
  readonly locations: readonly TillLocation[];
  readonly items: readonly TillItem[];
  readonly openingStock: DemoCatalogue['openingStock'];
} {
  const locations = catalogue.locations.filter((location) => location.system === system);
  const codes = new Set(locations.map(({ code }) => code));
  return {
    locations: locations.map(tillLocation),
    items: catalogue.items.map(tillItem),
    openingStock: catalogue.openingStock.filter(({ locationCode }) => codes.has(locationCode)),
  };
}

function tillLocation(location: DemoLocation): TillLocation {
  const { code, displayName, currency, timeZone, city, postalCode, country } = location;
  return { code, displayName, currency, timeZone, city, postalCode, country };
}

function tillItem(item: DemoItem): TillItem {
  const { sku, productNumber, productName, variantName, gtin, unit, step, pricesMinor, taxRatePercent } = item;
  return { sku, productNumber, productName, variantName, gtin, unit, step, pricesMinor, taxRatePercent };
}
