import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { NewJournalBatch } from '../../ports/journal.ts';
import { SequentialIds } from '../../testing/sequential-ids.ts';
import { testEnvelope } from '../../testing/test-envelope.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { checksumOf, toHeaders, type JournalRecord } from './journal-record.ts';
import type { NatsConnection } from './nats-connection.ts';
import { NatsLease } from './nats-lease.ts';
import { NatsStreams } from './nats-streams.ts';
import { openNatsJournal } from './open-nats-journal.ts';
import { StreamReader } from './stream-reader.ts';
import { isAtLeast } from './server-version.ts';
import { BATCHES_SINCE } from './stream-publisher.ts';
import { describeNats } from './testing/describe-nats.ts';
import { versionOf } from './testing/nats-server.ts';
import { openTestServer, type TestServer } from './testing/open-test-server.ts';

const JOURNAL = 'stockwire-journal-inventory';
const SUBJECT = 'stockwire-journal.inventory';
const STREAM = 'TEST_EVENTS';

describeNats('traps of JetStream', (binary) => {
  const version = versionOf(binary);
  let running: TestServer;
  const ids = new SequentialIds(7);
  beforeEach(async () => {
    running = await openTestServer(binary);
  });
  afterEach(() => running.end());

  const batch = (n: number): NewJournalBatch => ({ batchId: ids.next(), recordedAtMs: n, events: [{ n }] });

  /** Writes past the adapter, as a server does that accepts two messages with one expectation. */
  const intrude = async (connection: NatsConnection, fields: Partial<JournalRecord>): Promise<void> => {
    const body = Buffer.from('[{"n":"intruder"}]');
    const record = { seq: 1, expectedLast: 0, batchId: ids.next(), recordedAtMs: 1, checksum: 0, ...fields };
    const checksum = checksumOf(record, body, 0);
    await connection.parts.jetstream.publish(SUBJECT, body, { headers: toHeaders({ ...record, checksum }) });
  };

  const eventsOf = async (connection: NatsConnection): Promise<unknown[]> => {
    const journal = await openNatsJournal(connection, 'inventory');
    const events: unknown[] = [];
    for await (const each of journal.read(1)) events.push(...each.events);
    await journal.close();
    return events;
  };

  test('readers skip a batch that does not stand right behind the one that it expected', async () => {
    const connection = await running.connect();
    const journal = await openNatsJournal(connection, 'inventory');
    await journal.append(batch(1), 0);
    await journal.append(batch(2), 1);
    await journal.close();
    await intrude(connection, { seq: 2, expectedLast: 1 });
    const next = await openNatsJournal(connection, 'inventory');
    expect(next.head()).toBe(2);
    await expect(next.append(batch(3), 2)).resolves.toBe(3);
    await expect(next.append(batch(4), 3)).resolves.toBe(4);
    expect(await Promise.all([2, 3].map((atMs) => next.seqAt(atMs)))).toEqual([2, 3]);
    const tail: unknown[] = [];
    for await (const each of next.read(3)) tail.push(...each.events);
    expect(tail).toEqual([{ n: 3 }, { n: 4 }]);
    await next.close();
    expect(await eventsOf(connection)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
  });

  test('a writer whose acknowledgement is not exactly expected plus one has lost, and may write no more', async () => {
    const connection = await running.connect();
    const journal = await openNatsJournal(connection, 'inventory');
    await journal.append(batch(1), 0);
    const other = await running.connect();
    const { jetstream } = connection.parts;
    const publish = jetstream.publish.bind(jetstream);
    // The server answers as an old replicated one does: it takes the message behind that of somebody else.
    jetstream.publish = async (subject, payload, options) => {
      await intrude(other, { seq: 2, expectedLast: 1 });
      return publish(subject, payload, { ...options, expect: {} });
    };
    const lost = journal.append(batch(2), 1);
    await expect(lost).rejects.toMatchObject({ name: 'JournalFenced' });
    await expect(journal.append(batch(3), 1)).rejects.toMatchObject({ name: 'JournalFenced' });
    await journal.close();
  });

  test('a writer that was away is fenced by the server as soon as another one has written', async () => {
    const [one, two] = [await running.connect(), await running.connect()];
    const zombie = await openNatsJournal(one, 'inventory');
    await zombie.append(batch(1), 0);
    const { state } = await two.parts.manager.streams.info(JOURNAL);
    expect(state.last_seq).toBe(1);
    await intrude(two, { seq: 2, expectedLast: 1 });
    await expect(zombie.append(batch(2), 1)).rejects.toMatchObject({ name: 'JournalFenced' });
    await zombie.close();
  });

  test('a damaged batch is reported, never skipped', async () => {
    const connection = await running.connect();
    const journal = await openNatsJournal(connection, 'inventory');
    await journal.append(batch(1), 0);
    await journal.close();
    // It stands in its place, but its checksum is not that of what it holds after its predecessor.
    await intrude(connection, { seq: 2, expectedLast: 1 });
    await expect(eventsOf(connection)).rejects.toMatchObject({ name: 'JournalCorrupt' });
  });

  test('an append whose acknowledgement was lost is found again under its id, also when the server forgot the id', async () => {
    const connection = await running.connect({ limits: { duplicateWindowMs: 100 } });
    const journal = await openNatsJournal(connection, 'inventory');
    const { jetstream } = connection.parts;
    const publish = jetstream.publish.bind(jetstream);
    for (const [n, waitMs] of [0, 400].entries()) {
      let attempts = 0;
      jetstream.publish = async (subject, payload, options) => {
        const acknowledged = await publish(subject, payload, options);
        if (attempts++ > 0) return acknowledged;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        throw new Error('the acknowledgement was lost');
      };
      await expect(journal.append(batch(n + 1), n)).resolves.toBe(n + 1);
    }
    jetstream.publish = publish;
    await journal.close();
    expect(await eventsOf(connection)).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('an append without an answer ends the writer, because whether it is in the log is unknown', async () => {
    const limits = { publishMs: 50, publishAttemptsMax: 3, publishBackoffMinMs: 1, publishBackoffMaxMs: 2 };
    const connection = await running.connect({ limits });
    const journal = await openNatsJournal(connection, 'inventory');
    await running.server.kill();
    const unavailable = { code: 'CONTEXT_UNAVAILABLE' };
    await expect(journal.append(batch(1), 0)).rejects.toMatchObject(unavailable);
    await running.server.restart();
    await waitFor(() => connection.isConnected);
    await expect(journal.append(batch(2), 0)).rejects.toMatchObject(unavailable);
    await journal.close();
  });

  test('a server that dies under a publication costs one short attempt, and the message is in the stream once', async () => {
    const connection = await running.connect();
    const streams = new NatsStreams(connection);
    await streams.publish(STREAM, 'stockwire.test.p00.thing-happened', testEnvelope(ids, 'a', 0));
    await running.server.kill();
    const envelope = testEnvelope(ids, 'a', 1);
    const published = streams.publish(STREAM, 'stockwire.test.p00.thing-happened', envelope);
    await running.server.restart();
    const { seq } = await published;
    const again = await streams.publish(STREAM, 'stockwire.test.p00.thing-happened', envelope);
    expect([seq, again]).toEqual([2, { seq: 2, duplicate: true }]);
    await streams.close();
  });

  test('a reader goes on after the last message that it gave out when the server restarts', async () => {
    const connection = await running.connect();
    const streams = new NatsStreams(connection);
    const publish = (n: number): Promise<unknown> =>
      streams.publish(STREAM, 'stockwire.test.p00.thing-happened', testEnvelope(ids, 'a', n));
    for (const n of [1, 2, 3]) await publish(n);
    const reader = new StreamReader(connection, { stream: STREAM, afterSeq: 0 });
    expect((await reader.next(2)).map((message) => message.seq)).toEqual([1, 2]);
    await running.server.kill();
    await running.server.restart();
    await publish(4);
    const seqs: number[] = [];
    while (seqs.length < 2) seqs.push(...(await reader.next(10)).map((message) => message.seq));
    expect(seqs).toEqual([3, 4]);
    await reader.close();
    await streams.close();
  });

  test('regression: what came before a page broke off is given out, and the next page begins after it', async () => {
    const connection = await running.connect();
    const streams = new NatsStreams(connection);
    for (const n of [1, 2, 3, 4]) {
      await streams.publish(STREAM, 'stockwire.test.p00.thing-happened', testEnvelope(ids, 'a', n));
    }
    const reader = new StreamReader(connection, { stream: STREAM, afterSeq: 0 });
    breakFirstPage(connection, 2);
    const seqs: number[] = [];
    while (seqs.at(-1) !== 4) seqs.push(...(await reader.next(10)).map((message) => message.seq));
    expect(seqs).toEqual([1, 2, 3, 4]);
    await reader.close();
    await streams.close();
  });

  test('a consumer goes on by itself after the server was killed, in the order of the key', async () => {
    const connection = await running.connect();
    const streams = new NatsStreams(connection);
    const handled: number[] = [];
    await streams.consume({
      durable: 'test-consumer',
      stream: STREAM,
      from: 'first',
      concurrencyMax: 4,
      deliveriesMax: 3,
      backoffMinMs: 1,
      backoffMaxMs: 4,
      handle: async ({ seq }) => void handled.push(seq),
    });
    const publish = (n: number): Promise<unknown> =>
      streams.publish(STREAM, 'stockwire.test.p00.thing-happened', testEnvelope(ids, 'a', n));
    await publish(1);
    await waitFor(() => handled.length === 1);
    await running.server.kill();
    await running.server.restart();
    for (const n of [2, 3]) await publish(n);
    await waitFor(() => handled.includes(3));
    expect([...new Set(handled)]).toEqual([1, 2, 3]);
    await streams.close();
  });

  const testOfBatches = isAtLeast(version, BATCHES_SINCE) ? test : test.skip;
  testOfBatches('publishAll adds all or nothing', async () => {
    const connection = await running.connect();
    const streams = new NatsStreams(connection);
    const many = Array.from({ length: 300 }, (_, n) => ({
      subject: 'stockwire.test.p00.thing-happened',
      envelope: testEnvelope(ids, `key-${n}`, n),
    }));
    await streams.head(STREAM);
    const limited = await running.connect({ limits: { publishAttemptsMax: 1 } });
    const dying = new NatsStreams(limited);
    await dying.head(STREAM);
    // The publisher dies before the last message of a batch; what came before it is with the server.
    const before = limited.parts.client.stats().outMsgs;
    limited.parts.client.request = async () => {
      await limited.parts.client.flush();
      throw new Error('died');
    };
    await expect(dying.publishAll(STREAM, many)).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    expect(limited.parts.client.stats().outMsgs - before).toBe(299);
    expect(await streams.head(STREAM)).toBe(0);
    const results = await streams.publishAll(STREAM, many);
    expect(results.map(({ seq }) => seq)).toEqual(many.map((_, n) => n + 1));
    const repeated = await streams.publishAll(STREAM, many);
    expect(repeated).toEqual(results.map(({ seq }) => ({ seq, duplicate: true })));
    await Promise.all([dying.close(), streams.close()]);
  });

  test('no durable stream holds a subject per key', async () => {
    const connection = await running.connect();
    const streams = new NatsStreams(connection);
    const messages = Array.from({ length: 50 }, (_, n) => ({
      subject: 'stockwire.test.p00.thing-happened',
      envelope: testEnvelope(ids, `key-${n}`, n),
    }));
    await streams.publishAll(STREAM, messages);
    const { state } = await connection.parts.manager.streams.info(STREAM);
    expect(state).toMatchObject({ messages: 50, num_subjects: 1 });
    await streams.close();
  });

  test('a lease is lost when the servers are away, and another process takes it when its time is over', async () => {
    const never = new AbortController().signal;
    const [one, two] = [await running.connect(), await running.connect()];
    const held = await new NatsLease(one).acquire('writer', never);
    // The process is gone for the servers, without having said so.
    one.parts.client.publish = () => undefined;
    one.parts.client.request = () => Promise.reject(new Error('the network is cut'));
    const taken = await new NatsLease(two).acquire('writer', never);
    expect(held.lost.aborted).toBe(true);
    expect(taken.lost.aborted).toBe(false);
    await taken.release();
  });
});

/** As the driver does when it reconnects in the middle of a page to a server that has forgotten the consumer. */
function breakFirstPage({ parts }: NatsConnection, messagesBefore: number): void {
  const { consumers } = parts.jetstream;
  const find = consumers.getConsumerFromInfo.bind(consumers);
  jest.spyOn(consumers, 'getConsumerFromInfo').mockImplementationOnce((info) => {
    const consumer = find(info);
    const fetch = consumer.fetch.bind(consumer);
    consumer.fetch = async (options) => breakingAfter(await fetch(options), messagesBefore);
    return consumer;
  });
}

function breakingAfter(messages: ConsumerMessages, count: number): ConsumerMessages {
  let given = 0;
  async function* some(): AsyncGenerator<JsMsg> {
    for await (const message of messages) {
      if (given++ === count) throw new Error('consumer not found');
      yield message;
    }
  }
  return some() as unknown as ConsumerMessages;
}
