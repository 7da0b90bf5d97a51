import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Collection, CollectionDefinition, Document, Documents } from '../ports/documents.ts';
import { archiveTo } from '../adapters/embedded/stream-archive.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../testing/open-test-platform.ts';
import { waitFor } from '../testing/wait-for.ts';
import { readTrimmedTo, trimStream, type StreamRetention, type TrimOptions } from './trim-stream.ts';

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
async function trim(options: Partial<TrimOptions> = {}, of: Partial<StreamRetention> = {}): Promise<number> {
  const { removed } = await trimStream(
    platform,
    { stream: STREAM, stateTypes: [], lastingTypes: [], ...of },
    {
      beforeMs: clock.nowMs() - DAY_MS,
      limit: 100,
      archive: archiveTo(join(platform.directory, 'archive')),
      ...options,
    },
  );
  return removed;
}

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
    const failing = trim({
      archive: async () => {
        throw new Error('The disk is full.');
      },
    });
    await expect(failing).rejects.toThrow('The disk is full.');
    expect(await kept()).toEqual(['a']);
    expect(await trim({ limit: 1 })).toBe(1);
  });

  test('keeps what somebody reads who is no durable consumer', async () => {
    for (const key of ['a', 'b', 'c']) await publish(key);
    clock.advance(2 * DAY_MS);
    expect(await trim({ neededFrom: 2 })).toBe(1);
    expect(await kept()).toEqual(['b', 'c']);
    expect(await trim({ neededFrom: 4 })).toBe(2);
  });

  test('leaves the last state of each key for those who begin to listen later, and nothing that a later one has replaced', async () => {
    const of = { stateTypes: ['thing-is'] };
    for (const key of ['a', 'b', 'a']) await publish(key, 'thing-is');
    await publish('a');
    clock.advance(2 * DAY_MS);
    await publish('b', 'thing-is');
    expect(await trim({ limit: 2 }, of)).toBe(0);
    expect(await trim({}, of)).toBe(2);
    expect(await kept()).toEqual(['b', 'a', 'b']);
    clock.advance(2 * DAY_MS);
    expect(await trim({}, of)).toBe(1);
    expect(await kept()).toEqual(['a', 'b']);
    const heard: string[] = [];
    await consume('late', (key) => heard.push(key));
    await waitFor(() => heard.length === 2);
    expect(await trim({}, of)).toBe(0);
    expect(await readTrimmedTo(platform.documents, STREAM)).toBe(5);
  });

  test('leaves what lasts, however old', async () => {
    for (const type of ['decided', 'thing-happened', 'decided']) await publish('a', type);
    clock.advance(2 * DAY_MS);
    expect(await trim({}, { lastingTypes: ['decided'] })).toBe(1);
    expect(await kept()).toEqual(['a', 'a']);
  });

  test('that was cut off goes on where it was', async () => {
    const retention = { stream: STREAM, stateTypes: ['thing-is'], lastingTypes: [] };
    for (const key of ['a', 'a', 'b']) await publish(key, 'thing-is');
    clock.advance(2 * DAY_MS);
    const options = { beforeMs: clock.nowMs(), limit: 100, archive: async () => undefined };
    const dying = { streams: platform.streams, documents: withoutSaves(platform.documents, 'stream-retention') };
    await expect(trimStream(dying, retention, options)).rejects.toThrow('killed');
    expect(await readTrimmedTo(platform.documents, STREAM)).toBe(0);
    expect(await trim({}, retention)).toBe(0);
    expect(await kept()).toEqual(['a', 'b']);
    expect(await readTrimmedTo(platform.documents, STREAM)).toBe(3);
  });
});

/** Documents of a process that dies before it saves to one of the collections. */
function withoutSaves(documents: Documents, name: string): Documents {
  return {
    flushOutbox: () => documents.flushOutbox(),
    collection: async <D extends Document>(definition: CollectionDefinition): Promise<Collection<D>> => {
      const collection = await documents.collection<D>(definition);
      if (definition.name !== name) return collection;
      return {
        get: (id) => collection.get(id),
        getMany: (ids) => collection.getMany(ids),
        find: (query) => collection.find(query),
        delete: (id, version) => collection.delete(id, version),
        save: () => Promise.reject(new Error('killed')),
      };
    },
  };
}
