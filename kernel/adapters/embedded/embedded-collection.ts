import type { StatementSync } from 'node:sqlite';
import { Refusal, invariant } from '../../model/errors.ts';
import { DocumentConflict, UniqueViolation } from '../../ports/document-errors.ts';
import type {
  Collection,
  CollectionDefinition,
  Document,
  OutboxEvent,
  Query,
  Versioned,
} from '../../ports/documents.ts';
import { collectionTable, indexName } from './collection-table.ts';
import type { DocumentCache, StoredRow } from './document-cache.ts';
import { findSql } from './document-query.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Outbox } from './outbox.ts';
import { isUniqueViolation } from './storage-errors.ts';

/** Statements of different shapes that a collection keeps prepared. */
const FIND_STATEMENTS_MAX = 200;

/** Documents looked up together that are held in memory; more would take the place of what is read again and again. */
const KEPT_AT_A_TIME_MAX = 20;

export interface EmbeddedCollectionOptions<D extends Document> {
  readonly definition: CollectionDefinition;
  readonly commits: GroupCommit;
  readonly outbox: Outbox;
  readonly documentBytesMax: number;
  /** Shared by everybody who opens the collection. */
  readonly cache: DocumentCache<D>;
}

/** One table of JSON documents; the table must exist. */
export class EmbeddedCollection<D extends Document> implements Collection<D> {
  readonly #options: EmbeddedCollectionOptions<D>;
  readonly #name: string;
  readonly #table: string;
  readonly #paths: ReadonlySet<string>;
  readonly #statements: Record<'get' | 'getMany' | 'insert' | 'update' | 'remove', StatementSync>;
  readonly #finds = new Map<string, StatementSync>();

  constructor(options: EmbeddedCollectionOptions<D>) {
    const { database } = options.commits;
    const table = collectionTable(options.definition.name);
    this.#options = options;
    this.#name = options.definition.name;
    this.#table = table;
    this.#paths = new Set(options.definition.indexes.flatMap((index) => index.paths));
    this.#statements = {
      get: database.prepare(`SELECT id, version, body FROM ${table} WHERE id = ?`),
      getMany: database.prepare(`SELECT id, version, body FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`),
      insert: database.prepare(`INSERT INTO ${table} (id, version, body) VALUES (?, 1, ?) ON CONFLICT (id) DO NOTHING`),
      update: database.prepare(`UPDATE ${table} SET version = version + 1, body = ? WHERE id = ? AND version = ?`),
      remove: database.prepare(`DELETE FROM ${table} WHERE id = ? AND version = ?`),
    };
  }

  async get(id: string): Promise<Versioned<D> | undefined> {
    const { cache } = this.#options;
    const held = cache.get(id);
    if (held) return held;
    const row = this.#statements.get.get(id);
    return row && cache.read(row as unknown as StoredRow, true);
  }

  async getMany(ids: readonly string[]): Promise<readonly Versioned<D>[]> {
    const held = new Map(ids.map((id) => [id, this.#options.cache.get(id)]));
    const others = ids.filter((id) => !held.get(id));
    const isToStay = others.length <= KEPT_AT_A_TIME_MAX;
    const read = others.length > 0 ? this.#read(this.#statements.getMany.all(JSON.stringify(others)), isToStay) : [];
    return [...[...held.values()].filter((found) => found !== undefined), ...read];
  }

  async save(document: D, expectedVersion: number, outbox: readonly OutboxEvent[] = []): Promise<number> {
    invariant(document.id !== '', `A document of ${this.#name} needs an id.`);
    // Written out at once: what the caller does to the objects afterwards is not saved.
    const { id } = document;
    const body = JSON.stringify(document);
    this.#assertFits(id, body);
    const events = outbox.map((event) => ({ ...event, text: JSON.stringify(event.envelope) }));
    const { commits, cache } = this.#options;
    const kept = cache.prepare(document, body);
    await commits.write(() => {
      this.#write(id, body, expectedVersion);
      cache.written(id, expectedVersion + 1);
      this.#options.outbox.add(this.#name, events);
    });
    if (kept) cache.keep(kept, expectedVersion + 1);
    if (events.length > 0) this.#options.outbox.wake();
    return expectedVersion + 1;
  }

  async delete(id: string, expectedVersion: number): Promise<void> {
    await this.#options.commits.write(() => {
      const { changes } = this.#statements.remove.run(id, expectedVersion);
      if (changes !== 1) throw new DocumentConflict(this.#name, id, expectedVersion);
      this.#options.cache.forget(id);
    });
  }

  async find(query: Query): Promise<readonly Versioned<D>[]> {
    const { sql, values } = findSql(this.#table, query, this.#paths);
    return this.#read(this.#find(sql).all(...values), false);
  }

  #read(rows: readonly unknown[], isToStay: boolean): readonly Versioned<D>[] {
    return rows.map((row) => this.#options.cache.read(row as StoredRow, isToStay));
  }

  #write(id: string, body: string, expectedVersion: number): void {
    const { insert, update } = this.#statements;
    try {
      const { changes } = expectedVersion === 0 ? insert.run(id, body) : update.run(body, id, expectedVersion);
      if (changes !== 1) throw new DocumentConflict(this.#name, id, expectedVersion);
    } catch (error) {
      throw isUniqueViolation(error) ? this.#violation(error) : error;
    }
  }

  /** SQLite tells the index in its message and nowhere else. */
  #violation(error: unknown): UniqueViolation {
    const { message } = error as Error;
    const { name, indexes } = this.#options.definition;
    const index = indexes.find((candidate) => message.includes(`'${indexName(name, candidate)}'`));
    return new UniqueViolation(name, index?.paths ?? []);
  }

  #find(sql: string): StatementSync {
    const known = this.#finds.get(sql);
    if (known) return known;
    if (this.#finds.size >= FIND_STATEMENTS_MAX) this.#finds.clear();
    const statement = this.#options.commits.database.prepare(sql);
    this.#finds.set(sql, statement);
    return statement;
  }

  #assertFits(id: string, body: string): void {
    const bytes = Buffer.byteLength(body);
    const { documentBytesMax } = this.#options;
    if (bytes <= documentBytesMax) return;
    throw new Refusal('LIMIT_EXCEEDED', `${this.#name} ${id} has ${bytes} bytes, more than ${documentBytesMax}.`, {
      limit: 'documentBytesMax',
      documentBytesMax,
      bytes,
    });
  }
}
