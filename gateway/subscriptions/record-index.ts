import type { ChangeFilter } from '../../kernel/model/change-filter.ts';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';

/** Value -> key -> how many records of the key have the value or have left it. */
type KeysByValue = Map<string, Map<string, number>>;

/**
 * Finds the recent records of an event without looking at all of them, so that many groups that come back at once do
 * not each read everything that has happened meanwhile.
 */
export class RecordIndex {
  /** Oldest first. */
  readonly #byKey = new Map<string, ChangeRecord[]>();
  /** Of the fields that filters have named. */
  readonly #fields = new Map<string, KeysByValue>();

  add(record: ChangeRecord): void {
    const known = this.#byKey.get(record.key);
    if (known) known.push(record);
    else this.#byKey.set(record.key, [record]);
    for (const [field, keys] of this.#fields) count(keys, field, record);
  }

  /** @param record the oldest of its key */
  remove(record: ChangeRecord): void {
    const known = this.#byKey.get(record.key);
    known?.shift();
    if (known?.length === 0) this.#byKey.delete(record.key);
    for (const [field, keys] of this.#fields) discount(keys, field, record);
  }

  /**
   * All records after a position of every key that any of these filters can concern, in the order of the log.
   * @returns undefined when a filter leaves everything open
   */
  find(filters: readonly ChangeFilter[], seq: number): readonly ChangeRecord[] | undefined {
    const keys = new Set<string>();
    for (const filter of filters) {
      const narrowest = this.#narrowestOf(filter);
      if (!narrowest) return undefined;
      for (const found of narrowest) for (const key of found.keys()) keys.add(key);
    }
    const records: ChangeRecord[] = [];
    for (const key of keys) {
      for (const record of this.#byKey.get(key) ?? []) if (record.version > seq) records.push(record);
    }
    return records.sort((a, b) => a.version - b.version);
  }

  /** The keys by the field of the filter that leaves the fewest. */
  #narrowestOf(filter: ChangeFilter): readonly ReadonlyMap<string, number>[] | undefined {
    let narrowest: readonly ReadonlyMap<string, number>[] | undefined;
    let fewest = Infinity;
    for (const [field, values] of Object.entries(filter)) {
      const byValue = this.#fields.get(field) ?? this.#index(field);
      const found = values.flatMap((value) => byValue.get(value) ?? []);
      const size = found.reduce((sum, keys) => sum + keys.size, 0);
      if (size < fewest) [narrowest, fewest] = [found, size];
    }
    return narrowest;
  }

  #index(field: string): KeysByValue {
    const keys: KeysByValue = new Map();
    for (const records of this.#byKey.values()) for (const record of records) count(keys, field, record);
    this.#fields.set(field, keys);
    return keys;
  }
}

function count(byValue: KeysByValue, field: string, record: ChangeRecord): void {
  const only = onlyValueOf(field, record);
  if (only !== undefined) return countOne(byValue, only, record.key);
  for (const value of valuesOf(field, record)) countOne(byValue, value, record.key);
}

function countOne(byValue: KeysByValue, value: string, key: string): void {
  const keys = byValue.get(value);
  if (keys) keys.set(key, (keys.get(key) ?? 0) + 1);
  else byValue.set(value, new Map([[key, 1]]));
}

function discount(byValue: KeysByValue, field: string, record: ChangeRecord): void {
  const only = onlyValueOf(field, record);
  if (only !== undefined) return discountOne(byValue, only, record.key);
  for (const value of valuesOf(field, record)) discountOne(byValue, value, record.key);
}

function discountOne(byValue: KeysByValue, value: string, key: string): void {
  const keys = byValue.get(value);
  const left = (keys?.get(key) ?? 1) - 1;
  if (left > 0) keys?.set(key, left);
  else keys?.delete(key);
  if (keys?.size === 0) byValue.delete(value);
}

/** Most records have one value in a field and have left none: a list for it would be much of what it costs. */
function onlyValueOf(field: string, { value, left }: ChangeRecord): string | undefined {
  const present = value[field];
  return typeof present === 'string' && left?.[field] === undefined ? present : undefined;
}

/** What a filter may find the record by. */
function valuesOf(field: string, { value, left }: ChangeRecord): readonly string[] {
  const present = value[field];
  const former = left?.[field];
  const values = Array.isArray(present) ? present.map(String) : [String(present)];
  return former ? [...values, ...former] : values;
}
