import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CommitMark } from './commit-mark.ts';
import type { DerivedChange, DerivedGroup, DerivedOutcome } from './derived-change.ts';
import { DerivedRows } from './derived-rows.ts';
import { errorText } from './error-text.ts';

/** Commits changes of derived documents, over whichever connection. Their tables must exist. */
export class DerivedTables {
  readonly #database: DatabaseSync;
  readonly #mark: CommitMark;
  readonly #noteOrigin: StatementSync;
  readonly #tables = new Map<string, DerivedRows>();

  constructor(database: DatabaseSync, markPath: string) {
    this.#database = database;
    this.#mark = new CommitMark(database, markPath);
    this.#noteOrigin = database.prepare('UPDATE origin SET commits = max(commits, ?)');
  }

  /** All of it or nothing. */
  write({ changes, storeCommits }: DerivedGroup): DerivedOutcome {
    const database = this.#database;
    try {
      database.exec('BEGIN IMMEDIATE');
      const done = changes.map((change) => this.#apply(change));
      this.#noteOrigin.run(storeCommits);
      const commits = this.#mark.advance();
      database.exec('COMMIT');
      this.#mark.write(commits);
      return { done };
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      return { failure: errorText(error) };
    }
  }

  close(): void {
    this.#mark.close();
  }

  #apply(change: DerivedChange): boolean {
    const { collection } = change;
    const rows = this.#tables.get(collection) ?? new DerivedRows(this.#database, collection);
    this.#tables.set(collection, rows);
    return rows.apply(change);
  }
}
