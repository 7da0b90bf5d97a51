import { DatabaseSync } from 'node:sqlite';
import { StorageFailed, StorageInUse, isBusy } from './storage-errors.ts';

/**
 * Pages of the write-ahead log that are carried over to the file at once, while everybody waits: a megabyte, some 2 ms.
 * SQLite's own thousand take four times as long, and nothing goes faster for it.
 */
const CHECKPOINT_PAGES = 250;

/**
 * Pages that are held in memory, in KiB. SQLite's own two megabytes are less than the indexes that a busy hour writes to, which
 * are then read from the file again and again.
 */
const CACHE_KIB = 65_536;

/**
 * Opens a database file for this process alone.
 *
 * A commit is written when it returns and durable when the write-ahead log was forced to the disk, see LogFile: that is all
 * that `synchronous=FULL` does besides `NORMAL`, which keeps the file whole. `locking_mode=EXCLUSIVE` comes first, because
 * only then does the write-ahead log live without shared memory and the lock stay for as long as the file is open.
 * @throws {StorageInUse} when anybody else has it open
 * @throws {StorageFailed} when it cannot be opened
 */
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = NORMAL');
    // Each write of a group may be undone, for which its pages are copied: to a file otherwise, once there were many.
    database.exec('PRAGMA temp_store = MEMORY');
    database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    return database;
  } catch (error) {
    database?.close();
    throw isBusy(error) ? new StorageInUse(path, { cause: error }) : new StorageFailed(path, { cause: error });
  }
}

/** How long a connection of this process waits for the other one. */
const BUSY_MS = 5_000;

/**
 * Opens the file of an index for several threads of this process; the lock on the store keeps other processes out. A power
 * loss may cost the newest additions, which the journal still has.
 * @throws {StorageFailed} when it cannot be opened
 */
export function openIndexDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: BUSY_MS });
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = NORMAL');
    database.exec('BEGIN IMMEDIATE; COMMIT');
    return database;
  } catch (error) {
    database?.close();
    throw new StorageFailed(path, { cause: error });
  }
}

/** Pages of the log of derived documents that are carried over at once, by a thread that keeps nobody waiting: 16 MiB. */
const DERIVED_CHECKPOINT_PAGES = 4_096;

/**
 * Opens the file of derived documents for several threads of this process; the lock on the store keeps other processes out.
 * What another thread sees is durable.
 * @throws {StorageFailed} when it cannot be opened
 */
export function openDerivedDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: BUSY_MS });
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    database.exec(`PRAGMA wal_autocheckpoint = ${DERIVED_CHECKPOINT_PAGES}`);
    database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    database.exec('BEGIN IMMEDIATE; COMMIT');
    return database;
  } catch (error) {
    database?.close();
    throw new StorageFailed(path, { cause: error });
  }
}
