import type { DatabaseSync } from 'node:sqlite';

/** What derived documents were made of. */
export interface Origin {
  /** The id of the store. */
  readonly store: string;
  /** Its commits up to then. */
  readonly commits: number;
}

/** Notes it in the file of the derived documents, which has none yet. */
export function ensureOrigin(database: DatabaseSync, { store, commits }: Origin): void {
  database.exec('CREATE TABLE IF NOT EXISTS origin (store TEXT NOT NULL, commits INTEGER NOT NULL) STRICT');
  if (database.prepare('SELECT 1 FROM origin').get()) return;
  database.prepare('INSERT INTO origin (store, commits) VALUES (?, ?)').run(store, commits);
}

/** Whether they were made of this store, and of nothing that it does not hold any more, as after an older backup. */
export function isMadeOf(database: DatabaseSync, { store, commits }: Origin): boolean {
  const row = database.prepare('SELECT store, commits FROM origin').get();
  return row?.['store'] === store && Number(row['commits']) <= commits;
}
