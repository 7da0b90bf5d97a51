import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { invariant } from '../../model/errors.ts';
import type { CollectionDefinition, Document } from '../../ports/documents.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { CollectionReader } from './collection-reader.ts';
import { ensureCollection } from './collection-table.ts';
import { CommitMark } from './commit-mark.ts';
import { DerivedCollection } from './derived-collection.ts';
import { ensureOrigin, isMadeOf, type Origin } from './derived-origin.ts';
import { DerivedTables } from './derived-tables.ts';
import { DerivedWriter } from './derived-writer.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import { errorText } from './error-text.ts';
import { openDerivedDatabase } from './open-database.ts';

export interface DerivedStoreOptions {
  /** Of the store, whose lock keeps other processes out. */
  readonly directory: string;
  readonly telemetry: Telemetry;
  readonly limits: EmbeddedLimits;
  /** The store as it is now, of which everything here is made. */
  readonly origin: Origin;
  /** How many commits of the store are durable. */
  readonly storeCommits: () => number;
}

/**
 * `derived.db`: documents that are made from those of the store, in a file with commits of its own. It may lag behind the
 * store, whose consumers know how far it is, and may be deleted; one that is damaged, shorter than it was, or made of
 * something else than the store is begun anew.
 */
export class DerivedStore {
  readonly #options: DerivedStoreOptions;
  readonly #database: DatabaseSync;
  readonly #writer: DerivedWriter;

  constructor(options: DerivedStoreOptions) {
    const { directory, telemetry, limits, storeCommits } = options;
    const [path, markPath] = pathsOf(directory);
    this.#options = options;
    this.#database = openOrBeginAnew(options);
    const tables = new DerivedTables(this.#database, markPath);
    this.#writer = new DerivedWriter({ tables, path, markPath, telemetry, ...limits, storeCommits });
  }

  collection<D extends Document>(definition: CollectionDefinition): DerivedCollection<D> {
    const isUnique = definition.indexes.some(({ unique }) => unique === true);
    invariant(!isUnique, `What is derived, as ${definition.name}, follows the uniqueness of its origin.`);
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      ensureCollection(this.#database, definition);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
    const { documentBytesMax } = this.#options.limits;
    const reader = new CollectionReader(this.#database, definition);
    return new DerivedCollection<D>({ definition, reader, writer: this.#writer, documentBytesMax });
  }

  async close(): Promise<void> {
    await this.#writer.close();
    this.#database.close();
  }
}

function openOrBeginAnew(options: DerivedStoreOptions): DatabaseSync {
  const paths = pathsOf(options.directory);
  try {
    return openChecked(paths, options.origin);
  } catch (error) {
    options.telemetry.log('warn', 'derived documents are made anew', { error: errorText(error) });
    const [path, markPath] = paths;
    for (const file of [path, `${path}-wal`, `${path}-shm`, markPath]) rmSync(file, { force: true });
    return openChecked(paths, options.origin);
  }
}

/** @throws when it is not what it was, or not made of the store */
function openChecked([path, markPath]: readonly [string, string], origin: Origin): DatabaseSync {
  const database = openDerivedDatabase(path);
  try {
    ensureOrigin(database, origin);
    new CommitMark(database, markPath).close();
    if (!isMadeOf(database, origin)) throw new Error('They were made of another store, or of more than it holds now.');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const pathsOf = (directory: string): readonly [path: string, markPath: string] => [
  join(directory, 'derived.db'),
  join(directory, 'derived.mark'),
];
