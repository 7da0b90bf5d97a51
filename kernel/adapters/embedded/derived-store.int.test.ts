import { cp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Collection } from '../../ports/documents.ts';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { testEnvelope } from '../../testing/test-envelope.ts';
import { openEmbeddedPlatform, type EmbeddedPlatform } from './open-embedded-platform.ts';

interface Entry {
  readonly id: string;
  readonly key: string;
}

const ENTRIES = { name: 'entries', indexes: [{ paths: ['key'] }], isDerived: true } as const;
const ORDERS = { name: 'orders', indexes: [] };

describe('derived documents', () => {
  let temporary: TemporaryDirectory;
  let directory: string;
  let telemetry: RecordingTelemetry;
  let open: EmbeddedPlatform[] = [];

  beforeEach(async () => {
    temporary = await temporaryDirectory();
    directory = join(temporary.path, 'data');
    telemetry = new RecordingTelemetry();
  });
  afterEach(async () => {
    await closeAll();
    await temporary.remove();
  });

  async function openPlatform(at = directory): Promise<EmbeddedPlatform> {
    const platform = await openEmbeddedPlatform({ directory: at, telemetry });
    open.push(platform);
    return platform;
  }

  const openEntries = async (at = directory): Promise<Collection<Entry>> =>
    (await openPlatform(at)).documents.collection<Entry>(ENTRIES);

  async function closeAll(): Promise<void> {
    for (const platform of open.splice(0)) await platform.close();
  }

  const save = (entries: Collection<Entry>, ...ids: readonly string[]): Promise<unknown> =>
    Promise.all(ids.map((id) => entries.save({ id, key: 'k' }, 0)));

  async function idsIn(entries: Collection<Entry>): Promise<readonly string[]> {
    const found = await entries.find({ where: { key: { eq: 'k' } }, limit: 1_000 });
    return found.map(({ document }) => document.id);
  }

  const warnings = (): readonly string[] =>
    telemetry.logs.filter(({ level }) => level === 'warn').map(({ message }) => message);

  test('they are saved, found, changed and removed at their versions, and are there after a restart', async () => {
    const entries = await openEntries();
    await save(entries, 'a', 'b', 'c');
    expect(await entries.save({ id: 'a', key: 'other' }, 1)).toBe(2);
    await entries.delete('b', 1);
    for (const stale of [save(entries, 'a'), entries.save({ id: 'c', key: 'k' }, 2), entries.delete('b', 1)]) {
      await expect(stale).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
    }
    await closeAll();
    const again = await openEntries();
    expect(await idsIn(again)).toEqual(['c']);
    expect(await again.getMany(['a', 'b'])).toEqual([{ document: { id: 'a', key: 'other' }, version: 2 }]);
    expect([await again.get('a'), await again.get('b')]).toMatchObject([{ version: 2 }, undefined]);
    expect(warnings()).toEqual([]);
  });

  test('many are written in another thread, and what comes after them is too, in order', async () => {
    const entries = await openEntries();
    const ids = Array.from({ length: 300 }, (_, n) => `n-${String(n).padStart(3, '0')}`);
    const first = save(entries, 'a');
    await Promise.all([first, save(entries, ...ids), entries.save({ id: 'a', key: 'k' }, 1)]);
    await entries.delete('n-000', 1);
    await closeAll();
    expect(await idsIn(await openEntries())).toEqual(['a', ...ids.slice(1)]);
    expect(warnings()).toEqual([]);
  });

  test('their saves are no commits of the store', async () => {
    const entries = await openEntries();
    const before = telemetry.observations.length;
    await save(entries, 'a', 'b', 'c');
    const observed = telemetry.observations.slice(before).filter(({ name }) => name === 'storage_commit_writes');
    expect(observed.map(({ value, labels }) => [labels['store'], value])).toEqual([['derived', 3]]);
  });

  test('they publish nothing and have no uniqueness of their own', async () => {
    const { documents, ids } = await openPlatform();
    const entries = await documents.collection<Entry>(ENTRIES);
    const event = { stream: 'TEST_EVENTS', subject: 'subject', envelope: testEnvelope(ids, 'a', {}) };
    await expect(entries.save({ id: 'a', key: 'k' }, 0, [event])).rejects.toThrow('is news to nobody');
    const unique = { ...ENTRIES, name: 'others', indexes: [{ paths: ['key'], unique: true }] };
    await expect(documents.collection<Entry>(unique)).rejects.toThrow('uniqueness of its origin');
  });

  test('after a crash everything is there that was acknowledged', async () => {
    const entries = await openEntries();
    await save(entries, 'a', 'b');
    // Nothing has moved from the write-ahead logs to the databases.
    const copy = join(temporary.path, 'copy');
    await cp(directory, copy, { recursive: true });
    await rm(join(copy, 'derived.db-shm'));
    expect(await idsIn(await openEntries(copy))).toEqual(['a', 'b']);
    expect(warnings()).toEqual([]);
  });

  describe('are begun anew, and the store goes on,', () => {
    const file = (name: string): string => join(directory, name);
    const damages: readonly (readonly [string, () => Promise<void>])[] = [
      ['when their file was deleted', () => rm(file('derived.db'))],
      ['when it is damaged', () => writeFile(file('derived.db'), 'This is no database.'.repeat(1_000))],
      ['when it lost what it held', () => cutShort()],
      ['when it is that of another store', () => takeFromAnotherStore()],
      ['when the store is older than they are', () => restoreOlderStore()],
    ];

    /** The write-ahead log ends before the last commit, which the mark tells of. */
    async function cutShort(): Promise<void> {
      const kept = await readFile(file('derived.mark'));
      await writeFile(file('derived.mark'), String(Number(kept) + 1).padStart(kept.length, '0'));
    }

    async function takeFromAnotherStore(): Promise<void> {
      const other = join(temporary.path, 'other');
      const entries = await openEntries(other);
      await save(entries, 'foreign');
      await closeAll();
      for (const name of ['derived.db', 'derived.mark']) await cp(join(other, name), file(name));
    }

    async function restoreOlderStore(): Promise<void> {
      const backup = await readFile(file('stockwire.db'));
      const platform = await openPlatform();
      const orders = await platform.documents.collection<{ id: string }>(ORDERS);
      for (const id of ['1', '2', '3', '4', '5']) await orders.save({ id }, 0);
      await save(await platform.documents.collection<Entry>(ENTRIES), 'newer');
      await closeAll();
      await writeFile(file('stockwire.db'), backup);
      await rm(file('stockwire.mark'));
    }

    test.each(damages)('%s', async (_when, damage) => {
      const platform = await openPlatform();
      const orders = await platform.documents.collection<{ id: string }>(ORDERS);
      await orders.save({ id: 'kept' }, 0);
      await save(await platform.documents.collection<Entry>(ENTRIES), 'a');
      await closeAll();
      await damage();
      const again = await openPlatform();
      const entries = await again.documents.collection<Entry>(ENTRIES);
      expect(await idsIn(entries)).toEqual([]);
      await save(entries, 'b');
      expect(await idsIn(entries)).toEqual(['b']);
      expect(await (await again.documents.collection(ORDERS)).get('kept')).toMatchObject({ version: 1 });
    });
  });

  test('a log that ends early is seen, and they are begun anew', async () => {
    const entries = await openEntries();
    await save(entries, 'a');
    await save(entries, 'b');
    const copy = join(temporary.path, 'copy');
    await cp(directory, copy, { recursive: true });
    const log = join(copy, 'derived.db-wal');
    await truncate(log, (await readFile(log)).lastIndexOf('"b"'));
    expect(await idsIn(await openEntries(copy))).toEqual([]);
    expect(warnings()).toEqual(['derived documents are made anew']);
  });
});
