/* What leaves the streams of a hub, by the names of the configuration. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { PUBLISHED_EVENTS } from '../../schema/events/published-events.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { boundStreams } from './bound-streams.ts';
import { readRetention, RETENTION_DAYS } from './read-retention.ts';
import { STREAM_RETENTIONS } from './stream-retentions.ts';

const DAY_MS = 86_400_000;
const EVERY_MS = 600_000;

let clock: FakeClock;
let platform: TestPlatform;
let needed: ReadonlyMap<string, number>;
let stop: () => Promise<void>;

beforeEach(async () => {
  clock = new FakeClock();
  platform = await openTestPlatform({ clock });
  needed = new Map();
  stop = boundStreams({
    platform,
    retention: readRetention('', []),
    archiveDirectory: join(platform.directory, 'archive'),
    neededFrom: async (stream) => needed.get(stream),
  });
});

afterEach(async () => {
  await stop();
  await platform.close();
});

async function publish(stream: string, type: string, key: string): Promise<void> {
  const id = platform.ids.next();
  const at = new Date(clock.nowMs()).toISOString();
  const source = { system: 'test', eventId: id };
  const told = { id, type, version: 1, source, key, occurredAt: at, recordedAt: at, correlationId: id, data: {} };
  await platform.streams.publish(stream, `stockwire.test.p00.${type}`, told);
}

const kept = async (stream: string) =>
  (await platform.streams.read(stream, 0, 100)).map(({ envelope: { type, key } }) => `${type} ${key}`);

/** Lets the next look pass. */
async function look(): Promise<void> {
  clock.advance(EVERY_MS);
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('the streams of a hub', () => {
  test('all have a time for which they are kept', () => {
    const streams = new Set(PUBLISHED_EVENTS.map(({ context }) => streamOf(context)));
    expect(new Set(STREAM_RETENTIONS.map(({ stream }) => stream))).toEqual(streams);
  });

  test('name events of state and of decisions that they have', () => {
    for (const { stream, stateTypes, lastingTypes } of STREAM_RETENTIONS) {
      const types = PUBLISHED_EVENTS.filter(({ context }) => streamOf(context) === stream).map(({ type }) => type);
      expect(types).toEqual(expect.arrayContaining([...stateTypes, ...lastingTypes]));
    }
  });

  test.each(STREAM_RETENTIONS)(
    'lose what is older than $name says, archived, and nothing younger',
    async (retention) => {
      const { name, stream, stateTypes, lastingTypes } = retention;
      await publish(stream, 'thing-happened', 'a');
      for (const type of [...stateTypes, ...lastingTypes]) await publish(stream, type, 'a');
      clock.advance((RETENTION_DAYS[name] - 1) * DAY_MS);
      await publish(stream, 'thing-happened', 'b');
      await look();
      const all = await kept(stream);
      expect(all).toHaveLength(2 + stateTypes.length + lastingTypes.length);
      clock.advance(DAY_MS);
      await waitFor(async () => {
        await look();
        return (await kept(stream)).length < all.length;
      });
      expect(await kept(stream)).toEqual(all.slice(1));
      expect(await readdir(join(platform.directory, 'archive', stream))).toHaveLength(1);
    },
  );

  test('keep what a consumer of events has not had', async () => {
    const stream = streamOf('orders');
    for (const key of ['a', 'b', 'c']) await publish(stream, 'order-status-changed', key);
    needed = new Map([[stream, 2]]);
    clock.advance(2 * RETENTION_DAYS.orders * DAY_MS);
    await waitFor(async () => {
      await look();
      return (await kept(stream)).length === 2;
    });
    await look();
    expect(await kept(stream)).toEqual(['order-status-changed b', 'order-status-changed c']);
  });
});
