import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SequentialIds } from '../../testing/sequential-ids.ts';
import { checksumOf, toHeaders } from './journal-record.ts';
import type { NatsConnection } from './nats-connection.ts';
import { openNatsJournal } from './open-nats-journal.ts';
import { describeNats } from './testing/describe-nats.ts';
import { openTestServer, type TestServer } from './testing/open-test-server.ts';

const CONTEXT = 'places';
const STREAM = `stockwire-journal-${CONTEXT}`;
const SUBJECT = `stockwire-journal.${CONTEXT}`;

describeNats('opening a journal', (binary) => {
  let running: TestServer;
  let tests = 0;
  const ids = new SequentialIds(11);
  beforeAll(async () => {
    running = await openTestServer(binary);
  });
  afterAll(() => running.end());

  /** Each test has streams of its own. */
  const connect = (): Promise<NatsConnection> => running.connect({ prefix: `t${++tests}-` });

  const fill = async (connection: NatsConnection, count: number): Promise<void> => {
    const journal = await openNatsJournal(connection, CONTEXT);
    for (let n = 0; n < count; n++) {
      const recordedAtMs = 10 * (journal.head() + 1);
      await journal.append({ batchId: ids.next(), recordedAtMs, events: [{ n }] }, journal.head());
    }
    await journal.close();
  };

  /** What a server leaves behind that takes a message of a deposed writer. */
  const intrude = async (connection: NatsConnection, seq: number): Promise<void> => {
    const body = Buffer.from('[]');
    const record = { seq, expectedLast: 0, batchId: ids.next(), recordedAtMs: 1 };
    const headers = toHeaders({ ...record, checksum: checksumOf(record, body, 0) });
    await connection.parts.jetstream.publish(connection.named(SUBJECT), body, { headers });
  };

  const askedToOpen = async (connection: NatsConnection): Promise<number> => {
    const { client } = connection.parts;
    const before = client.stats().outMsgs;
    const journal = await openNatsJournal(connection, CONTEXT);
    const asked = client.stats().outMsgs - before;
    await journal.close();
    return asked;
  };

  test('asks as little of a long log as of a short one', async () => {
    const connection = await connect();
    await fill(connection, 3);
    const asked = await askedToOpen(connection);
    await fill(connection, 300);
    expect(await askedToOpen(connection)).toBe(asked);
    expect(asked).toBeLessThan(10);
  });

  test('finds each batch and each instant among messages that are no batches', async () => {
    const connection = await connect();
    let written = 0;
    for (const [batches, strays] of [
      [2, 1],
      [1, 3],
      [4, 0],
      [1, 2],
    ] as const) {
      await fill(connection, batches);
      written += batches;
      for (let n = 0; n < strays; n++) await intrude(connection, written + 1);
    }
    const journal = await openNatsJournal(connection, CONTEXT);
    expect(journal.head()).toBe(written);
    for (let seq = 1; seq <= written; seq++) {
      for await (const batch of journal.read(seq, seq)) expect(batch.seq).toBe(seq);
      expect([await journal.seqAt(10 * seq - 1), await journal.seqAt(10 * seq)]).toEqual([seq - 1, seq]);
    }
    await journal.close();
  });

  test('refuses a log of which a message is missing, wherever it stood', async () => {
    const connection = await connect();
    // Streams of ours refuse to delete; somebody made this one by hand.
    const { streams } = connection.parts.manager;
    await streams.add({
      name: connection.named(STREAM),
      subjects: [connection.named(SUBJECT)],
      description: 'epoch abc',
    });
    await fill(connection, 6);
    expect(await streams.deleteMessage(connection.named(STREAM), 3)).toBe(true);
    await expect(openNatsJournal(connection, CONTEXT)).rejects.toMatchObject({ name: 'JournalCorrupt' });
  });

  test('refuses a log whose last batch does not fit its checksum', async () => {
    const connection = await connect();
    await fill(connection, 2);
    const body = Buffer.from('[]');
    const record = { seq: 3, expectedLast: 2, batchId: ids.next(), recordedAtMs: 1, checksum: 7 };
    await connection.parts.jetstream.publish(connection.named(SUBJECT), body, { headers: toHeaders(record) });
    await expect(openNatsJournal(connection, CONTEXT)).rejects.toMatchObject({ name: 'JournalCorrupt' });
  });
});
