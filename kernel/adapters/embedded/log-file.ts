import { closeSync, constants, fdatasync, fdatasyncSync, openSync } from 'node:fs';

/** The write-ahead log of a database, forced to the disk apart from the commits that write to it. */
export interface LogFile {
  /** Resolves when everything that was written before the call is on the disk. */
  sync(): Promise<void>;
  /** The same, while everybody waits. */
  syncNow(): void;
  close(): void;
}

/** The database must be open, so that its log is there, and stays the same file for as long. */
export function openLogFile(databasePath: string): LogFile {
  const file = openSync(`${databasePath}-wal`, constants.O_RDWR);
  let syncs = 0;
  let isClosed = false;
  const closeWhenIdle = (): void => {
    if (isClosed && syncs === 0) closeSync(file);
  };
  return {
    sync: () =>
      new Promise<void>((resolve, reject) => {
        syncs++;
        fdatasync(file, (error) => {
          syncs--;
          closeWhenIdle();
          if (error) reject(error);
          else resolve();
        });
      }),
    syncNow: () => fdatasyncSync(file),
    close: () => {
      isClosed = true;
      closeWhenIdle();
    },
  };
}
