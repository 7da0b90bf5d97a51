import { parentPort, workerData } from 'node:worker_threads';
import { CommitMark } from './commit-mark.ts';
import type { DerivedChange, DerivedGroup, DerivedOutcome } from './derived-change.ts';
import { DerivedRows } from './derived-rows.ts';
import { errorText } from './error-text.ts';
import { openDerivedDatabase } from './open-database.ts';

/* A thread that writes derived documents. `null` ends it. */
const { path, markPath } = workerData as { readonly path: string; readonly markPath: string };
const database = openDerivedDatabase(path);
const mark = new CommitMark(database, markPath);
const noteOrigin = database.prepare('UPDATE origin SET commits = max(commits, ?)');
const tables = new Map<string, DerivedRows>();

parentPort?.on('message', (text: string | null) => {
  if (text === null) {
    mark.close();
    database.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(write(JSON.parse(text) as DerivedGroup), []);
});

function write({ changes, storeCommits }: DerivedGroup): DerivedOutcome {
  try {
    database.exec('BEGIN IMMEDIATE');
    const done = changes.map(apply);
    noteOrigin.run(storeCommits);
    const commits = mark.advance();
    database.exec('COMMIT');
    mark.write(commits);
    return { done };
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    return { failure: errorText(error) };
  }
}

function apply(change: DerivedChange): boolean {
  const { collection } = change;
  const rows = tables.get(collection) ?? new DerivedRows(database, collection);
  tables.set(collection, rows);
  return rows.apply(change);
}
