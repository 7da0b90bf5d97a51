import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { OutboxNudges } from '../../kernel/adapters/mongo/outbox-nudges.ts';
import type { Streams } from '../../kernel/ports/streams.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { testEnvelope } from '../../kernel/testing/test-envelope.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { describeMongo, sharedMongo } from '../../scripts/servers/testing/mongo-suite.ts';
import { openMongoBench, type MongoBench } from './mongo-bench.ts';
import { outOfOrder } from './order-of-saves.ts';
import { COUNTERS, STREAM, SavingClients, type Counter } from './saving-clients.ts';

const CLIENTS = Array.from({ length: 6 }, (_, n) => `client-${n}`);
const COUNTER_RECORDS = 'stockwire.outbox-counters';

describeMongo('the outbox on MongoDB', (mongo) => {
  const newDatabase = sharedMongo(mongo);
  const ids = new SequentialIds(9);
  const event = (count: number) => ({
    stream: STREAM,
    subject: 'stockwire.test.p00.thing-happened',
    envelope: testEnvelope(ids, 'a', { count }),
  });
  let bench: MongoBench;
  beforeEach(async () => {
    bench = await openMongoBench(newDatabase());
  });
  afterEach(() => bench.end());

  const publishedCounts = async (): Promise<number[]> =>
    (await bench.streams.read(STREAM, 0, 10_000)).map(({ envelope }) => (envelope.data as Counter).count);

  test('is published in the order of the saves, whichever process saved', async () => {
    const processes = [await bench.open(), await bench.open(), await bench.open()];
    const clients = new SavingClients(2);
    const running = processes.map(async (documents) => {
      await clients.run(await documents.collection<Counter>(COUNTERS), CLIENTS);
    });
    await waitFor(() => clients.acknowledgedSaves >= 300, 'saves');
    clients.stop();
    await Promise.all(running);
    await processes[2]?.flushOutbox();

    const published = await bench.streams.read(STREAM, 0, 10_000);
    const counters = await processes[0]!.collection<Counter>(COUNTERS);
    const saved = await counters.find({ limit: 100 });
    expect(published).toHaveLength(saved.reduce((sum, { version }) => sum + version, 0));
    expect(outOfOrder(published.map(({ envelope }) => clients.saves.get(envelope.id)!))).toEqual([]);
    for (const { document, version } of saved) {
      const counts = published.flatMap(({ envelope }) =>
        envelope.key === document.id ? [(envelope.data as Counter).count] : [],
      );
      expect(counts).toEqual(Array.from({ length: version }, (_, n) => n + 1));
    }
    // The processes met: a save was refused because another one was quicker.
    expect(clients.obstacles.map(({ code }) => code)).toContain('VERSION_CONFLICT');
  });

  test('leaves nothing behind in a document whose events are published', async () => {
    const documents = await bench.open();
    const counters = await documents.collection<Counter>(COUNTERS);
    await counters.save({ id: 'a', count: 1 }, 0, [event(1)]);
    await documents.flushOutbox();
    await waitFor(async () => {
      const record = await bench.raw.collection('counters').findOne({});
      return record && !('outbox' in record) && !('pendingSeq' in record);
    }, 'a record without an outbox');
  });

  test('is relayed at once when the process that saved is another one', async () => {
    const listeners = new Set<(collection: string) => void>();
    const nudges: OutboxNudges = {
      tell: (collection) => listeners.forEach((listener) => listener(collection)),
      hear: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
    // Nobody looks by himself before this test is over.
    const limits = { nudgedRelayPollMs: 3_600_000, relayPollMs: 3_600_000 };
    const relaying = await bench.open({ limits, nudges });
    await (await relaying.collection<Counter>(COUNTERS)).save({ id: 'a', count: 1 }, 0, [event(1)]);
    await relaying.flushOutbox();
    const saving = await (await bench.open({ limits, nudges })).collection<Counter>(COUNTERS);
    await saving.save({ id: 'b', count: 2 }, 0, [event(2)]);
    await waitFor(async () => (await publishedCounts()).length === 2, 'the publication');
  });

  test('waits for a process that has saves under way', async () => {
    const documents = await bench.open({ limits: { flushMs: 500, writerSilenceMs: 60_000 } });
    const counters = await documents.collection<Counter>(COUNTERS);
    const records = bench.raw.collection<{ _id: string }>(COUNTER_RECORDS);
    await records.updateOne({ _id: 'counters' }, { $set: { 'open.other': 1 } });
    await counters.save({ id: 'a', count: 1 }, 0, [event(1)]);
    // Asks the relay again and again until its patience ends.
    await expect(documents.flushOutbox()).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    // Whoever waits for another stream is not kept by it; a mutation answered only after that patience until now.
    await expect(documents.flushOutbox('OTHER_EVENTS')).resolves.toBeUndefined();
    await expect(documents.flushOutbox(STREAM)).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    expect(await publishedCounts()).toEqual([]);
    await records.updateOne({ _id: 'counters' }, { $unset: { 'open.other': true } });
    await waitFor(async () => (await publishedCounts()).length > 0, 'a publication');
  });

  test('waits no longer for a killed process than its silence may last', async () => {
    const documents = await bench.open({ limits: { writerSilenceMs: 500 } });
    const counters = await documents.collection<Counter>(COUNTERS);
    const records = bench.raw.collection<{ _id: string }>(COUNTER_RECORDS);
    await records.updateOne({ _id: 'counters' }, { $set: { 'open.killed': 1 } });
    await counters.save({ id: 'a', count: 1 }, 0, [event(1)]);
    await documents.flushOutbox();
    expect(await publishedCounts()).toEqual([1]);
    await expect(records.findOne({ _id: 'counters' })).resolves.toMatchObject({ seq: 1, open: {} });
  });

  test('holds what a process saved that was left out already, whenever that arrives, behind what went on without it', async () => {
    const documents = await bench.open({ limits: { writerSilenceMs: 500 } });
    const counters = await documents.collection<Counter>(COUNTERS);
    const records = bench.raw.collection<{ _id: string }>(COUNTER_RECORDS);
    // Killed between its number and its write, which is still on its way.
    await records.updateOne({ _id: 'counters' }, { $inc: { seq: 1 }, $set: { 'open.killed': 1 } });
    await counters.save({ id: 'a', count: 2 }, 0, [event(2)]);
    await documents.flushOutbox();
    expect(await publishedCounts()).toEqual([2]);
    const { stream, subject, envelope } = event(1);
    await bench.raw.collection<{ _id: string }>('counters').insertOne({
      _id: 'b',
      version: 1,
      body: { id: 'b', count: 1 },
      keys: {},
      keyed: '',
      outbox: [{ seq: 1, stream, subject, envelope: JSON.stringify(envelope) }],
      pendingSeq: 1,
    } as { _id: string });
    await documents.flushOutbox();
    expect(await publishedCounts()).toEqual([2, 1]);
    await expect(counters.get('b')).resolves.toEqual({ document: { id: 'b', count: 1 }, version: 1 });
  });

  test('goes on when the streams are back, in order, and meanwhile documents can be read and saved', async () => {
    const broken = breakable(bench.streams);
    const documents = await bench.open({ streams: broken.streams, limits: { relayRetryMaxMs: 100 } });
    const counters = await documents.collection<Counter>(COUNTERS);
    broken.isAway = true;
    for (let count = 1; count <= 5; count++) await counters.save({ id: 'a', count }, count - 1, [event(count)]);
    await waitFor(() => broken.failures > 1, 'failed publications');
    await expect(counters.get('a')).resolves.toMatchObject({ version: 5 });
    expect(await publishedCounts()).toEqual([]);
    broken.isAway = false;
    await documents.flushOutbox();
    expect(await publishedCounts()).toEqual([1, 2, 3, 4, 5]);
  });

  test('of one document has a bound, beyond which saves with events are refused until it is published', async () => {
    const broken = breakable(bench.streams);
    const limits = { relayRetryMaxMs: 100, pendingEventsMax: 3 };
    const documents = await bench.open({ streams: broken.streams, limits });
    const counters = await documents.collection<Counter>(COUNTERS);
    broken.isAway = true;
    for (let count = 1; count <= 3; count++) await counters.save({ id: 'a', count }, count - 1, [event(count)]);
    const refused = { code: 'OVERLOADED', details: { limit: 'pendingEventsMax' } };
    await expect(counters.save({ id: 'a', count: 4 }, 3, [event(4)])).rejects.toMatchObject(refused);
    await expect(counters.save({ id: 'a', count: 4 }, 3)).resolves.toBe(4);
    broken.isAway = false;
    await documents.flushOutbox();
    await expect(counters.save({ id: 'a', count: 5 }, 4, [event(5)])).resolves.toBe(5);
    await documents.flushOutbox();
    expect(await publishedCounts()).toEqual([1, 2, 3, 5]);
  });

  test('is published before its document is deleted', async () => {
    const broken = breakable(bench.streams);
    const documents = await bench.open({ streams: broken.streams, limits: { relayRetryMaxMs: 100 } });
    const counters = await documents.collection<Counter>(COUNTERS);
    broken.isAway = true;
    await counters.save({ id: 'a', count: 1 }, 0, [event(1)]);
    const deleted = counters.delete('a', 1);
    await waitFor(() => broken.failures > 1, 'failed publications');
    await expect(counters.get('a')).resolves.toMatchObject({ version: 1 });
    broken.isAway = false;
    await deleted;
    await expect(counters.get('a')).resolves.toBeUndefined();
    expect(await publishedCounts()).toEqual([1]);
  });
});

interface Breakable {
  readonly streams: Streams;
  isAway: boolean;
  failures: number;
}

/** Streams that refuse to publish while they are away. */
function breakable(streams: Streams): Breakable {
  const broken: Breakable = {
    isAway: false,
    failures: 0,
    streams: new Proxy(streams, {
      get: (target, name: keyof Streams) => {
        if (name !== 'publishAll' || !broken.isAway) return target[name].bind(target);
        return async () => {
          broken.failures++;
          throw new Error('the streams are away');
        };
      },
    }),
  };
  return broken;
}
