import { cp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Journal } from '../../ports/journal.ts';
import { killAfterLines } from '../../testing/killed-process.ts';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { EMBEDDED_LIMITS } from './embedded-limits.ts';
import { openEmbeddedPlatform, type EmbeddedPlatform } from './open-embedded-platform.ts';

const EPOCH = '0000000000epoch0';
const DATABASE_PAGE_BYTES = 4_096;
/** Where the first page tells how many tables and indexes are listed on it. */
const TABLES_COUNT_AT = 103;

let temporary: TemporaryDirectory;
let directory: string;
let open: EmbeddedPlatform[] = [];

beforeEach(async () => {
  temporary = await temporaryDirectory();
  directory = join(temporary.path, 'data');
});
afterEach(async () => {
  await closeAll();
  await temporary.remove();
});

async function openPlatform(at = directory, telemetry = new RecordingTelemetry()): Promise<EmbeddedPlatform> {
  const platform = await openEmbeddedPlatform({ directory: at, telemetry });
  open.push(platform);
  return platform;
}

async function closeAll(): Promise<void> {
  for (const platform of open.splice(0)) await platform.close();
}

async function openJournal(at = directory): Promise<Journal> {
  return (await openPlatform(at)).openJournal('inventory');
}

/** Ten batches, each with a text of its own that can be found in the file. */
async function writeTen(): Promise<Journal> {
  const journal = await openJournal();
  for (let n = 1; n <= 10; n++) {
    await journal.append({ batchId: `batch-${n}`, recordedAtMs: n, events: [`needle-${n}-`] }, n - 1);
  }
  return journal;
}

async function readAll(journal: Journal, fromSeq = 1): Promise<number[]> {
  const seqs: number[] = [];
  for await (const { seq } of journal.read(fromSeq)) seqs.push(seq);
  return seqs;
}

async function flipByteAt(path: string, position: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[position] = (bytes[position] as number) ^ 0x01;
  await writeFile(path, bytes);
}

function changeDatabase(sql: string): void {
  const database = new DatabaseSync(join(directory, 'stockwire.db'));
  database.exec(sql);
  database.close();
}

