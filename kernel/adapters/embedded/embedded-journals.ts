import type { Ids } from '../../ports/ids.ts';
import { EmbeddedJournal, journalTable } from './embedded-journal.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import type { GroupCommit } from './group-commit.ts';
import { assertName } from './name.ts';
import { JournalCorrupt } from '../../ports/journal-errors.ts';
import { StorageInUse, toStorageError } from './storage-errors.ts';

export interface JournalsOptions {
  readonly commits: GroupCommit;
  readonly ids: Ids;
  readonly limits: EmbeddedLimits;
}

/** Opens the journals of the contexts, each for one writer at a time. */
export class EmbeddedJournals {
  readonly #options: JournalsOptions;
  readonly #open = new Set<string>();

  constructor(options: JournalsOptions) {
    this.#options = options;
  }

  /** @throws {StorageInUse} while another writer has it open */
  async open(context: string): Promise<EmbeddedJournal> {
    assertName(context, 'context');
    if (this.#open.has(context)) throw new StorageInUse(`The journal of ${context}`);
    this.#open.add(context);
    try {
      const { commits, limits } = this.#options;
      const epoch = await commits.write(() => this.#ensureTable(context));
      return new EmbeddedJournal({ context, commits, limits, epoch, onClose: () => this.#open.delete(context) });
    } catch (error) {
      this.#open.delete(context);
      throw toStorageError(error, `The journal of ${context}`);
    }
  }

  /** @returns the epoch, made with the table */
  #ensureTable(context: string): string {
    const { database } = this.#options.commits;
    this.#assertWhole(context);
    database.exec('CREATE TABLE IF NOT EXISTS journal (context TEXT PRIMARY KEY, epoch TEXT NOT NULL) STRICT');
    database.exec(
      `CREATE TABLE IF NOT EXISTS ${journalTable(context)} (
         seq INTEGER PRIMARY KEY, batch_id TEXT NOT NULL UNIQUE, recorded_at_ms INTEGER NOT NULL,
         events TEXT NOT NULL, checksum INTEGER NOT NULL
       ) STRICT`,
    );
    database
      .prepare('INSERT OR IGNORE INTO journal (context, epoch) VALUES (?, ?)')
      .run(context, this.#options.ids.epoch());
    const row = database.prepare('SELECT epoch FROM journal WHERE context = ?').get(context);
    return String(row?.['epoch']);
  }

  /** A log is listed and has its table, or neither: the one that lacks would be made anew, empty. */
  #assertWhole(context: string): void {
    const { database } = this.#options.commits;
    const find = database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`);
    const has = (table: string): boolean => find.get(table) !== undefined;
    const isListed =
      has('journal') && database.prepare('SELECT 1 FROM journal WHERE context = ?').get(context) !== undefined;
    if (isListed === has(`journal_${context}`)) return;
    throw new JournalCorrupt(`The journal of ${context} is only half there.`, { context });
  }
}
