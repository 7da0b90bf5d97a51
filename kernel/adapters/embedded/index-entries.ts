import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import type { IndexEntry } from '../../ports/key-index.ts';

export interface IndexAddition {
  readonly entries: readonly IndexEntry[];
  readonly completeSeq: number;
  /** The sum over the checksums of all entries so far, which does not depend on their order. */
  readonly checksum: number;
}

/** Sums of checksums stay exact. */
const CHECKSUMS = 2 ** 48;

export function addChecksum(sum: number, { key, value }: IndexEntry): number {
  return (sum + crc32(`${key}\0${value}`)) % CHECKSUMS;
}

/** Writes entries of an index; the tables must exist. */
export class IndexEntries {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #mark: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare('INSERT OR IGNORE INTO entry (key, value) VALUES (?, ?)');
    this.#mark = database.prepare('UPDATE extent SET seq = ?, checksum = ?');
  }

  /** All of it or nothing. @returns the sum over the checksums of all entries now */
  add({ entries, completeSeq, checksum: former }: IndexAddition): number {
    const database = this.#database;
    let checksum = former;
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const entry of entries) {
        const isNew = Number(this.#insert.run(entry.key, entry.value).changes) > 0;
        if (isNew) checksum = addChecksum(checksum, entry);
      }
      this.#mark.run(completeSeq, checksum);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
    return checksum;
  }
}
