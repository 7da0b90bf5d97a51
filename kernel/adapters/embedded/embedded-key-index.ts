import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { invariant } from '../../model/errors.ts';
import { INDEX_KEYS_MAX, type IndexEntry, type KeyIndex } from '../../ports/key-index.ts';
import { addChecksum, IndexEntries } from './index-entries.ts';
import { IndexWriter } from './index-writer.ts';
import { openIndexDatabase } from './open-database.ts';
import { StorageClosed, toStorageError } from './storage-errors.ts';

export interface EmbeddedKeyIndexOptions {
  readonly name: string;
  /** The epoch of the journal whose cache this is. */
  readonly epoch: string;
  readonly pageKeys: number;
  /** The file, which is made when there is none. */
  readonly path: string;
  /** Deletes the file, which nobody has open. */
  remove(): void;
  /** What was read is not what was written, so the index is made anew. */
  onDamage(error: unknown): void;
  onClose(): void;
}

interface OpenFile {
  readonly database: DatabaseSync;
  readonly entries: IndexEntries;
  readonly statements: Record<'find' | 'page', StatementSync>;
  completeSeq: number;
  /** The sum over the checksums of all entries, which does not depend on their order. */
  checksum: number;
}

/** Fewer are written in this thread, which takes less than a millisecond. */
const THREAD_ENTRIES_MIN = 100;

/** One table ordered by key, so that ids which a source counts upwards lie side by side. */
export class EmbeddedKeyIndex implements KeyIndex {
  readonly #options: EmbeddedKeyIndexOptions;
  readonly #writer: IndexWriter;
  #file: OpenFile;
  /** The last addition, whatever became of it. */
  #adding: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: EmbeddedKeyIndexOptions) {
    this.#options = options;
    this.#writer = new IndexWriter(options.path);
    this.#file = openFile(options);
  }

  get completeSeq(): number {
    return this.#file.completeSeq;
  }

  async add(entries: readonly IndexEntry[], completeSeq: number): Promise<void> {
    invariant(entries.length <= INDEX_KEYS_MAX, 'Too many entries at once.', { entries: entries.length });
    const adding = this.#adding.then(() => this.#add(entries, completeSeq));
    this.#adding = adding.catch(() => undefined);
    await adding;
  }

  async find(keys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    invariant(keys.length <= INDEX_KEYS_MAX, 'Too many keys at once.', { keys: keys.length });
    return this.#run(({ statements }) => {
      const found = new Map<string, readonly string[]>();
      for (const key of keys) {
        const values = statements.find.all(key).map((row) => String(row['value']));
        if (values.length > 0) found.set(key, values);
      }
      return found;
    });
  }

  async *keys(): AsyncIterable<readonly string[]> {
    let checksum = 0;
    let last: IndexEntry | undefined = { key: '', value: '' };
    while (last) {
      const page = this.#page(last);
      if (!page) return;
      for (const entry of page) checksum = addChecksum(checksum, entry);
      if (page.length > 0) yield [...new Set(page.map(({ key }) => key))];
      last = page.length === this.#options.pageKeys ? page.at(-1) : undefined;
    }
    if (checksum !== this.#file.checksum) this.#makeAnew(new Error('The entries do not fit their checksum.'));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#adding;
    await this.#writer.end();
    this.#file.database.close();
    this.#options.onClose();
  }

  async #add(entries: readonly IndexEntry[], completeSeq: number): Promise<void> {
    const name = `The index ${this.#options.name}`;
    if (this.#closed) throw new StorageClosed(name);
    const file = this.#file;
    const addition = { entries, completeSeq, checksum: file.checksum };
    try {
      const isLong = entries.length >= THREAD_ENTRIES_MIN;
      file.checksum = isLong ? await this.#writer.write(addition) : file.entries.add(addition);
      file.completeSeq = completeSeq;
    } catch (error) {
      throw toStorageError(error, name);
    }
  }

  /** Undefined when the file cannot be read any more. */
  #page(after: IndexEntry): readonly IndexEntry[] | undefined {
    if (this.#closed) throw new StorageClosed(`The index ${this.#options.name}`);
    try {
      const rows = this.#file.statements.page.all(after.key, after.value, this.#options.pageKeys);
      return rows.map((row) => ({ key: String(row['key']), value: String(row['value']) }));
    } catch (error) {
      this.#makeAnew(error);
      return undefined;
    }
  }

  #makeAnew(error: unknown): void {
    this.#options.onDamage(error);
    this.#file.database.close();
    this.#options.remove();
    this.#file = openFile(this.#options);
  }

  #run<Result>(work: (file: OpenFile) => Result): Result {
    const name = `The index ${this.#options.name}`;
    if (this.#closed) throw new StorageClosed(name);
    try {
      return work(this.#file);
    } catch (error) {
      throw toStorageError(error, name);
    }
  }
}

function openFile({ path, epoch }: Pick<EmbeddedKeyIndexOptions, 'path' | 'epoch'>): OpenFile {
  const database = openIndexDatabase(path);
  try {
    const extent = ensureTables(database, epoch);
    const statements = {
      find: database.prepare('SELECT value FROM entry WHERE key = ?'),
      page: database.prepare('SELECT key, value FROM entry WHERE (key, value) > (?, ?) ORDER BY key, value LIMIT ?'),
    };
    return { database, entries: new IndexEntries(database), statements, ...extent };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** An index of another epoch, or one without a checksum, is emptied. */
function ensureTables(database: DatabaseSync, epoch: string): Pick<OpenFile, 'completeSeq' | 'checksum'> {
  database.exec(
    'CREATE TABLE IF NOT EXISTS extent (epoch TEXT NOT NULL, seq INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT',
  );
  const row = database.prepare('SELECT epoch, seq, checksum FROM extent').get();
  if (row?.['epoch'] === epoch) return { completeSeq: Number(row['seq']), checksum: Number(row['checksum']) };
  database.exec(`BEGIN IMMEDIATE;
    DROP TABLE IF EXISTS completeness;
    DROP TABLE IF EXISTS entry;
    CREATE TABLE entry (key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (key, value)) STRICT, WITHOUT ROWID;
    DELETE FROM extent;`);
  database.prepare('INSERT INTO extent (epoch, seq, checksum) VALUES (?, 0, 0)').run(epoch);
  database.exec('COMMIT');
  return { completeSeq: 0, checksum: 0 };
}
