import { DEMO_PRODUCTS } from './demo-products.ts';
import type { DemoProduct } from './demo-products.ts';

export interface DemoItem {
  readonly sku: string;
  readonly productNumber: string;
  readonly productName: string;
  /** Values of the options, joined: `Black / M`; empty for a product without variants. */
  readonly variantName: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly categoryCode: string;
  readonly gtin: string;
  readonly unit: 'EA' | 'KGM';
  readonly step: '1' | '0.001';
  readonly taxRatePercent: 0 | 20;
  /** Including tax, by currency. */
  readonly pricesMinor: { readonly GBP: number; readonly EUR: number };
}

export interface DemoLocation {
  readonly code: string;
  readonly displayName: string;
  readonly type: 'STORE' | 'DC';
  /** Which system runs it: the warehouse system or one of the two POS estates. */
  readonly system: 'WMS' | 'SQUARE' | 'LIGHTSPEED';
  readonly currency: 'GBP' | 'EUR';
  readonly timeZone: string;
  readonly addressLine1: string;
  readonly city: string;
  readonly postalCode: string;
  readonly country: string;
}

interface DemoStock {
  readonly locationCode: string;
  readonly sku: string;
  readonly quantity: string;
}

interface DemoCustomer {
  readonly number: string;
  readonly displayName: string;
  readonly email: string;
  readonly addressLine1: string;
  readonly city: string;
  readonly postalCode: string;
  readonly country: string;
  readonly currencyCode: 'GBP' | 'EUR';
}

/** One retailer, told the same way to all four systems. */
export interface DemoCatalogue {
  readonly items: readonly DemoItem[];
  readonly locations: readonly DemoLocation[];
  readonly customers: readonly DemoCustomer[];
  readonly openingStock: readonly DemoStock[];
}

const LOCATIONS: readonly DemoLocation[] = [
  place('DC-NORTH', 'Distribution centre North', 'WMS', ['1 Canal Road', 'Wakefield', 'WF1 5PX']),
  place('STORE-LEEDS', 'Leeds Briggate', 'SQUARE', ['12 Briggate', 'Leeds', 'LS1 6HD']),
  place('STORE-YORK', 'York Coney Street', 'SQUARE', ['40 Coney Street', 'York', 'YO1 9ND']),
  place('STORE-MANCHESTER', 'Manchester King Street', 'SQUARE', ['55 King Street', 'Manchester', 'M2 4LQ']),
  place('STORE-BRISTOL', 'Bristol Park Street', 'LIGHTSPEED', ['70 Park Street', 'Bristol', 'BS1 5JX']),
  place('STORE-BATH', 'Bath Milsom Street', 'LIGHTSPEED', ['8 Milsom Street', 'Bath', 'BA1 1DE']),
  {
    ...place('STORE-DUBLIN', 'Dublin Grafton Street', 'LIGHTSPEED', ['31 Grafton Street', 'Dublin', 'D02 VF65']),
    currency: 'EUR',
    timeZone: 'Europe/Dublin',
    country: 'IE',
  },
];

const CUSTOMERS: readonly DemoCustomer[] = [
  customer('C-WEB-GB', 'Web shop customers (GB)', 'orders-gb@example.com', 'GBP'),
  customer('C-WEB-IE', 'Web shop customers (IE)', 'orders-ie@example.com', 'EUR'),
  customer('C-STORE', 'Store customers', 'stores@example.com', 'GBP'),
];

/** 62 SKUs of 24 products, one distribution centre and six stores. The same at every call. */
export function createDemoCatalogue(): DemoCatalogue {
  const items = DEMO_PRODUCTS.flatMap(variantsOf).map((item, index) => ({ ...item, gtin: gtin13(index) }));
  const openingStock = LOCATIONS.flatMap((location, row) =>
    items.map((item, column) => ({
      locationCode: location.code,
      sku: item.sku,
      quantity: openingQuantity(location, item, row + column),
    })),
  );
  return { items, locations: LOCATIONS, customers: CUSTOMERS, openingStock };
}

function variantsOf(product: DemoProduct): readonly Omit<DemoItem, 'gtin'>[] {
  const { isWeighed = false, isZeroRated = false } = product;
  let combinations: readonly DemoItem['attributes'][] = [[]];
  for (const { name, values } of product.options) {
    combinations = combinations.flatMap((chosen) => values.map((value) => [...chosen, { name, value }]));
  }
  return combinations.map((attributes) => ({
    sku: [product.number, ...attributes.map(({ value }) => value.toUpperCase())].join('-'),
    productNumber: product.number,
    productName: product.name,
    variantName: attributes.map(({ value }) => value).join(' / '),
    attributes,
    categoryCode: product.category,
    unit: isWeighed ? 'KGM' : 'EA',
    step: isWeighed ? '0.001' : '1',
    taxRatePercent: isZeroRated ? 0 : 20,
    // A shopper in the euro shop pays a fifth more, rounded to a whole ten cents.
    pricesMinor: { GBP: product.priceMinor, EUR: Math.round((product.priceMinor * 1.2) / 10) * 10 },
  }));
}

/** Varied but settled, so that no two runs differ: about 120 in the warehouse, 10 in a store. */
function openingQuantity(location: DemoLocation, item: DemoItem, index: number): string {
  if (item.unit === 'KGM') return location.type === 'DC' ? `${40 + (index % 7)}.500` : `${5 + (index % 4)}.250`;
  return String(location.type === 'DC' ? 100 + ((index * 7) % 41) : 6 + ((index * 5) % 9));
}

/** A GTIN-13 with a right check digit, under a prefix that GS1 keeps for use inside a company. */
function gtin13(index: number): string {
  const body = `20000000${String(index + 1).padStart(4, '0')}`;
  const total = Array.from(body).reduce(
    (sum, digit, position) => sum + Number(digit) * (position % 2 === 0 ? 1 : 3),
    0,
  );
  return `${body}${(10 - (total % 10)) % 10}`;
}

function place(
  code: string,
  displayName: string,
  system: DemoLocation['system'],
  [addressLine1, city, postalCode]: readonly [string, string, string],
): DemoLocation {
  const type = system === 'WMS' ? 'DC' : 'STORE';
  const common = { currency: 'GBP', timeZone: 'Europe/London', country: 'GB' } as const;
  return { code, displayName, type, system, addressLine1, city, postalCode, ...common };
}

function customer(
  number: string,
  displayName: string,
  email: string,
  currencyCode: DemoCustomer['currencyCode'],
): DemoCustomer {
  const address = { addressLine1: '1 Canal Road', city: 'Wakefield', postalCode: 'WF1 5PX', country: 'GB' };
  return { number, displayName, email, currencyCode, ...address };
}
