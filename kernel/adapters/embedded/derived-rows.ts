import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { collectionTable } from './collection-table.ts';
import type { DerivedChange } from './derived-change.ts';

/** Writes the rows of a derived collection, whose table must exist. To be called inside a commit. */
export class DerivedRows {
  readonly #statements: Record<'insert' | 'update' | 'remove', StatementSync>;

  constructor(database: DatabaseSync, collection: string) {
    const table = collectionTable(collection);
    this.#statements = {
      insert: database.prepare(`INSERT INTO ${table} (id, version, body) VALUES (?, 1, ?) ON CONFLICT (id) DO NOTHING`),
      update: database.prepare(`UPDATE ${table} SET version = version + 1, body = ? WHERE id = ? AND version = ?`),
      remove: database.prepare(`DELETE FROM ${table} WHERE id = ? AND version = ?`),
    };
  }

  /** @returns whether it stood at the version, 0 for not at all; otherwise nothing is changed */
  apply({ id, expectedVersion, body }: DerivedChange): boolean {
    const { insert, update, remove } = this.#statements;
    if (body === undefined) return remove.run(id, expectedVersion).changes === 1;
    const { changes } = expectedVersion === 0 ? insert.run(id, body) : update.run(body, id, expectedVersion);
    return changes === 1;
  }
}
