import { readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { openEmbeddedPlatform } from './open-embedded-platform.ts';

const EPOCH = '0000000000epoch0';

let directory: TemporaryDirectory;
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => directory.remove());

test.each([
  ['is no database', (path: string) => writeFile(path, 'x'.repeat(8_192))],
  ['was cut off', (path: string) => truncate(path, 1_000)],
])('an index whose file %s is made anew, empty', async (_, damage) => {
  const telemetry = new RecordingTelemetry();
  const options = { directory: directory.path, telemetry };
  const first = await openEmbeddedPlatform(options);
  const index = await first.openKeyIndex('facts', EPOCH);
  await index.add([{ key: 'k', value: 'v' }], 5);
  await first.close();
  expect(await readdir(join(directory.path, 'indexes'))).toContain('facts.db');
  await damage(join(directory.path, 'indexes', 'facts.db'));

  const second = await openEmbeddedPlatform(options);
  const again = await second.openKeyIndex('facts', EPOCH);
  expect(again.completeSeq).toBe(0);
  expect((await again.find(['k'])).size).toBe(0);
  await again.add([{ key: 'k', value: 'v' }], 5);
  await second.close();
});

test('an index is open once at a time, and closes with its platform', async () => {
  const platform = await openEmbeddedPlatform({ directory: directory.path });
  const index = await platform.openKeyIndex('facts', EPOCH);
  await expect(platform.openKeyIndex('facts', EPOCH)).rejects.toThrow('in use');
  await platform.close();
  await expect(index.find(['k'])).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
});

test('long additions and short ones are kept in their order, and look-ups go on meanwhile', async () => {
  const entriesOf = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => ({ key: `key-${(from + n) % 1_500}`, value: String(from + n) }));
  const telemetry = new RecordingTelemetry();
  const first = await openEmbeddedPlatform({ directory: directory.path, telemetry });
  const index = await first.openKeyIndex('facts', EPOCH);
  await index.add([{ key: 'known', value: 'v' }], 1);
  const adding = [
    index.add(entriesOf(0, 1_000), 2),
    index.add(entriesOf(1_000, 5), 3),
    index.add(entriesOf(1_005, 995), 4),
  ];
  expect(await index.find(['known'])).toEqual(new Map([['known', ['v']]]));
  await Promise.all(adding);
  expect(index.completeSeq).toBe(4);
  await first.close();

  const second = await openEmbeddedPlatform({ directory: directory.path, telemetry });
  const again = await second.openKeyIndex('facts', EPOCH);
  const found = await again.find(['key-0', 'key-499', 'key-1002', 'nobody']);
  expect(new Map([...found].map(([key, values]) => [key, [...values].sort()]))).toEqual(
    new Map([
      ['key-0', ['0', '1500']],
      ['key-499', ['1999', '499']],
      ['key-1002', ['1002']],
    ]),
  );
  const keys = new Set<string>();
  for await (const page of again.keys()) for (const key of page) keys.add(key);
  expect([keys.size, again.completeSeq]).toEqual([1_501, 4]);
  // Their checksum is that of what was written, so nothing was made anew.
  expect(telemetry.logs).toEqual([]);
  await second.close();
});

test('a long addition that cannot be written is an obstacle, and may be made again', async () => {
  const platform = await openEmbeddedPlatform({ directory: directory.path });
  const index = await platform.openKeyIndex('facts', EPOCH);
  const entries = Array.from({ length: 500 }, (_, n) => ({ key: `key-${n}`, value: String(n) }));
  const other = new DatabaseSync(join(directory.path, 'indexes', 'facts.db'));
  other.exec('ALTER TABLE entry RENAME TO gone');
  await expect(index.add(entries, 7)).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
  expect(index.completeSeq).toBe(0);
  other.exec('ALTER TABLE gone RENAME TO entry');
  other.close();
  await index.add(entries, 7);
  expect([index.completeSeq, (await index.find(['key-499'])).get('key-499')]).toEqual([7, ['499']]);
  await platform.close();
});
