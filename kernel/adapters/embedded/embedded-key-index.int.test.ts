import { readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