describe('a damaged journal', () => {
  test('a flipped byte in the file is reported at its batch, and what is before it is still given', async () => {
    await writeTen();
    await closeAll();
    const file = join(directory, 'stockwire.db');
    await flipByteAt(file, (await readFile(file)).indexOf('needle-4-') + 2);
    const journal = await openJournal();
    await expect(readAll(journal)).rejects.toMatchObject({ name: 'JournalCorrupt', details: { seq: 4 } });
    await expect(readAll(journal, 6)).resolves.toEqual([6, 7, 8, 9, 10]);
  });

  test.each([
    ['a changed time', 'UPDATE journal_inventory SET recorded_at_ms = 99 WHERE seq = 4', 4],
    ['a missing batch', 'DELETE FROM journal_inventory WHERE seq = 4', 4],
    [
      'two batches that changed places',
      `UPDATE journal_inventory SET seq = 99 WHERE seq = 4;
       UPDATE journal_inventory SET seq = 4 WHERE seq = 5;
       UPDATE journal_inventory SET seq = 5 WHERE seq = 99`,
      4,
    ],
    ['a checksum of another row', 'UPDATE journal_inventory SET checksum = checksum + 1 WHERE seq = 6', 6],
  ])('%s is reported', async (_what, sql, seq) => {
    await writeTen();
    await closeAll();
    changeDatabase(sql);
    await expect(readAll(await openJournal())).rejects.toMatchObject({ name: 'JournalCorrupt', details: { seq } });
  });

  test('a page that the database itself cannot read is reported at the first batch on it', async () => {
    const journal = await openJournal();
    for (let n = 1; n <= 10; n++) {
      const events = [`needle-${n}-`.padEnd(3_000, 'x')];
      await journal.append({ batchId: `batch-${n}`, recordedAtMs: n, events }, n - 1);
    }
    await closeAll();
    const file = join(directory, 'stockwire.db');
    const at = (await readFile(file)).indexOf('needle-4-');
    // The kind of a page stands in its first byte.
    await flipByteAt(file, at - (at % DATABASE_PAGE_BYTES));
    const found = await readAll(await openJournal()).catch((error: unknown) => error);
    expect(found).toMatchObject({ name: 'JournalCorrupt', message: expect.stringMatching(/cannot be read/) });
    expect((found as { details: { seq: number } }).details.seq).toBeLessThanOrEqual(4);
    expect((found as { details: { seq: number } }).details.seq).toBeGreaterThan(1);
  });

  test.each([
    ['its table', 'ALTER TABLE journal_inventory RENAME TO journal_inventors'],
    ['its entry in the list of journals', `UPDATE journal SET context = 'inventors'`],
  ])('one that has lost %s is not made anew, empty', async (_what, sql) => {
    await writeTen();
    await closeAll();
    changeDatabase(sql);
    await expect(openJournal()).rejects.toMatchObject({ name: 'JournalCorrupt' });
  });

  test('a list of tables that lacks some is refused', async () => {
    await writeTen();
    await closeAll();
    const file = join(directory, 'stockwire.db');
    const bytes = await readFile(file);
    bytes.writeUInt16BE(bytes.readUInt16BE(TABLES_COUNT_AT) - 1, TABLES_COUNT_AT);
    await writeFile(file, bytes);
    await expect(openPlatform()).rejects.toMatchObject({ name: 'StorageDamaged' });
  });

  test('a damaged last batch is found at once when the journal is opened', async () => {
    await writeTen();
    await closeAll();
    changeDatabase(`UPDATE journal_inventory SET events = '["other"]' WHERE seq = 10`);
    await expect(openJournal()).rejects.toMatchObject({ name: 'JournalCorrupt', details: { seq: 10 } });
  });

  test('a shortened log looks whole, and is refused by who has seen more', async () => {
    await writeTen();
    await closeAll();
    changeDatabase('DELETE FROM journal_inventory WHERE seq > 7');
    const journal = await openJournal();
    await expect(readAll(journal)).resolves.toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(() => journal.assertReaches(10, 'the newest snapshot')).toThrow(
      /ends at 7.*the newest snapshot has seen 10/,
    );
  });
});

