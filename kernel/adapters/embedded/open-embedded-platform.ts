import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Platform } from '../../ports/platform.ts';
import { silentTelemetry } from '../../ports/silent-telemetry.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { CommitMark } from './commit-mark.ts';
import { EmbeddedChangeFeed } from './embedded-change-feed.ts';
import { EmbeddedDocuments } from './embedded-documents.ts';
import { EmbeddedJournals } from './embedded-journals.ts';
import { EmbeddedChainIndexes } from './embedded-chain-indexes.ts';
import { EmbeddedKeyIndexes } from './embedded-key-indexes.ts';
import { EmbeddedLease } from './embedded-lease.ts';
import { EMBEDDED_LIMITS, type EmbeddedLimits } from './embedded-limits.ts';
import { EmbeddedRpc } from './embedded-rpc.ts';
import { EmbeddedStreams } from './embedded-streams.ts';
import { FileSnapshotStore } from './file-snapshot-store.ts';
import { GroupCommit } from './group-commit.ts';
import { MeasuredPace } from './disk-pace.ts';
import { openLogFile } from './log-file.ts';
import { openDatabase } from './open-database.ts';
import { publishLeftOver } from './publish-left-over.ts';
import { StorageDamaged, StorageFailed, toStorageError } from './storage-errors.ts';
import { SystemClock } from './system-clock.ts';
import { UuidV7Ids } from './uuid-v7-ids.ts';

export interface EmbeddedPlatformOptions {
  /** The data directory; made when it does not exist. One process may have it open. */
  readonly directory: string;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Default: UUIDv7 and randomness of the machine. */
  readonly ids?: Ids;
  /** Default: none. */
  readonly telemetry?: Telemetry;
  /** Those that differ from EMBEDDED_LIMITS. */
  readonly limits?: Partial<EmbeddedLimits>;
}

export interface EmbeddedPlatform extends Platform {
  readonly rpc: EmbeddedRpc;
  /** As the port, with what bounds a stream. */
  readonly streams: EmbeddedStreams;
  /** Stops consumers, commits what waits, and lets go of the directory. May be called twice. */
  close(): Promise<void>;
}

/**
 * Everything in this process over one data directory: `stockwire.db` with its mark; `derived.db` with its own, of documents
 * that are made from others; and the caches of its journals: snapshots under `snapshots/`, indexes under `indexes/`.
 * Journal, streams and documents share the file, and so the commits: a journal of its own was not quicker.
 * @throws {StorageInUse} when another process has the directory open
 * @throws {StorageFailed} when it cannot be opened
 * @throws {StorageShortened} when the database lost what it once held
 */
export async function openEmbeddedPlatform(options: EmbeddedPlatformOptions): Promise<EmbeddedPlatform> {
  const { directory, clock = new SystemClock(), ids = new UuidV7Ids(), telemetry = silentTelemetry } = options;
  const limits: EmbeddedLimits = { ...EMBEDDED_LIMITS, ...options.limits };
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw new StorageFailed(directory, { cause: error });
  });
  const commits = openStore(directory, telemetry, limits);
  const journals = new EmbeddedJournals({ commits, ids, limits });
  const streams = new EmbeddedStreams({ commits, clock, ids, telemetry, limits });
  const documents = new EmbeddedDocuments({ directory, commits, streams, ids, telemetry, limits });
  const indexes = new EmbeddedKeyIndexes({ directory: join(directory, 'indexes'), telemetry, limits });
  const chains = new EmbeddedChainIndexes({ directory: join(directory, 'indexes'), telemetry, limits });
  const lease = new EmbeddedLease();
  await publishLeftOver(commits, streams).catch((error: unknown) => {
    commits.close();
    throw toStorageError(error, directory);
  });
  return {
    clock,
    ids,
    telemetry,
    streams,
    documents,
    changeFeed: new EmbeddedChangeFeed(telemetry, limits),
    rpc: new EmbeddedRpc(clock, limits),
    lease,
    openJournal: (context) => journals.open(context),
    snapshots: new FileSnapshotStore({
      directory: join(directory, 'snapshots'),
      telemetry,
      kept: limits.snapshotsKept,
    }),
    openKeyIndex: (name, epoch) => indexes.open(name, epoch),
    openChainIndex: (name, epoch) => chains.open(name, epoch),
    close: async () => {
      await indexes.close();
      await chains.close();
      await streams.close();
      await documents.close();
      commits.close();
    },
  };
}

function openStore(directory: string, telemetry: Telemetry, limits: EmbeddedLimits): GroupCommit {
  const path = join(directory, 'stockwire.db');
  const database = openDatabase(path);
  try {
    assertSoundList(database, directory);
    const mark = new CommitMark(database, join(directory, 'stockwire.mark'));
    const log = openLogFile(path);
    // What a process that was killed had written and nobody was told of may not be on the disk yet.
    log.syncNow();
    return new GroupCommit(database, { name: 'store', mark, log, pace: new MeasuredPace(), telemetry, ...limits });
  } catch (error) {
    database.close();
    throw toStorageError(error, directory);
  }
}

/** A table that has gone from the list would be made anew, empty, as if nothing had ever been in it. */
function assertSoundList(database: DatabaseSync, directory: string): void {
  const [row = {}] = database.prepare('PRAGMA quick_check(sqlite_schema)').all();
  const [verdict] = Object.values(row);
  if (verdict === 'ok') return;
  throw new StorageDamaged(`The list of tables of the store in ${directory} is damaged.`, {
    directory,
    verdict: String(verdict),
  });
}
