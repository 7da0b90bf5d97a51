import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CollectionDefinition, Query } from '../../ports/documents.ts';
import { collectionTable } from './collection-table.ts';
import type { StoredRow } from './document-cache.ts';
import { BODY_FIELDS, findSql, KEPT_FIELDS, type FieldSql } from './document-query.ts';

/** Statements of different shapes that a collection keeps prepared. */
const FIND_STATEMENTS_MAX = 200;

/** Reads the rows of a collection, whose table must exist. */
export class CollectionReader {
  readonly #database: DatabaseSync;
  readonly #table: string;
  readonly #paths: ReadonlySet<string>;
  readonly #fields: FieldSql;
  readonly #get: StatementSync;
  readonly #getMany: StatementSync;
  readonly #finds = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, { name, indexes, isDerived }: CollectionDefinition) {
    const table = collectionTable(name);
    this.#database = database;
    this.#table = table;
    this.#paths = new Set(indexes.flatMap((index) => index.paths));
    this.#fields = isDerived === true ? BODY_FIELDS : KEPT_FIELDS;
    this.#get = database.prepare(`SELECT id, version, body FROM ${table} WHERE id = ?`);
    this.#getMany = database.prepare(
      `SELECT id, version, body FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
    );
  }

  get(id: string): StoredRow | undefined {
    return this.#get.get(id) as StoredRow | undefined;
  }

  getMany(ids: readonly string[]): readonly StoredRow[] {
    return ids.length === 0 ? [] : (this.#getMany.all(JSON.stringify(ids)) as unknown as StoredRow[]);
  }

  find(query: Query): readonly StoredRow[] {
    const { sql, values } = findSql(query, { table: this.#table, declared: this.#paths, fields: this.#fields });
    return this.#prepared(sql).all(...values) as unknown as StoredRow[];
  }

  #prepared(sql: string): StatementSync {
    const known = this.#finds.get(sql);
    if (known) return known;
    if (this.#finds.size >= FIND_STATEMENTS_MAX) this.#finds.clear();
    const statement = this.#database.prepare(sql);
    this.#finds.set(sql, statement);
    return statement;
  }
}
