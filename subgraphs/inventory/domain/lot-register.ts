import { RememberedMap, type RememberedData } from './remembered-map.ts';

/** Lots of which nothing is left anywhere that are still known. A constant of the ledger, as that of movements. */
const EMPTY_LOTS_MAX = 100_000;

export interface LotRecord {
  readonly sku: number;
  readonly lot: string;
  /** A calendar day, as on the label; null: nobody has told it. */
  readonly expiresOn: string | null;
  /** When that happened which told the day. */
  readonly toldAtMs: number;
  /** Positions and buckets with a balance of it. */
  readonly places: number;
}

export type LotRegisterData = RememberedData<LotRecord>;

/** What is known of each lot. Lots without any balance are forgotten in the order in which they were emptied. */
export class LotRegister {
  readonly #lots: RememberedMap<LotRecord>;

  constructor(data: LotRegisterData = { used: [], remembered: [] }, emptyMax: number = EMPTY_LOTS_MAX) {
    this.#lots = new RememberedMap(data, { keyOf: ({ sku, lot }) => keyOf(sku, lot), rememberedMax: emptyMax });
  }

  get(sku: number, lot: string): LotRecord | undefined {
    return this.#lots.get(keyOf(sku, lot));
  }

  /** What happened later is believed; of two days that were told of one instant, the earlier. */
  tell(sku: number, lot: string, told: { readonly expiresOn: string; readonly toldAtMs: number }): void {
    const known = this.get(sku, lot) ?? unknown(sku, lot);
    const isNews = known.expiresOn === null || told.toldAtMs > known.toldAtMs;
    const isEarlier = told.toldAtMs === known.toldAtMs && told.expiresOn < (known.expiresOn ?? '');
    if (isNews || isEarlier) this.#set({ ...known, ...told });
  }

  /** A place has a balance of the lot from now on, or has it no more. */
  occupy(sku: number, lot: string, change: 1 | -1): void {
    const known = this.get(sku, lot) ?? unknown(sku, lot);
    this.#set({ ...known, places: known.places + change });
  }

  forget(sku: number): void {
    this.#lots.deleteWhere((record) => record.sku === sku);
  }

  held(): Iterable<LotRecord> {
    return this.#lots.used();
  }

  toData(): LotRegisterData {
    return this.#lots.toData();
  }

  #set(record: LotRecord): void {
    this.#lots.set(record, record.places > 0);
  }
}

const unknown = (sku: number, lot: string): LotRecord => ({ sku, lot, expiresOn: null, toldAtMs: 0, places: 0 });
const keyOf = (sku: number, lot: string): string => `${sku}|${lot}`;
