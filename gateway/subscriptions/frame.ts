import { compileFilter, hasLeftFilter, type ChangeFilter } from '../../kernel/model/change-filter.ts';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';
import type { Position, Topic } from './topic.ts';

/** What a client is sent at once. */
export interface Frame {
  /** Everything up to here is included. */
  readonly position: Position;
  readonly reset: boolean;
  readonly changes: readonly ChangeRecord[];
  /** When the newest change was made durable, by its owner's clock; absent when it is not known or long ago. */
  readonly committedAtMs?: number | undefined;
}

/** What those who see these filters are to be told of. */
export class Interest {
  readonly #filters: readonly ChangeFilter[];
  readonly #matches: readonly ((value: ChangeRecord['value']) => boolean)[];
  readonly #topic: Topic;

  constructor(filters: readonly ChangeFilter[], topic: Topic) {
    this.#filters = filters;
    this.#matches = filters.map(compileFilter);
    this.#topic = topic;
  }

  /**
   * What a record means to them: itself, its departure, or nothing. `onTheWay` is what they are about to be told of the
   * key. What happens to a key after its departure is nothing to them.
   */
  concern(record: ChangeRecord, onTheWay: ChangeRecord | undefined): ChangeRecord | undefined {
    for (const matches of this.#matches) if (matches(record.value)) return record;
    const isKnown = onTheWay !== undefined && onTheWay.deleted !== true;
    const hasLeft = isKnown || this.#filters.some((filter) => hasLeftFilter(record.value, record.left, filter));
    return hasLeft ? departure(record, this.#topic) : undefined;
  }

  /** The newest of each key, from records in the order of the log. */
  newestOf(records: Iterable<ChangeRecord>): readonly ChangeRecord[] {
    const byKey = new Map<string, ChangeRecord>();
    for (const record of records) {
      const concerned = this.concern(record, byKey.get(record.key));
      if (concerned) byKey.set(record.key, concerned);
    }
    return [...byKey.values()];
  }
}

/** A key that has left is told by its key fields alone: the rest is no longer its reader's business. */
function departure({ event, key, version, value }: ChangeRecord, { keyFields }: Topic): ChangeRecord {
  const keyed = Object.fromEntries(keyFields.map((field) => [field, value[field]]));
  return { event, key, version, deleted: true, value: keyed };
}
