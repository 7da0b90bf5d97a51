import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { openMongoDocuments } from '../../kernel/adapters/mongo/open-mongo-documents.ts';
import { openNatsConnection, type NatsConnection } from '../../kernel/adapters/nats/nats-connection.ts';
import { NatsLease } from '../../kernel/adapters/nats/nats-lease.ts';
import { NatsStreams } from '../../kernel/adapters/nats/nats-streams.ts';
import { openNatsJournal } from '../../kernel/adapters/nats/open-nats-journal.ts';
import { describeNats } from '../../kernel/adapters/nats/testing/describe-nats.ts';
import { openTestServer, type TestServer } from '../../kernel/adapters/nats/testing/open-test-server.ts';
import type { Document, Documents } from '../../kernel/ports/documents.ts';
import type { Journal } from '../../kernel/ports/journal.ts';
import type { Streams } from '../../kernel/ports/streams.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { testEnvelope } from '../../kernel/testing/test-envelope.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { describeMongo, sharedMongo } from '../servers/testing/mongo-suite.ts';
import { assertNotMoved } from './moved-mark.ts';

const BATCHES = 1_500;
const MESSAGES = 1_500;
const DOCUMENTS = 1_200;
const STREAM = 'TEST_EVENTS';
const SUBJECT = 'stockwire.test.p00.thing-happened';
const SHELVES = { name: 'test-shelves', indexes: [{ paths: ['code'], unique: true }, { paths: ['at.row'] }] };
const TEST_MS_MAX = 300_000;

interface Shelf extends Document {
  readonly code: string;
  readonly at: { readonly row: number };
  readonly 'odd.$name': string;
}

/** What a hub keeps, over whatever it keeps it. */
interface Storage {
  readonly streams: Streams;
  readonly documents: Documents;
  openJournal(): Promise<Journal>;
  close(): Promise<void>;
}

