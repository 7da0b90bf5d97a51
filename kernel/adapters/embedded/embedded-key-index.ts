import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { invariant } from '../../model/errors.ts';
import { INDEX_KEYS_MAX, type IndexEntry, type KeyIndex } from '../../ports/key-index.ts';
import { StorageClosed, toStorageError } from './storage-errors.ts';

export interface EmbeddedKeyIndexOptions {
  readonly name: string;
  readonly database: DatabaseSync;
  /** The epoch of the journal whose cache this is. */
  readonly epoch: string;
  readonly pageKeys: number;
  onClose(): void;
}

/** One table ordered by key, so that ids which a source counts upwards lie side by side. */
export class EmbeddedKeyIndex implements KeyIndex {
  readonly #options: EmbeddedKeyIndexOptions;
  readonly #statements: Record<'insert' | 'mark' | 'find' | 'page', StatementSync>;
  #completeSeq: number;
  #closed = false;

  constructor(options: EmbeddedKeyIndexOptions) {
    const { database, epoch } = options;
    this.#options = options;
    this.#completeSeq = ensureTables(database, epoch);
    this.#statements = {
      insert: database.prepare('INSERT OR IGNORE INTO entry (key, value) VALUES (?, ?)'),
      mark: database.prepare('UPDATE completeness SET seq = ?'),
      find: database.prepare('SELECT value FROM entry WHERE key = ?'),
      page: database.prepare('SELECT DISTINCT key FROM entry WHERE key > ? ORDER BY key LIMIT ?'),
    };
  }

  get completeSeq(): number {
    return this.#completeSeq;
  }

  async add(entries: readonly IndexEntry[], completeSeq: number): Promise<void> {
    invariant(entries.length <= INDEX_KEYS_MAX, 'Too many entries at once.', { entries: entries.length });
    this.#run(() => {
      const { database } = this.#options;
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const { key, value } of entries) this.#statements.insert.run(key, value);
        this.#statements.mark.run(completeSeq);
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
      this.#completeSeq = completeSeq;
    });
  }

  async find(keys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    invariant(keys.length <= INDEX_KEYS_MAX, 'Too many keys at once.', { keys: keys.length });
    return this.#run(() => {
      const found = new Map<string, readonly string[]>();
      for (const key of keys) {
        const values = this.#statements.find.all(key).map((row) => String(row['value']));
        if (values.length > 0) found.set(key, values);
      }
      return found;
    });
  }

  async *keys(): AsyncIterable<readonly string[]> {
    const { pageKeys } = this.#options;
    let last = '';
    let page: readonly string[];
    do {
      page = this.#run(() => this.#statements.page.all(last, pageKeys).map((row) => String(row['key'])));
      if (page.length > 0) yield page;
      last = page.at(-1) ?? last;
    } while (page.length === pageKeys);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.database.close();
    this.#options.onClose();
  }

  #run<Result>(work: () => Result): Result {
    const name = `The index ${this.#options.name}`;
    if (this.#closed) throw new StorageClosed(name);
    try {
      return work();
    } catch (error) {
      throw toStorageError(error, name);
    }
  }
}

/** @returns up to where it is complete; an index of another epoch is emptied */
function ensureTables(database: DatabaseSync, epoch: string): number {
  database.exec('CREATE TABLE IF NOT EXISTS completeness (epoch TEXT NOT NULL, seq INTEGER NOT NULL) STRICT');
  const row = database.prepare('SELECT epoch, seq FROM completeness').get();
  if (row?.['epoch'] === epoch) return Number(row['seq']);
  database.exec(`BEGIN IMMEDIATE;
    DROP TABLE IF EXISTS entry;
    CREATE TABLE entry (key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (key, value)) STRICT, WITHOUT ROWID;
    DELETE FROM completeness;`);
  database.prepare('INSERT INTO completeness (epoch, seq) VALUES (?, 0)').run(epoch);
  database.exec('COMMIT');
  return 0;
}
