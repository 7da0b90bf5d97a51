import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { collectionTable } from './collection-table.ts';

/** A document as it is written. */
export interface NewRow {
  readonly id: string;
  /** JSON. */
  readonly body: string;
  /** What it is found by, JSON; see `indexedFields`. */
  readonly fields: string;
}

/** Writes the rows of a collection, whose table must exist. To be called inside a commit. */
export class CollectionWriter {
  readonly #statements: Record<'insert' | 'updateBody' | 'update' | 'remove', StatementSync>;

  constructor(database: DatabaseSync, collection: string) {
    const table = collectionTable(collection);
    this.#statements = {
      insert: database.prepare(
        `INSERT INTO ${table} (id, version, body, fields) VALUES (?, 1, ?, ?) ON CONFLICT (id) DO NOTHING`,
      ),
      updateBody: database.prepare(
        `UPDATE ${table} SET version = version + 1, body = ? WHERE id = ? AND version = ? AND fields = ?`,
      ),
      update: database.prepare(
        `UPDATE ${table} SET version = version + 1, body = ?, fields = ? WHERE id = ? AND version = ?`,
      ),
      remove: database.prepare(`DELETE FROM ${table} WHERE id = ? AND version = ?`),
    };
  }

  /** @returns whether it stood at the version, 0 for not at all; otherwise nothing is changed */
  save({ id, body, fields }: NewRow, expectedVersion: number): boolean {
    const { insert, updateBody, update } = this.#statements;
    if (expectedVersion === 0) return insert.run(id, body, fields).changes === 1;
    // Every index is written that may have changed, so what is found by is left alone when it is the same.
    if (updateBody.run(body, id, expectedVersion, fields).changes === 1) return true;
    return update.run(body, fields, id, expectedVersion).changes === 1;
  }

  /** @returns whether it stood at the version; otherwise nothing is changed */
  remove(id: string, expectedVersion: number): boolean {
    return this.#statements.remove.run(id, expectedVersion).changes === 1;
  }
}