describeNats('moving a data directory', (binary) => {
  describeMongo('to servers', (mongo) => {
    const newDatabase = sharedMongo(mongo);
    const ids = new SequentialIds(13);
    let running: TestServer;
    let temporary: TemporaryDirectory;
    let prefixes = 0;
    let target: { readonly prefix: string; readonly mongoUrl: string };
    beforeAll(async () => {
      running = await openTestServer(binary);
    });
    afterAll(() => running.end());
    beforeEach(async () => {
      temporary = await temporaryDirectory();
      target = { prefix: `t${++prefixes}-`, mongoUrl: newDatabase() };
    });
    afterEach(() => temporary.remove());

    const openSource = async (): Promise<Storage> => {
      const platform = await openEmbeddedPlatform({ directory: temporary.path });
      return { ...platform, openJournal: () => platform.openJournal('inventory'), close: () => platform.close() };
    };

    const connect = (): Promise<NatsConnection> => running.connect({ prefix: target.prefix });

    const openTarget = async (): Promise<Storage> => {
      const connection = await openNatsConnection({ servers: [running.server.url], prefix: target.prefix });
      const lease = new NatsLease(connection);
      const streams = new NatsStreams(connection, lease);
      const mongoDocuments = await openMongoDocuments({ url: target.mongoUrl, streams, lease });
      return {
        streams,
        documents: mongoDocuments.documents,
        openJournal: () => openNatsJournal(connection, 'inventory'),
        close: async () => {
          await mongoDocuments.close();
          await streams.close();
          await connection.close();
        },
      };
    };

    const start = (...args: readonly string[]) => {
      const script = join(import.meta.dirname, '..', 'migrate.ts');
      const child = spawn(process.execPath, [script, '--to-distributed', '--data', temporary.path, ...args], {
        env: {
          ...process.env,
          NATS_URL: running.server.url,
          NATS_PREFIX: target.prefix,
          MONGODB_URL: target.mongoUrl,
        },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data));
      const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
      return { child, ended };
    };
    const migrate = (...args: readonly string[]) => start(...args).ended;

    /** Messages on the servers, and documents. */
    const countTarget = async (connection: NatsConnection): Promise<number> => {
      let count = 0;
      for await (const { config, state } of connection.parts.manager.streams.list()) {
        if (config.name.startsWith(target.prefix)) count += state.messages;
      }
      return count;
    };

    test(
      'copies every log, document, place and dead letter, however often it is killed, and marks the directory',
      async () => {
        await fill(openSource, ids);
        const connection = await connect();
        let killed = 0;
        for (const share of [0.1, 0.45, 0.8]) {
          const { child, ended } = start();
          let isOver = false;
          void ended.then(() => (isOver = true));
          await waitFor(async () => isOver || (await countTarget(connection)) > (BATCHES + MESSAGES) * share);
          child.kill('SIGKILL');
          if ((await ended).code === null) killed++;
        }
        expect(killed).toBe(3);
        expect(() => assertNotMoved(temporary.path)).not.toThrow();
        const done = await migrate();
        expect(done).toMatchObject({ code: 0, output: expect.stringContaining('Everything is there and equal.') });
        expect(() => assertNotMoved(temporary.path)).toThrow('was moved to');
        expect(await contentOf(openTarget)).toEqual(await contentOf(openSource));
      },
      TEST_MS_MAX,
    );

    test(
      'brings an earlier copy up to date, and says what it found',
      async () => {
        await fill(openSource, ids);
        expect(await migrate('--rehearse')).toMatchObject({ code: 0 });
        expect(() => assertNotMoved(temporary.path)).not.toThrow();
        const source = await openSource();
        const shelves = await source.documents.collection<Shelf>(SHELVES);
        await shelves.delete('s3', 1);
        await shelves.save(shelfOf(4, 'changed'), 1);
        await shelves.save(shelfOf(99_999), 0);
        const journal = await source.openJournal();
        await journal.append({ batchId: ids.next(), recordedAtMs: 9, events: ['later'] }, journal.head());
        await source.streams.publish(STREAM, SUBJECT, testEnvelope(ids, 'later', 1));
        await source.streams.discardDeadLetter(STREAM, 'test-reader', 2);
        await source.close();
        const { code, output } = await migrate('--rehearse');
        expect([code, output]).toEqual([0, expect.stringContaining('2 written, 1 removed')]);
        expect(output).toContain(`${BATCHES + 1} messages, ${BATCHES} of them were there`);
        expect(await contentOf(openTarget)).toEqual(await contentOf(openSource));
      },
      TEST_MS_MAX,
    );

    test(
      'copies streams of which old messages were taken out, and takes out of an earlier copy what has gone since',
      async () => {
        await fill(openSource, ids, 3);
        const takeOut = async (seqs: readonly number[]): Promise<void> => {
          const hub = await openSource();
          await hub.streams.remove(STREAM, seqs);
          await hub.close();
        };
        const source = await openSource();
        const last = await source.streams.head(STREAM);
        await source.close();
        await takeOut([1, 5, 6, 7, last]);
        const whole = { code: 0, output: expect.stringContaining('Everything is there and equal.') };
        expect(await migrate('--rehearse')).toEqual(whole);
        expect(await contentOf(openTarget)).toEqual(await contentOf(openSource));
        await takeOut([8, 9, last - 1]);
        expect(await migrate()).toEqual(whole);
        expect(await contentOf(openTarget)).toEqual(await contentOf(openSource));
        const moved = await openTarget();
        const next = await moved.streams.publish(STREAM, SUBJECT, testEnvelope(ids, 'after', 1));
        await moved.close();
        expect(next.seq).toBe(last + 1);
      },
      TEST_MS_MAX,
    );

    test(
      'refuses while a hub runs, over the directory or over the servers',
      async () => {
        await fill(openSource, ids, 3);
        const source = await openSource();
        expect(await migrate()).toMatchObject({ code: 1, output: expect.stringContaining('A hub has the data in') });
        await source.close();
        // A busy machine may renew it late.
        const hub = await running.connect({ prefix: target.prefix, limits: { leaseTtlMs: 60_000 } });
        const held = await new NatsLease(hub).acquire('ledger', new AbortController().signal);
        expect(await migrate()).toMatchObject({ code: 1, output: expect.stringContaining('(ledger): stop it first') });
        await held.release();
        expect(await migrate()).toMatchObject({ code: 0 });
      },
      TEST_MS_MAX,
    );

    test(
      'changes nothing on servers that went on, or hold something else',
      async () => {
        await fill(openSource, ids, 3);
        expect(await migrate('--rehearse')).toMatchObject({ code: 0 });
        const went = await openTarget();
        const journal = await went.openJournal();
        await journal.append({ batchId: ids.next(), recordedAtMs: 9, events: ['sold there'] }, journal.head());
        await journal.close();
        await went.close();
        const before = await contentOf(openTarget);
        expect(await migrate()).toMatchObject({ code: 1, output: expect.stringContaining('it is not a copy of this') });
        expect(await contentOf(openTarget)).toEqual(before);
        expect(() => assertNotMoved(temporary.path)).not.toThrow();

        target = { prefix: `t${++prefixes}-`, mongoUrl: newDatabase() };
        const other = await openTarget();
        await (await other.documents.collection<Shelf>(SHELVES)).save(shelfOf(1), 0);
        await other.close();
        expect(await migrate()).toMatchObject({ code: 1, output: expect.stringContaining('take an empty one') });
      },
      TEST_MS_MAX,
    );
  });
});

