import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { StorageShortened } from './storage-errors.ts';

/** A decimal number of this many digits fits any count of commits. */
const MARK_DIGITS = 16;

/**
 * The number of the last commit, kept in the database and again in a file beside it.
 *
 * A damaged write-ahead log opens without an error and silently ends before the damage. The number in the file, which
 * is written after each commit and so is never ahead of an undamaged database, shows it. The file is not forced to the
 * disk: after a power loss it may be behind, which only makes it less strict.
 */
export class CommitMark {
  /** Of the database when it was opened. */
  readonly commits: number;
  readonly #file: number;
  readonly #advance: StatementSync;
  readonly #buffer = Buffer.alloc(MARK_DIGITS);

  /** @throws {StorageShortened} when the database has fewer commits than the file tells of */
  constructor(database: DatabaseSync, path: string) {
    database.exec('CREATE TABLE IF NOT EXISTS commit_mark (id INTEGER PRIMARY KEY, commits INTEGER NOT NULL) STRICT');
    database.exec('INSERT OR IGNORE INTO commit_mark VALUES (1, 0)');
    this.#advance = database.prepare('UPDATE commit_mark SET commits = commits + 1 WHERE id = 1 RETURNING commits');
    const commits = Number(database.prepare('SELECT commits FROM commit_mark').get()?.['commits']);
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644);
    const marked = this.#read();
    this.commits = commits;
    if (commits >= marked) return;
    closeSync(this.#file);
    throw new StorageShortened(
      `The database ends at commit ${commits}, but ${path} tells of commit ${marked}. Restore it, or remove that file to go on with the loss.`,
      { commits, marked },
    );
  }

  /** Counts one more commit. Must run inside it. */
  advance(): number {
    return Number(this.#advance.get()?.['commits']);
  }

  /** The commit with this number is durable. */
  write(commits: number): void {
    this.#buffer.write(String(commits).padStart(MARK_DIGITS, '0'), 'latin1');
    writeSync(this.#file, this.#buffer, 0, MARK_DIGITS, 0);
  }

  close(): void {
    closeSync(this.#file);
  }

  /** A mark that is missing or torn counts as none. */
  #read(): number {
    const length = readSync(this.#file, this.#buffer, 0, MARK_DIGITS, 0);
    const text = this.#buffer.toString('latin1', 0, length);
    return /^\d{16}$/.test(text) ? Number(text) : 0;
  }
}