describe('a damaged write-ahead log', () => {
  /** A copy of the folder as a crash would leave it: nothing has moved from the write-ahead log to the database. */
  const crashedCopy = async (): Promise<string> => {
    await writeTen();
    const copy = join(temporary.path, 'copy');
    await cp(directory, copy, { recursive: true });
    return copy;
  };

  test('a whole one brings everything back', async () => {
    const copy = await crashedCopy();
    await expect(readAll(await openJournal(copy))).resolves.toHaveLength(10);
  });

  test('one that is damaged or cut short is refused, although the database opens without an error', async () => {
    const copy = await crashedCopy();
    const log = join(copy, 'stockwire.db-wal');
    const bytes = await readFile(log);
    await flipByteAt(log, bytes.indexOf('needle-6-'));
    await expect(openPlatform(copy)).rejects.toMatchObject({ name: 'StorageShortened' });
    await writeFile(log, bytes);
    await truncate(log, bytes.indexOf('needle-8-'));
    await expect(openPlatform(copy)).rejects.toThrow(/ends at commit \d+.*tells of commit \d+/);
  });

  test('who removes the mark goes on with what is left, and knows it', async () => {
    const copy = await crashedCopy();
    const log = join(copy, 'stockwire.db-wal');
    await truncate(log, (await readFile(log)).indexOf('needle-8-'));
    await expect(openPlatform(copy)).rejects.toMatchObject({ name: 'StorageShortened' });
    await rm(join(copy, 'stockwire.mark'));
    await expect(readAll(await openJournal(copy))).resolves.toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('a store in use', () => {
  test('another process is refused with one clear error', async () => {
    await openPlatform();
    const writer = new URL('testing/crash-writer.ts', import.meta.url);
    await expect(killAfterLines(writer, [directory, 'journal'], 1)).rejects.toThrow(/StorageInUse.*is in use/s);
  });

  test('this process is refused a second time too, and the first goes on', async () => {
    const journal = await openJournal();
    await expect(openPlatform()).rejects.toMatchObject({ name: 'StorageInUse', code: 'CONTEXT_UNAVAILABLE' });
    await expect(journal.append({ batchId: 'a', recordedAtMs: 0, events: [] }, 0)).resolves.toBe(1);
  });

  test('a journal has one writer inside the process, until it is closed', async () => {
    const platform = await openPlatform();
    const journal = await platform.openJournal('inventory');
    await expect(platform.openJournal('inventory')).rejects.toMatchObject({ name: 'StorageInUse' });
    await expect(platform.openJournal('orders')).resolves.toMatchObject({ epoch: expect.any(String) });
    await journal.close();
    await expect(platform.openJournal('inventory')).resolves.toMatchObject({ epoch: journal.epoch });
  });

  test('a durable consumer runs once at a time', async () => {
    const { streams } = await openPlatform();
    const options = {
      durable: 'projection',
      stream: 'TEST_EVENTS',
      from: 'first' as const,
      concurrencyMax: 1,
      deliveriesMax: 1,
      backoffMinMs: 1,
      backoffMaxMs: 1,
      handle: async () => undefined,
    };
    const consumer = await streams.consume(options);
    await expect(streams.consume(options)).rejects.toMatchObject({ name: 'StorageInUse' });
    await consumer.stop();
    await (await streams.consume(options)).stop();
  });

  test('a directory that cannot be made or opened is told as a failure of the storage', async () => {
    await writeFile(join(temporary.path, 'data'), 'a file, not a folder');
    await expect(openPlatform()).rejects.toMatchObject({ name: 'StorageFailed' });
  });
});

describe('damaged snapshots', () => {
  const files = async (): Promise<string[]> => (await readdir(join(directory, 'snapshots', 'inventory'))).sort();

  test('a damaged one is skipped for the former one, and told', async () => {
    const telemetry = new RecordingTelemetry();
    const { snapshots } = await openPlatform(directory, telemetry);
    for (const seq of [1, 2]) await snapshots.save('inventory', { epoch: EPOCH, seq, bytes: Buffer.from(`at ${seq}`) });
    const newest = join(directory, 'snapshots', 'inventory', (await files()).at(-1) as string);
    await flipByteAt(newest, 33);
    await expect(snapshots.newest('inventory', EPOCH)).resolves.toMatchObject({ seq: 1 });
    await truncate(newest, 10);
    await expect(snapshots.newest('inventory', EPOCH)).resolves.toMatchObject({ seq: 1 });
    expect(telemetry.logs.map((entry) => entry.message)).toEqual(
      Array.from({ length: 2 }, () => 'a damaged snapshot was skipped'),
    );
  });

  test('a snapshot under the name of another is not taken for it', async () => {
    const { snapshots } = await openPlatform();
    await snapshots.save('inventory', { epoch: EPOCH, seq: 1, bytes: Buffer.from('one') });
    const [name = ''] = await files();
    const folder = join(directory, 'snapshots', 'inventory');
    await cp(join(folder, name), join(folder, name.replace(/1\.snapshot$/, '9.snapshot')));
    await expect(snapshots.newest('inventory', EPOCH)).resolves.toMatchObject({ seq: 1 });
  });

  test('no more are kept than may be, and those of other epochs go', async () => {
    const { snapshots } = await openPlatform();
    await snapshots.save('inventory', { epoch: 'formerepoch', seq: 99, bytes: Buffer.from('former') });
    for (let seq = 1; seq <= 30; seq++)
      await snapshots.save('inventory', { epoch: EPOCH, seq, bytes: Buffer.from('x') });
    const kept = await snapshots.keptSeqs('inventory', EPOCH);
    expect(kept).toHaveLength(EMBEDDED_LIMITS.snapshotsKept);
    expect(await files()).toEqual(kept.toReversed().map((seq) => `${EPOCH}-${String(seq).padStart(16, '0')}.snapshot`));
  });
});
