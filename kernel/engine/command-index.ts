import type { Journal } from '../ports/journal.ts';
import type { KeyIndex } from '../ports/key-index.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { CommandRecord } from './command-record.ts';
import { JournalIndex, type JournalIndexLimits } from './journal-index.ts';

export interface CommandIndexOptions {
  /** Opens the index that belongs to the journal of this epoch. */
  open(epoch: string): Promise<KeyIndex>;
  readonly limits: JournalIndexLimits;
}

type IndexedJournal = Pick<Journal, 'epoch' | 'head' | 'read' | 'assertReaches'>;

/**
 * In which batch of the journal each command stands, so that a repetition is answered as the first time however late it
 * comes. Commands without a payload hash are left out: nobody can repeat them.
 */
export class CommandIndex {
  readonly #index: JournalIndex;
  readonly #journal: Pick<Journal, 'read'>;

  private constructor(index: JournalIndex, journal: Pick<Journal, 'read'>) {
    this.#index = index;
    this.#journal = journal;
  }

  /**
   * Opens the index and reads from the journal what it lacks.
   * @throws {JournalCorrupt} when it has seen more than the journal holds
   */
  static async open(
    options: CommandIndexOptions,
    { journal, telemetry }: { readonly journal: IndexedJournal; readonly telemetry: Telemetry },
  ): Promise<CommandIndex> {
    const index = await options.open(journal.epoch);
    try {
      journal.assertReaches(index.completeSeq, 'the index of commands');
      const opened = await JournalIndex.open({ index, telemetry, limits: options.limits });
      const commands = new CommandIndex(opened, journal);
      for await (const { seq, events } of journal.read(index.completeSeq + 1)) {
        commands.add(seq, events as readonly CommandRecord[]);
        await opened.keepUp();
      }
      return commands;
    } catch (error) {
      await index.close();
      throw error;
    }
  }

  /** Notes the commands of a durable batch. */
  add(seq: number, records: readonly CommandRecord[]): void {
    const repeatable = records.filter(({ payloadHash }) => payloadHash !== '');
    const value = String(seq);
    this.#index.add(
      repeatable.map(({ commandId }) => ({ key: commandId, value })),
      seq,
    );
  }

  /**
   * The records of those commands that the journal holds; at once, and undefined, when none is an old acquaintance.
   * @throws {Obstacle} when the index cannot be read
   */
  recall(commandIds: readonly string[]): Promise<ReadonlyMap<string, CommandRecord>> | undefined {
    const found = this.#index.find(commandIds);
    if (found instanceof Promise) return found.then((seqs) => this.#read(seqs));
    return found.size > 0 ? this.#read(found) : undefined;
  }

  close(): Promise<void> {
    return this.#index.close();
  }

  /** Reads each batch once: who comes again after a restart comes with many commands of few batches. */
  async #read(seqs: ReadonlyMap<string, readonly string[]>): Promise<ReadonlyMap<string, CommandRecord>> {
    const records = new Map<string, CommandRecord>();
    for (const seq of new Set(Array.from(seqs.values(), ([first]) => first as string))) {
      for await (const { events } of this.#journal.read(Number(seq), Number(seq))) {
        const asked = (events as readonly CommandRecord[]).filter(({ commandId }) => seqs.get(commandId)?.[0] === seq);
        for (const record of asked) records.set(record.commandId, record);
      }
    }
    return records;
  }
}
