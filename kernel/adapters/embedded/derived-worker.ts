import { parentPort, workerData } from 'node:worker_threads';
import type { DerivedGroup } from './derived-change.ts';
import { DerivedTables } from './derived-tables.ts';
import { openDerivedDatabase } from './open-database.ts';

/* A thread that writes derived documents. `null` ends it. */
const { path, markPath } = workerData as { readonly path: string; readonly markPath: string };
const database = openDerivedDatabase(path);
const tables = new DerivedTables(database, markPath);

parentPort?.on('message', (text: string | null) => {
  if (text === null) {
    tables.close();
    database.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(tables.write(JSON.parse(text) as DerivedGroup), []);
});
