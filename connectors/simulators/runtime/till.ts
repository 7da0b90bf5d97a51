import { extendPrice, parseDecimal } from './decimal.ts';
import type { IdSource } from './id-source.ts';
import { StockBook } from './stock-book.ts';

/** An item as a store's till knows it. */
export interface TillItem {
  readonly sku: string;
  readonly productNumber: string;
  readonly productName: string;
  /** What tells this variant from its siblings, such as `Black / M`; empty for a product without variants. */
  readonly variantName: string;
  readonly gtin?: string;
  readonly unit: 'EA' | 'KGM';
  /** Smallest quantity sold, as a decimal: `1` or `0.001`. */
  readonly step: string;
  /** Price including tax per base unit, in minor units, by currency code. */
  readonly pricesMinor: Readonly<Record<string, number>>;
  readonly taxRatePercent: number;
}

export interface TillLocation {
  readonly code: string;
  readonly displayName: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly city: string;
  readonly postalCode: string;
  readonly country: string;
}

export type TenderKind = 'CARD' | 'CASH' | 'GIFT_CARD';

/** What a cashier keys in. `quantity` is a positive decimal. */
export interface TillLine {
  readonly sku: string;
  readonly quantity: string;
  /** Default: the item's price in the store's currency. */
  readonly unitPriceMinor?: number;
}

export interface SaleInput {
  readonly locationCode: string;
  readonly lines: readonly TillLine[];
  /** Default CARD. */
  readonly tender?: TenderKind;
  /** Which of the store's registers, from 1. Default 1. */
  readonly register?: number;
  /** Default: drawn by the till. Must be new. */
  readonly receiptNumber?: string;
  /** When it happened by the till's own clock; default now. Offline tills send old times late. */
  readonly occurredAtMs?: number;
}

export interface ReturnInput extends SaleInput {
  /** Receipt number of the sale; absent for a blind return. */
  readonly originalReceiptNumber?: string;
  readonly reason?: string;
}

export interface ReceiptLine {
  readonly uid: string;
  readonly sku: string;
  /** Ten-thousandths of the base unit, positive on sales and returns. */
  readonly units: number;
  readonly unitPriceMinor: number;
  readonly totalMinor: number;
  /** Included in the total. */
  readonly taxMinor: number;
  /** Line of the sale that is returned. */
  readonly sourceLineUid?: string;
}

export interface Receipt {
  readonly id: string;
  readonly number: string;
  readonly kind: 'SALE' | 'RETURN';
  readonly location: TillLocation;
  /** Which of the store's registers, from 1. */
  readonly register: number;
  readonly lines: readonly ReceiptLine[];
  readonly tender: TenderKind;
  readonly tenderId: string;
  readonly paymentId: string;
  readonly totalMinor: number;
  readonly taxMinor: number;
  readonly original?: Receipt;
  readonly reason?: string;
  readonly occurredAtMs: number;
  readonly recordedAtMs: number;
}

/** Status under which a store's stock is booked: stores know one only. */
export const ON_SHELF = 'ON_SHELF';

const RECEIPTS_MAX = 1_000_000;

/** The tills of one POS estate: items, receipts and the stores' stock, before any vendor's way of writing them. */
export class Till {
  readonly stock = new StockBook();
  readonly #ids: IdSource;
  readonly #nowMs: () => number;
  readonly #items = new Map<string, TillItem>();
  readonly #locations = new Map<string, TillLocation>();
  readonly #receipts = new Map<string, Receipt>();
  readonly #returnedUnits = new Map<string, number>();
  #lastNumber: number;

  constructor(parts: {
    readonly ids: IdSource;
    readonly nowMs: () => number;
    readonly locations: readonly TillLocation[];
    readonly numbersFrom: number | undefined;
  }) {
    this.#ids = parts.ids;
    this.#nowMs = parts.nowMs;
    this.#lastNumber = parts.numbersFrom ?? 1000;
    for (const location of parts.locations) this.#locations.set(location.code, location);
  }

  registerItem(item: TillItem): void {
    this.#items.set(item.sku, item);
  }

