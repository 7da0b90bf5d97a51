import { NONE, type VirtualLocation } from './bucket.ts';
import { RememberedMap, type RememberedData } from './remembered-map.ts';

/** Serials that lie nowhere any more and are still known. A constant of the ledger, as that of movements. */
const GONE_SERIALS_MAX = 200_000;

export interface SerialRecord {
  readonly sku: number;
  readonly serial: string;
  /** Where it lies, or lay last; NONE: it was never seen at any location. */
  readonly row: number;
  /** The index of its bucket; NONE: it is not there any more. */
  readonly bucket: number;
  /** Where it went; absent while it lies somewhere, and when a count did not find it. */
  readonly gone?: VirtualLocation;
  /** When that happened which brought it there. */
  readonly sinceMs: number;
  /** The order, return or receipt that it went with. */
  readonly document?: string;
}

export type SerialRegisterData = RememberedData<SerialRecord>;

/** Where each serial is: one record per serial, so it is in one place at most. */
export class SerialRegister {
  readonly #serials: RememberedMap<SerialRecord>;

  constructor(data: SerialRegisterData = { used: [], remembered: [] }, goneMax: number = GONE_SERIALS_MAX) {
    this.#serials = new RememberedMap(data, { keyOf: ({ sku, serial }) => keyOf(sku, serial), rememberedMax: goneMax });
  }

  get(sku: number, serial: string): SerialRecord | undefined {
    return this.#serials.get(keyOf(sku, serial));
  }

  set(record: SerialRecord): void {
    this.#serials.set(record, record.bucket !== NONE);
  }

  forget(sku: number): void {
    this.#serials.deleteWhere((record) => record.sku === sku);
  }

  /** Those that lie somewhere. */
  held(): Iterable<SerialRecord> {
    return this.#serials.used();
  }

  toData(): SerialRegisterData {
    return this.#serials.toData();
  }
}

const keyOf = (sku: number, serial: string): string => `${sku}|${serial}`;
