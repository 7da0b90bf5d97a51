import type { FactRecord } from './fact-record.ts';
import type { FactSource } from './ledger-event.ts';
import { OldestKeys } from './oldest-keys.ts';

/** Facts kept in memory for their repetitions, most of which come soon. Older ones are recalled from the index. */
export const REMEMBERED_FACTS_MAX = 100_000;

/** With the last batch that told of it. Replaced and never changed, so that a snapshot may hold on to it. */
export type FactEntry = readonly [key: string, seq: number, records: readonly FactRecord[]];

const NO_RECORDS: readonly FactRecord[] = [];

/**
 * What was applied of which fact, so that a repetition changes nothing and another content under the same id is seen.
 * It holds the newest facts, and besides whatever was recalled for the commands that are about to be decided.
 */
export class FactMemory {
  readonly #facts = new Map<string, FactEntry>();
  readonly #oldestKeys = new OldestKeys(this.#facts);
  /** The next to be forgotten. */
  #oldestKey: string | undefined;
  #recalled: ReadonlyMap<string, readonly FactRecord[]> = new Map();
  /** What was asked for last, and found: each line of a fact asks the same. */
  #asked: FactSource | undefined;
  #found: readonly FactRecord[] = NO_RECORDS;
  #max = REMEMBERED_FACTS_MAX;

  constructor(entries: readonly FactEntry[] = []) {
    for (const entry of entries) this.#facts.set(entry[0], entry);
  }

  /** Another bound than REMEMBERED_FACTS_MAX; what is beyond it goes with the next fact. */
  limitTo(max: number): this {
    this.#max = max;
    return this;
  }

  /** True when memory knows anything of it. */
  knows(source: FactSource): boolean {
    return this.#recordsOf(source).length > 0;
  }

  has(source: FactSource, lineId: string): boolean {
    return this.#recordsOf(source).some(
      (record) => 'lines' in record && (record.lines === 'all' || record.lines.includes(lineId)),
    );
  }

  /** True when another content was applied under this id. */
  contradicts(source: FactSource, payloadHash: string | undefined): boolean {
    const hashes = this.#recordsOf(source).map((record) => ('lines' in record ? record.payloadHash : undefined));
    return payloadHash !== undefined && hashes.some((hash) => hash !== undefined && hash !== payloadHash);
  }

  /** True when it was told before that this content contradicts. */
  hasConflict(source: FactSource, payloadHash: string | undefined): boolean {
    return this.#recordsOf(source).some((record) => 'conflict' in record && record.conflict === payloadHash);
  }

  /** All that memory holds of a fact, when that alone says that nothing of it is left to do. */
  repetitionOf(source: FactSource, payloadHash: string | undefined): readonly FactRecord[] | undefined {
    const records = this.#held(factKeyOf(source));
    const isDone = records.some(
      (record) => 'lines' in record && record.lines === 'all' && record.payloadHash === payloadHash,
    );
    return isDone ? records : undefined;
  }

  add(source: FactSource, record: FactRecord, seq: number): void {
    this.#asked = undefined;
    const key = factKeyOf(source);
    this.#facts.set(key, [key, seq, [...this.#held(key), record]]);
    this.#forget(seq);
  }

  /** Replaces what was recalled before. No part of what the ledger is: it only brings back what the log says. */
  recall(records: ReadonlyMap<string, readonly FactRecord[]>): void {
    this.#asked = undefined;
    this.#recalled = records;
  }

  /** Facts in memory, without those recalled. */
  get size(): number {
    return this.#facts.size;
  }

  toEntries(): readonly FactEntry[] {
    return [...this.#facts.values()];
  }

  #held(key: string): readonly FactRecord[] {
    return this.#facts.get(key)?.[2] ?? NO_RECORDS;
  }

  #recordsOf(source: FactSource): readonly FactRecord[] {
    if (source === this.#asked) return this.#found;
    const key = factKeyOf(source);
    const records = this.#held(key);
    const recalled = this.#recalled.get(key);
    this.#found = recalled ? [...records, ...recalled] : records;
    this.#asked = source;
    return this.#found;
  }

  /** Facts of the batch that is being decided stay, because nothing else knows of them yet. */
  #forget(seq: number): void {
    while (this.#facts.size > this.#max) {
      this.#oldestKey ??= this.#oldestKeys.take();
      if (this.#oldestKey === undefined || this.#facts.get(this.#oldestKey)?.[1] === seq) return;
      this.#facts.delete(this.#oldestKey);
      this.#oldestKey = undefined;
    }
  }
}

/** Where a fact is found in memory and in the index. */
export const factKeyOf = ({ system, eventId }: FactSource): string => `${system}|${eventId}`;
