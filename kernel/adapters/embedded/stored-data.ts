import type { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { CollectionDefinition, IndexDefinition } from '../../ports/documents.ts';
import { JournalCorrupt } from '../../ports/journal-errors.ts';
import { collectionTable, pathsOf } from './collection-table.ts';
import type { ConsumerName, ConsumerProgress, DeadLetterRow } from './consumer-table.ts';
import { ConsumerTable } from './consumer-table.ts';
import { checksumOf, journalTable, type BatchRow } from './embedded-journal.ts';
import { openDatabase } from './open-database.ts';
import { streamTableName } from './stream-table.ts';

export interface StoredLog {
  /** The context of a journal, the name of a stream. */
  readonly name: string;
  readonly epoch: string;
  /** The sequence of the last entry, 0 for none. */
  readonly head: number;
}

export interface StoredMessage {
  readonly seq: number;
  readonly id: string;
  readonly subject: string;
  readonly type: string;
  readonly envelope: string;
}

export interface StoredDocument {
  readonly id: string;
  readonly version: number;
  /** JSON. */
  readonly body: string;
}

const PAGE = 500;
const LETTERS_MAX = 1_000_000;

/**
 * All that a data directory holds, for whoever takes it elsewhere. It is locked as long as it is open.
 * @throws {StorageInUse} when a hub has it open
 */
export class StoredData {
  readonly #database: DatabaseSync;

  constructor(directory: string) {
    this.#database = openDatabase(join(directory, 'stockwire.db'));
  }

  journals(): readonly StoredLog[] {
    const list = 'SELECT context AS name, epoch FROM journal ORDER BY context';
    return this.#logs(list, 'journal', (name) => this.#journalHead(name));
  }

  streams(): readonly StoredLog[] {
    return this.#logs('SELECT name, epoch FROM stream ORDER BY name', 'stream', (name) => this.#streamHead(name));
  }

  /** @throws {JournalCorrupt} at the first batch that is not what was appended */
  *batches(context: string, afterSeq: number): Generator<BatchRow> {
    const table = journalTable(context);
    const page = this.#database.prepare(`SELECT * FROM ${table} WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`);
    const before = this.#database.prepare(`SELECT checksum FROM ${table} WHERE seq = ?`).get(afterSeq);
    let [seq, checksum] = [afterSeq, Number(before?.['checksum'] ?? 0)];
    for (;;) {
      const rows = page.all(seq) as unknown as BatchRow[];
      for (const row of rows) {
        if (row.seq !== seq + 1 || row.checksum !== checksumOf(row, checksum)) throw corrupt(context, seq + 1);
        yield row;
        [seq, checksum] = [row.seq, row.checksum];
      }
      if (rows.length < PAGE) return;
    }
  }

  *messages(stream: string, afterSeq: number): Generator<StoredMessage> {
    const columns = 'seq, id, subject, type, envelope';
    const page = this.#database.prepare(
      `SELECT ${columns} FROM ${streamTableName(stream)} WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`,
    );
    let seq = afterSeq;
    for (;;) {
      const rows = page.all(seq) as unknown as StoredMessage[];
      yield* rows;
      if (rows.length < PAGE) return;
      seq = rows.at(-1)?.seq ?? seq;
    }
  }

  consumers(): readonly (ConsumerName & ConsumerProgress)[] {
    if (!this.#has('consumer')) return [];
    const table = new ConsumerTable(this.#database);
    return this.#database
      .prepare('SELECT stream, durable FROM consumer ORDER BY stream, durable')
      .all()
      .map((row) => {
        const name = { stream: String(row['stream']), durable: String(row['durable']) };
        return { ...name, ...table.progress(name) };
      });
  }

  deadLetters(stream: string): readonly DeadLetterRow[] {
    return this.#has('dead_letter') ? new ConsumerTable(this.#database).deadLetters(stream, LETTERS_MAX) : [];
  }

  /** With the indexes that were last declared, which their names tell. */
  collections(): readonly CollectionDefinition[] {
    return this.#database
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'documents\\_%' ESCAPE '\\' ORDER BY name",
      )
      .all()
      .map((row) => {
        const name = String(row['name']).slice('documents_'.length);
        return { name, indexes: this.#indexesOf(name) };
      });
  }

  countDocuments(collection: string): number {
    const row = this.#database.prepare(`SELECT count(*) AS count FROM ${collectionTable(collection)}`).get();
    return Number(row?.['count']);
  }

  *documents(collection: string): Generator<readonly StoredDocument[]> {
    const page = this.#database.prepare(
      `SELECT id, version, body FROM ${collectionTable(collection)} WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
    );
    for (let after = ''; ;) {
      const rows = page.all(after) as unknown as StoredDocument[];
      if (rows.length > 0) yield rows;
      if (rows.length < PAGE) return;
      after = rows.at(-1)?.id ?? after;
    }
  }

  /** Those of these ids that are there. */
  knownIds(collection: string, ids: readonly string[]): ReadonlySet<string> {
    const rows = this.#database
      .prepare(`SELECT id FROM ${collectionTable(collection)} WHERE id IN (SELECT value FROM json_each(?))`)
      .all(JSON.stringify(ids));
    return new Set(rows.map((row) => String(row['id'])));
  }

  /** Events that were saved with a document and are not published yet. */
  countUnpublished(): number {
    if (!this.#has('outbox')) return 0;
    return Number(this.#database.prepare('SELECT count(*) AS count FROM outbox').get()?.['count']);
  }

  close(): void {
    this.#database.close();
  }

  #logs(list: string, listTable: string, headOf: (name: string) => number): readonly StoredLog[] {
    if (!this.#has(listTable)) return [];
    return this.#database
      .prepare(list)
      .all()
      .map((row) => {
        const name = String(row['name']);
        return { name, epoch: String(row['epoch']), head: headOf(name) };
      });
  }

  /** Nothing was ever taken out of a journal. */
  #journalHead(name: string): number {
    const state = this.#database.prepare(`SELECT max(seq) AS head, count(*) AS count FROM ${journalTable(name)}`).get();
    const head = Number(state?.['head'] ?? 0);
    if (Number(state?.['count']) !== head) throw corrupt(name, head);
    return head;
  }

  /** The last place that was given, also when what stood there was taken out. */
  #streamHead(name: string): number {
    const row = this.#database.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').get(`stream_${name}`);
    return Number(row?.['seq'] ?? 0);
  }

  #indexesOf(collection: string): readonly IndexDefinition[] {
    const prefix = `documents_${collection}`;
    return this.#database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name")
      .all(prefix)
      .map((row) => {
        const name = String(row['name']);
        const paths = pathsOf(name, collection);
        return { paths, ...(name.charAt(prefix.length) === '!' && { unique: true }) };
      });
  }

  #has(table: string): boolean {
    const find = this.#database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
    return find.get(table) !== undefined;
  }
}

function corrupt(log: string, seq: number): JournalCorrupt {
  return new JournalCorrupt(`The log ${log} is not what was written up to ${seq}.`, { log, seq });
}
