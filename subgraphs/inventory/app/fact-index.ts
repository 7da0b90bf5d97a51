import { JournalIndex } from '../../../kernel/engine/journal-index.ts';
import type { CommittedBatch } from '../../../kernel/engine/single-writer.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { factKeyOf } from '../domain/fact-memory.ts';
import { formatFactRecord, parseFactRecord, type FactRecord } from '../domain/fact-record.ts';
import type { LedgerCommand } from '../domain/ledger-command.ts';
import type { FactSource, LedgerEvent } from '../domain/ledger-event.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { factRecordOf, factToldBy } from '../domain/recorded-fact-of.ts';
import type { InventoryLimits } from './inventory-limits.ts';

export const FACT_INDEX = 'inventory-facts';

/** The part of a writer from which an index is filled. */
interface History {
  readonly epoch: string;
  assertReaches(seq: number, reader: string): void;
  history(afterSeq: number): AsyncIterable<CommittedBatch<LedgerEvent>>;
}

/** Every fact that the journal holds, so that each is applied once for ever. */
export class FactIndex {
  readonly #index: JournalIndex;

  private constructor(index: JournalIndex) {
    this.#index = index;
  }

  /**
   * Opens the index and reads from the journal what it lacks.
   * @throws {JournalCorrupt} when it has seen more than the journal holds
   */
  static async open(platform: Platform, journal: History, limits: InventoryLimits): Promise<FactIndex> {
    const index = await platform.openKeyIndex(FACT_INDEX, journal.epoch);
    try {
      journal.assertReaches(index.completeSeq, 'the index of facts');
      const { telemetry } = platform;
      const opened = new FactIndex(await JournalIndex.open({ index, telemetry, limits }));
      for await (const batch of journal.history(index.completeSeq)) {
        opened.add(batch);
        await opened.#index.keepUp();
      }
      return opened;
    } catch (error) {
      await index.close();
      throw error;
    }
  }

  /** Notes the facts of a durable batch. */
  add({ seq, events }: Pick<CommittedBatch<LedgerEvent>, 'seq' | 'events'>): void {
    const entries = events.flatMap((event) => {
      const told = factRecordOf(event);
      return told ? [{ key: told[0], value: formatFactRecord(told[1]) }] : [];
    });
    this.#index.add(entries, seq);
  }

  /** Brings back what is known of the facts that the commands tell; at once when none is an old acquaintance. */
  recall(state: LedgerState, commands: readonly LedgerCommand[]): Promise<void> | undefined {
    const keys = new Set<string>();
    // A fact that memory holds now may have left it before its command is decided, in the same turn.
    const held = new Map<string, readonly FactRecord[]>();
    for (const command of commands) {
      const told = factToldBy(command);
      if (!told) continue;
      const key = factKeyOf(told.source);
      const repetition = state.facts.repetitionOf(told.source, told.payloadHash);
      if (repetition) held.set(key, repetition);
      else keys.add(key);
    }
    const found = this.#index.find([...keys]);
    if (found instanceof Promise) return found.then((values) => state.facts.recall(recordsOf(values, held)));
    state.facts.recall(recordsOf(found, held));
    return undefined;
  }

  /** Whether a durable batch says anything of it. @throws {Obstacle} when the index cannot be read */
  async knows(source: FactSource): Promise<boolean> {
    const key = factKeyOf(source);
    return (await this.#index.find([key])).has(key);
  }

  close(): Promise<void> {
    return this.#index.close();
  }
}

function recordsOf(
  found: ReadonlyMap<string, readonly string[]>,
  held: ReadonlyMap<string, readonly FactRecord[]>,
): ReadonlyMap<string, readonly FactRecord[]> {
  const records = new Map(held);
  for (const [key, values] of found) records.set(key, [...(held.get(key) ?? []), ...values.map(parseFactRecord)]);
  return records;
}
