import { parentPort, workerData } from 'node:worker_threads';
import { errorText } from './error-text.ts';
import { IndexEntries, type IndexAddition } from './index-entries.ts';
import { openIndexDatabase } from './open-database.ts';

/** What the thread answers to each addition. */
export type IndexWritten = { readonly checksum: number } | { readonly failure: string };

/* A thread that writes the entries of one index. `null` ends it. */
const database = openIndexDatabase(String(workerData));
const table = new IndexEntries(database);

parentPort?.on('message', (text: string | null) => {
  if (text === null) {
    database.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(write(JSON.parse(text) as IndexAddition), []);
});

function write(addition: IndexAddition): IndexWritten {
  try {
    return { checksum: table.add(addition) };
  } catch (error) {
    return { failure: errorText(error) };
  }
}
