import { hasLeftFilter, matchesFilter, type ChangeFilter } from '../model/change-filter.ts';
import type { ChangeRecord } from '../ports/change-feed.ts';
import type { StreamMessage } from '../ports/streams.ts';
import type { ChangeLogDefinition } from './document-change-log.ts';

/** The record of an event of the definition, or undefined for another event of the same stream. */
export function recordOfMessage<Data extends object>(
  definition: ChangeLogDefinition<Data>,
  { seq, envelope }: StreamMessage,
): ChangeRecord | undefined {
  if (envelope.type !== definition.event) return undefined;
  const data = definition.read(envelope);
  const left = definition.leftOf?.(data);
  return { ...recordOf(definition, data, seq), ...(left && { left }) };
}

export function recordOf<Data extends object>(
  { event, keyFields }: Pick<ChangeLogDefinition<Data>, 'event' | 'keyFields'>,
  data: Data,
  version: number,
): ChangeRecord {
  const key = keyFields.map((field) => String(data[field])).join('|');
  return { event, key, version, value: data as Readonly<Record<string, unknown>> };
}

/** Collects what has become of every key that a filter concerns, from records in the order of their versions. */
export class NewestRecords {
  readonly #filter: ChangeFilter;
  readonly #keyFields: readonly string[];
  readonly #byKey = new Map<string, ChangeRecord>();

  constructor(filter: ChangeFilter, keyFields: readonly string[]) {
    this.#filter = filter;
    this.#keyFields = keyFields;
  }

  add(record: ChangeRecord): void {
    const known = this.#byKey.get(record.key);
    if (matchesFilter(record.value, this.#filter)) {
      this.#byKey.set(record.key, record);
      // What happens to a key after its departure is nothing to the listener, and raises no version.
    } else if ((known && !known.deleted) || hasLeftFilter(record.value, record.left, this.#filter)) {
      this.#byKey.set(record.key, this.#departure(record));
    }
  }

  toArray(): readonly ChangeRecord[] {
    return [...this.#byKey.values()];
  }

  /** A key that has left is told by its key fields alone, because the rest is no longer the listener's business. */
  #departure({ event, key, version, value }: ChangeRecord): ChangeRecord {
    const keyed = Object.fromEntries(this.#keyFields.map((field) => [field, value[field]]));
    return { event, key, version, deleted: true, value: keyed };
  }
}
