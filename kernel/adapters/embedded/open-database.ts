import { DatabaseSync } from 'node:sqlite';
import { StorageFailed, StorageInUse, isBusy } from './storage-errors.ts';

/**
 * Opens a database file for this process alone.
 *
 * `synchronous=FULL` makes a commit durable before it returns. `locking_mode=EXCLUSIVE` comes first, because only then
 * does the write-ahead log live without shared memory and the lock stay for as long as the file is open.
 * @throws {StorageInUse} when anybody else has it open
 * @throws {StorageFailed} when it cannot be opened
 */
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    return database;
  } catch (error) {
    database?.close();
    throw isBusy(error) ? new StorageInUse(path, { cause: error }) : new StorageFailed(path, { cause: error });
  }
}
