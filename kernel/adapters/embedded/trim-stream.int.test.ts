import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../testing/open-test-platform.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { archiveTo } from './stream-archive.ts';

const STREAM = 'TEST_EVENTS';
const DAY_MS = 86_400_000;

let clock: FakeClock;
let platform: TestPlatform;

beforeEach(async () => {
  clock = new FakeClock();
  platform = await openTestPlatform({ clock });
});

afterEach(() => platform.close());

async function publish(key: string, type = 'thing-happened'): Promise<void> {
  const at = new Date(clock.nowMs()).toISOString();
  const id = platform.ids.next();
  const source = { system: 'test', eventId: id };
  const envelope = {
    id,
    type,
    version: 1,
    source,
    key,
    occurredAt: at,
    recordedAt: at,
    correlationId: id,
    data: { key },
  };
  await platform.streams.publish(STREAM, `stockwire.test.p00.${type}`, envelope);
}

async function consume(durable: string, handle: (key: string) => void, types?: readonly string[]) {
  return platform.streams.consume({
    durable,
    stream: STREAM,
    from: 'first',
    concurrencyMax: 4,
    deliveriesMax: 1,
    backoffMinMs: 1,
    backoffMaxMs: 1,
    ...(types && { types }),
    handle: async ({ envelope }) => handle(envelope.key),
  });
}

const kept = async () => (await platform.streams.read(STREAM, 0, 100)).map(({ envelope }) => envelope.key);
const trim = (keptMs = DAY_MS, limit = 100) =>
  platform.streams.trim(STREAM, {
    beforeMs: clock.nowMs() - keptMs,
    limit,
    archive: archiveTo(join(platform.directory, 'archive')),
  });

describe('bounding a stream', () => {
  test('removes what is old and done with, archived first, and keeps what is new', async () => {
    const heard: string[] = [];
    const consumer = await consume('all', (key) => heard.push(key));
    for (const key of ['a', 'b', 'c']) await publish(key);
    clock.advance(2 * DAY_MS);
    await publish('d');
    await waitFor(async () => (await consumer.lag()) === 0);
    expect(await trim()).toBe(3);
    expect(await kept()).toEqual(['d']);
    const [file = ''] = await readdir(join(platform.directory, 'archive'));
    expect(file).toBe('000000000000001-000000000000003.ndjson.gz');
    const lines = gunzipSync(await readFile(join(platform.directory, 'archive', file)))
      .toString('utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { seq: number; key: string }).key)).toEqual(['a', 'b', 'c']);
    expect(await trim()).toBe(0);
    await publish('e');
    await waitFor(() => heard.length === 5);
    expect(heard).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await platform.streams.head(STREAM)).toBe(5);
  });

  test('goes by what every durable has had, also one that is not running, and is not held by one of other types', async () => {
    const other = await consume('others', () => undefined, ['other-thing']);
    const late = await consume('late', () => undefined);
    await publish('a');
    await waitFor(async () => (await late.lag()) === 0);
    await late.stop();
    await publish('b');
    clock.advance(2 * DAY_MS);
    expect(await other.lag()).toBe(0);
    expect(await trim()).toBe(1);
    expect(await kept()).toEqual(['b']);
    const again = await consume('late', () => undefined);
    await waitFor(async () => (await again.lag()) === 0);
    expect(await trim()).toBe(1);
  });

  test('keeps dead letters and what follows them', async () => {
    const consumer = await consume('picky', (key) => {
      if (key === 'b') throw new Error('no');
    });
    for (const key of ['a', 'b', 'c']) await publish(key);
    await waitFor(async () => (await platform.streams.deadLetters(STREAM, 10)).length === 1);
    await waitFor(async () => (await consumer.lag()) === 0);
    clock.advance(2 * DAY_MS);
    expect(await trim()).toBe(1);
    expect(await kept()).toEqual(['b', 'c']);
    await platform.streams.discardDeadLetter(STREAM, 'picky', 2);
    expect(await trim()).toBe(2);
  });

  test('removes nothing that could not be archived', async () => {
    await publish('a');
    clock.advance(2 * DAY_MS);
    const failing = platform.streams.trim(STREAM, {
      beforeMs: clock.nowMs(),
      limit: 10,
      archive: async () => {
        throw new Error('The disk is full.');
      },
    });
    await expect(failing).rejects.toThrow('The disk is full.');
    expect(await kept()).toEqual(['a']);
    expect(await trim(DAY_MS, 1)).toBe(1);
  });
});