  items(): readonly TillItem[] {
    return [...this.#items.values()];
  }

  locations(): readonly TillLocation[] {
    return [...this.#locations.values()];
  }

  /** @throws {Error} for a SKU that was never registered. */
  item(sku: string): TillItem {
    const item = this.#items.get(sku);
    if (item === undefined) throw new Error(`the till knows no item ${sku}`);
    return item;
  }

  /** @throws {Error} for a code that no store of this estate has. */
  location(code: string): TillLocation {
    const location = this.#locations.get(code);
    if (location === undefined) throw new Error(`the estate has no store ${code}`);
    return location;
  }

  receipt(number: string): Receipt | undefined {
    return this.#receipts.get(number);
  }

  receipts(): readonly Receipt[] {
    return [...this.#receipts.values()];
  }

  /** Sells whatever is scanned, stock or not, as tills do. */
  ringUpSale(input: SaleInput): Receipt {
    const location = this.location(input.locationCode);
    const lines = input.lines.map((line) => this.#lineOf(line, location));
    return this.#keep({ kind: 'SALE', input, location, lines });
  }

  /** @throws {Error} when the receipt is unknown or more would come back than was sold on it. */
  ringUpReturn(input: ReturnInput): Receipt {
    const location = this.location(input.locationCode);
    const original = this.#originalOf(input);
    const lines = input.lines.map((line) => {
      const drawn = this.#lineOf(line, location);
      return original === undefined ? drawn : this.#againstSale(drawn, original, line.unitPriceMinor);
    });
    for (const { sourceLineUid, units } of lines) {
      if (sourceLineUid !== undefined) this.#returnedUnits.set(sourceLineUid, this.#returned(sourceLineUid) + units);
    }
    const reason = input.reason === undefined ? {} : { reason: input.reason };
    return this.#keep({
      kind: 'RETURN',
      input,
      location,
      lines,
      ...(original === undefined ? {} : { original }),
      ...reason,
    });
  }

  #originalOf(input: ReturnInput): Receipt | undefined {
    if (input.originalReceiptNumber === undefined) return undefined;
    const original = this.#receipts.get(input.originalReceiptNumber);
    if (original?.kind === 'SALE') return original;
    throw new Error(`there is no sale with receipt ${input.originalReceiptNumber}`);
  }

  #againstSale(line: ReceiptLine, original: Receipt, keyedPriceMinor: number | undefined): ReceiptLine {
    const source = original.lines.find(
      (sold) => sold.sku === line.sku && sold.units - this.#returned(sold.uid) >= line.units,
    );
    if (source === undefined)
      throw new Error(`receipt ${original.number} has not that much of ${line.sku} left to return`);
    const unitPriceMinor = keyedPriceMinor ?? source.unitPriceMinor;
    return { ...line, ...this.#priced(line.sku, unitPriceMinor, line.units), sourceLineUid: source.uid };
  }

  #returned(lineUid: string): number {
    return this.#returnedUnits.get(lineUid) ?? 0;
  }

  #lineOf(line: TillLine, location: TillLocation): ReceiptLine {
    const item = this.item(line.sku);
    const units = parseDecimal(line.quantity);
    if (units <= 0 || units % parseDecimal(item.step) !== 0) {
      throw new Error(`${line.quantity} of ${line.sku} is not a positive multiple of ${item.step}`);
    }
    const unitPriceMinor = line.unitPriceMinor ?? item.pricesMinor[location.currency];
    if (unitPriceMinor === undefined) throw new Error(`${line.sku} has no price in ${location.currency}`);
    return { uid: this.#ids.uuid(), sku: line.sku, units, ...this.#priced(line.sku, unitPriceMinor, units) };
  }

  #priced(
    sku: string,
    unitPriceMinor: number,
    units: number,
  ): Pick<ReceiptLine, 'unitPriceMinor' | 'totalMinor' | 'taxMinor'> {
    const totalMinor = extendPrice(unitPriceMinor, units);
    const rate = this.item(sku).taxRatePercent;
    return { unitPriceMinor, totalMinor, taxMinor: Math.round((totalMinor * rate) / (100 + rate)) };
  }

  #keep(draft: {
    readonly kind: Receipt['kind'];
    readonly input: SaleInput;
    readonly location: TillLocation;
    readonly lines: readonly ReceiptLine[];
    readonly original?: Receipt;
    readonly reason?: string;
  }): Receipt {
    const { input, ...kept } = draft;
    if (draft.lines.length === 0) throw new Error('a receipt needs a line');
    if (this.#receipts.size >= RECEIPTS_MAX) throw new Error(`an estate keeps at most ${RECEIPTS_MAX} receipts`);
    const number = input.receiptNumber ?? this.#nextNumber();
    if (this.#receipts.has(number)) throw new Error(`receipt ${number} exists already`);
    const recordedAtMs = this.#nowMs();
    const receipt: Receipt = {
      ...kept,
      id: this.#ids.uuid(),
      number,
      register: input.register ?? 1,
      tender: input.tender ?? 'CARD',
      tenderId: this.#ids.capitals(24),
      paymentId: this.#ids.capitals(24),
      totalMinor: sum(draft.lines.map((line) => line.totalMinor)),
      taxMinor: sum(draft.lines.map((line) => line.taxMinor)),
      occurredAtMs: input.occurredAtMs ?? recordedAtMs,
      recordedAtMs,
    };
    this.#receipts.set(number, receipt);
    const sign = draft.kind === 'SALE' ? -1 : 1;
    for (const { sku, units } of draft.lines) {
      this.stock.move({ location: draft.location.code, sku, status: ON_SHELF }, sign * units);
    }
    return receipt;
  }

  #nextNumber(): string {
    do this.#lastNumber += 1;
    while (this.#receipts.has(String(this.#lastNumber)));
    return String(this.#lastNumber);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
