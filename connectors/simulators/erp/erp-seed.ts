/** What an ERP is started with. Prices are minor units. */
export interface ErpSeed {
  readonly items: readonly ErpItemInput[];
  readonly locations: readonly ErpLocationInput[];
  readonly unitsOfMeasure: readonly ErpUnitInput[];
  /** Beside the base unit of each item, which need not be named. */
  readonly itemUnits?: readonly ErpItemUnitInput[];
  readonly bomComponents?: readonly ErpBomComponentInput[];
  readonly prices: readonly ErpPriceInput[];
  readonly customers: readonly ErpCustomerInput[];
  /** Its G/L accounts. Default: none, and so no journals. */
  readonly accounts?: readonly ErpAccountInput[];
}

export interface ErpAccountInput {
  readonly number: string;
  readonly displayName: string;
}

export interface ErpItemInput {
  /** The item's number is the SKU code. */
  readonly number: string;
  readonly displayName: string;
  /** Shared by all items that are variants of one product. */
  readonly productNumber: string;
  readonly productName: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly baseUnitOfMeasureCode: string;
  /** Smallest quantity handled, in base units, as a decimal. */
  readonly quantityStep: string;
  readonly gtin: string;
  readonly itemCategoryCode: string;
  /** In the company's own currency. */
  readonly unitPriceMinor: number;
  /** What one is worth in the books, in the company's own currency. Default: four tenths of its price. */
  readonly unitCostMinor?: number;
  readonly taxGroupCode: string;
  readonly blocked?: boolean;
}

export interface ErpLocationInput {
  readonly code: string;
  readonly displayName: string;
  readonly locationType: 'STORE' | 'DC';
  readonly timeZone: string;
  readonly addressLine1: string;
  readonly city: string;
  readonly postalCode: string;
  readonly country: string;
}

interface ErpUnitInput {
  /** The company's own code, such as `PCS`. */
  readonly code: string;
  readonly displayName: string;
  /** UN/CEFACT Recommendation 20, such as `EA`. */
  readonly internationalStandardCode: string;
}

export interface ErpItemUnitInput {
  readonly itemNumber: string;
  /** One of `unitsOfMeasure`. */
  readonly code: string;
  /** Base units in one of it, as a decimal. */
  readonly qtyPerUnitOfMeasure: string;
}

/** A line of an assembly BOM. */
export interface ErpBomComponentInput {
  readonly parentItemNumber: string;
  readonly lineNumber: number;
  readonly type: 'Item' | 'Resource';
  readonly number: string;
  readonly unitOfMeasureCode: string;
  /** For one of the parent, as a decimal. */
  readonly quantityPer: string;
}

export interface ErpPriceInput {
  readonly itemNumber: string;
  readonly priceListCode: string;
  readonly currencyCode: string;
  readonly unitPriceMinor: number;
  /** `YYYY-MM-DD`. */
  readonly startingDate: string;
  /** The last day, `YYYY-MM-DD`; default: `0001-01-01`, which is none. */
  readonly endingDate?: string;
}

export interface ErpCustomerInput {
  readonly number: string;
  readonly displayName: string;
  readonly email: string;
  readonly addressLine1: string;
  readonly city: string;
  readonly postalCode: string;
  readonly country: string;
  readonly currencyCode: string;
}
