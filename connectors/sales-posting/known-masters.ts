import { Obstacle } from '../../kernel/model/errors.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { ItemRecorded } from '../../schema/events/inbox.ts';
import type { Erp } from '../erp/port.ts';
import { scaledInteger, scaledText } from '../runtime/exact-decimal.ts';
import { Unreadable } from '../runtime/unreadable.ts';
import { businessDayOf } from './business-day.ts';
import { groupOf } from './sales-documents.ts';
import type { SalesStore } from './sales-store.ts';
import { totalOfReceipt, type ReceiptLine, type StoreReceipt } from './store-receipt.ts';

type Units = Pick<ItemRecorded, 'baseUnit' | 'conversions'>;

const PLACES = 4;
/** How long what the ERP says of an item's units is taken for true, and of how many items. */
const STALE_MS = 300_000;
const ITEMS_KEPT_MAX = 10_000;

/** What has to be known of a receipt before it can be posted: the day of its store, and its quantities in base units. */
export class KnownMasters {
  readonly #store: SalesStore;
  readonly #erp: Pick<Erp, 'lookUpItems'>;
  readonly #clock: Clock;
  readonly #zones = new Map<string, string>();
  readonly #units = new Map<string, { readonly units: Units | undefined; readonly staleAtMs: number }>();

  constructor(parts: { readonly store: SalesStore; readonly erp: Pick<Erp, 'lookUpItems'>; readonly clock: Clock }) {
    this.#store = parts.store;
    this.#erp = parts.erp;
    this.#clock = parts.clock;
  }

  /** The receipt ready to be posted, or saying what it waits for. */
  async complete(receipt: StoreReceipt): Promise<StoreReceipt> {
    const { location, currency, occurredAtMs } = receipt;
    const timeZone = await this.zoneOf(location);
    if (timeZone === undefined) return { ...receipt, waitsFor: `the location ${location}` };
    const businessDay = businessDayOf(occurredAtMs, timeZone);
    const dated = { ...receipt, businessDay, group: groupOf({ location, businessDay, currency }) };
    try {
      return await this.#inBaseUnits(dated);
    } catch (error) {
      // Nobody can say what it adds up to.
      if (error instanceof Unreadable) return { ...dated, waitsFor: error.message };
      throw error;
    }
  }

  async zoneOf(location: string): Promise<string | undefined> {
    const known = this.#zones.get(location);
    if (known !== undefined) return known;
    const zone = (await this.#store.zones.get(location))?.document.timeZone;
    if (zone !== undefined) this.#zones.set(location, zone);
    return zone;
  }

  forgetZone(location: string): void {
    this.#zones.delete(location);
  }

  async #inBaseUnits(receipt: StoreReceipt): Promise<StoreReceipt> {
    const lines: ReceiptLine[] = [];
    for (const line of receipt.lines) {
      const known = await this.#lineInBaseUnits(line);
      if (typeof known === 'string') return { ...receipt, waitsFor: known };
      lines.push(known);
    }
    const complete: StoreReceipt = { ...receipt, status: 'TAKEN', lines, waitsFor: null };
    totalOfReceipt(complete);
    return complete;
  }

  /** Or what it waits for. */
  async #lineInBaseUnits(line: ReceiptLine): Promise<ReceiptLine | string> {
    const { unit, ...rest } = line;
    if (unit === undefined) return rest;
    const units = await this.#unitsOf(line.sku);
    if (units === undefined) return `the item ${line.sku}`;
    if (unit === units.baseUnit) return rest;
    const conversion = units.conversions?.find((each) => each.unit === unit);
    if (!conversion) return `the unit ${unit} of ${line.sku}`;
    const scaled = scaledInteger(line.quantity, PLACES, 'quantity') * BigInt(conversion.numerator);
    if (scaled % BigInt(conversion.denominator) !== 0n) return `a whole number of base units of ${line.sku}`;
    return { ...rest, quantity: scaledText(scaled / BigInt(conversion.denominator), PLACES) };
  }

  async #unitsOf(sku: string): Promise<Units | undefined> {
    const nowMs = this.#clock.nowMs();
    const known = this.#units.get(sku);
    if (known && known.staleAtMs > nowMs) return known.units;
    try {
      const units = (await this.#erp.lookUpItems([sku])).get(sku);
      if (this.#units.size >= ITEMS_KEPT_MAX) this.#units.clear();
      if (units) this.#units.set(sku, { units, staleAtMs: nowMs + STALE_MS });
      return units;
    } catch (error) {
      // It is asked again when the receipt is tried again.
      if (error instanceof Obstacle) return undefined;
      throw error;
    }
  }
}
