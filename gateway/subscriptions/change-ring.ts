import type { ChangeMessage, ChangeRecord } from '../../kernel/ports/change-feed.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';

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
  }

  push(message: ChangeMessage): void {
    if (message.records.length === 0) return;
    this.#messages.push(message);
    this.#records += message.records.length;
    const { ringMessagesMax, ringRecordsMax } = this.#limits;
    let dropped = 0;
    while (this.#messages.length - dropped > ringMessagesMax || this.#records > ringRecordsMax) {
      const oldest = this.#messages[dropped++];
      if (!oldest) break;
      this.#records -= oldest.records.length;
      this.#floor = oldest.seq;
    }
    if (dropped > 0) this.#messages.splice(0, dropped);
  }

  /** The records of one event after a position, oldest first. */
  *after(seq: number, event: string): Generator<ChangeRecord> {
    for (let index = this.#indexAfter(seq); index < this.#messages.length; index++) {
      for (const record of this.#messages[index]?.records ?? []) {
        if (record.event === event && record.version > seq) yield record;
      }
    }
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
