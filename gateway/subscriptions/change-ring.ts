import type { ChangeFilter } from '../../kernel/model/change-filter.ts';
import type { ChangeMessage, ChangeRecord } from '../../kernel/ports/change-feed.ts';
import { RecordIndex } from './record-index.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';

/** So many messages are read as quickly as they are looked up. */
const READ_MESSAGES_MAX = 8;

export interface RingSize {
  readonly messages: number;
  readonly records: number;
}

/** The recent messages of one context, without a hole between them. */
export class ChangeRing {
  readonly #limits: Pick<SubscriptionLimits, 'ringMessagesMax' | 'ringRecordsMax'>;
  #messages: ChangeMessage[] = [];
  #records = 0;
  #floor = 0;
  /** By event, of those that were asked for. */
  readonly #indexes = new Map<string, RecordIndex>();

  constructor(limits: Pick<SubscriptionLimits, 'ringMessagesMax' | 'ringRecordsMax'>) {
    this.#limits = limits;
  }

  get size(): RingSize {
    return { messages: this.#messages.length, records: this.#records };
  }

  /** Every change after this sequence is here. */
  get floor(): number {
    return this.#floor;
  }

  restart(floor: number): void {
    this.#messages = [];
    this.#records = 0;
    this.#floor = floor;
    this.#indexes.clear();
  }

  push(message: ChangeMessage): void {
    if (message.records.length === 0) return;
    this.#messages.push(message);
    this.#records += message.records.length;
    for (const record of message.records) this.#indexes.get(record.event)?.add(record);
    const { ringMessagesMax, ringRecordsMax } = this.#limits;
    let dropped = 0;
    while (this.#messages.length - dropped > ringMessagesMax || this.#records > ringRecordsMax) {
      const oldest = this.#messages[dropped++];
      if (!oldest) break;
      this.#records -= oldest.records.length;
      this.#floor = oldest.seq;
      for (const record of oldest.records) this.#indexes.get(record.event)?.remove(record);
    }
    if (dropped > 0) this.#messages.splice(0, dropped);
  }

  /**
   * The records of one event after a position that these filters may concern, oldest first. Of a key that any of them
   * concerns it is all.
   */
  find(seq: number, event: string, filters: readonly ChangeFilter[]): Iterable<ChangeRecord> {
    if (this.#messages.length - this.#indexAfter(seq) <= READ_MESSAGES_MAX) return this.after(seq, event);
    return this.#indexOf(event).find(filters, seq) ?? this.after(seq, event);
  }

  /** The records of one event after a position, oldest first. */
  *after(seq: number, event: string): Generator<ChangeRecord> {
    for (let index = this.#indexAfter(seq); index < this.#messages.length; index++) {
      for (const record of this.#messages[index]?.records ?? []) {
        if (record.event === event && record.version > seq) yield record;
      }
    }
  }

  #indexOf(event: string): RecordIndex {
    const known = this.#indexes.get(event);
    if (known) return known;
    const index = new RecordIndex();
    for (const record of this.after(-1, event)) index.add(record);
    this.#indexes.set(event, index);
    return index;
  }

  #indexAfter(seq: number): number {
    let low = 0;
    let high = this.#messages.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#messages[middle]?.seq ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