const shelfOf = (n: number, note = 'as it was'): Shelf => {
  return { id: `s${n}`, code: `code-${n}`, at: { row: n % 7 }, 'odd.$name': note };
};

/** A log, a stream with a consumer that has gone part of its way and given one message up, and documents. */
async function fill(open: () => Promise<Storage>, ids: SequentialIds, divisor = 1): Promise<void> {
  const { streams, documents, ...source } = await open();
  const journal = await source.openJournal();
  for (let n = 0; n < BATCHES / divisor; n++) {
    const batch = { batchId: ids.next(), recordedAtMs: n, events: [{ n, text: 'ä"\\ 😀' }] };
    await journal.append(batch, journal.head());
  }
  await journal.close();
  const messages = Array.from({ length: MESSAGES / divisor }, (_, n) => testEnvelope(ids, `key-${n % 5}`, { n }));
  for (let from = 0; from < messages.length; from += 250) {
    const page = messages.slice(from, from + 250);
    await streams.publishAll(
      STREAM,
      page.map((envelope) => ({ subject: SUBJECT, envelope })),
    );
  }
  await consumePart(streams);
  const shelves = await documents.collection<Shelf>(SHELVES);
  const event = { stream: STREAM, subject: SUBJECT, envelope: testEnvelope(ids, 'shelf', 1) };
  await Promise.all(Array.from({ length: DOCUMENTS / divisor }, (_, n) => shelves.save(shelfOf(n), 0)));
  await shelves.save(shelfOf(1, 'again'), 1, [event]);
  await source.close();
}

async function consumePart(streams: Streams): Promise<void> {
  const handled: number[] = [];
  const consumer = await streams.consume({
    durable: 'test-reader',
    stream: STREAM,
    from: 'first',
    concurrencyMax: 3,
    deliveriesMax: 2,
    backoffMinMs: 1,
    backoffMaxMs: 2,
    handle: async ({ seq }) => {
      if (seq === 2) throw new Error('a poisonous message');
      if (handled.length >= 20) return new Promise<void>((_, reject) => setTimeout(reject, 20, new Error('later')));
      handled.push(seq);
      return undefined;
    },
  });
  await waitFor(async () => handled.length >= 20 && (await streams.deadLetters(STREAM, 10)).length > 0);
  await consumer.stop();
}

async function contentOf(open: () => Promise<Storage>) {
  const { streams, documents, ...storage } = await open();
  const journal = await storage.openJournal();
  const batches: unknown[] = [];
  for await (const batch of journal.read(1)) batches.push(batch);
  await journal.close();
  const shelves = await documents.collection<Shelf>(SHELVES);
  const found = [];
  for (let row = 0; row < 7; row++) {
    found.push(
      await shelves.find({
        where: { 'at.row': { eq: row } },
        orderBy: { path: 'at.row', direction: 'asc' },
        limit: 1_000,
      }),
    );
  }
  const content = {
    epochs: [journal.epoch, await streams.epoch(STREAM)],
    batches,
    messages: await streams.read(STREAM, 0, 100_000),
    found,
    byCode: await shelves.find({ where: { code: { eq: 'code-1' } }, limit: 5 }),
    duplicate: await shelves.save({ ...shelfOf(5), id: 'other' }, 0).catch((error: Error) => error.name),
    deadLetters: await streams.deadLetters(STREAM, 10),
    rest: await restOf(streams),
  };
  await storage.close();
  return content;
}

/** What the consumer has left to do, without doing it. */
async function restOf(streams: Streams): Promise<number> {
  const consumer = await streams.consume({
    durable: 'test-reader',
    stream: STREAM,
    from: 'first',
    concurrencyMax: 1,
    deliveriesMax: 1_000_000,
    backoffMinMs: 3_600_000,
    backoffMaxMs: 3_600_000,
    handle: () => Promise.reject(new Error('not now')),
  });
  const rest = await consumer.lag();
  await consumer.stop();
  return rest;
}
