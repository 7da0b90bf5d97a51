import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DomainError } from '../../model/errors.ts';
import { testConfig } from '../../testing/config.ts';
import { SequentialIds } from '../../testing/sequential-ids.ts';
import { testEnvelope } from '../../testing/test-envelope.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { JournalFenced } from '../../ports/journal-errors.ts';
import type { NatsConnection } from './nats-connection.ts';
import { NatsStreams } from './nats-streams.ts';
import { openNatsJournal } from './open-nats-journal.ts';
import { describeNats } from './testing/describe-nats.ts';
import { openTestServer, type TestServer } from './testing/open-test-server.ts';

// The server is killed in the middle of writings and started again over the same folder, round after round. Then
// everything that was acknowledged must be there, in order, once.

const { killRounds } = testConfig();
const KILL_TEST_MS_MAX = 60_000 + killRounds * 10_000;
const STREAM = 'KILL_EVENTS';
const SUBJECT = 'stockwire.test.p00.thing-happened';
const WRITERS = 8;

describeNats('after SIGKILL of the server', (binary) => {
  let running: TestServer;
  let connection: NatsConnection;
  const ids = new SequentialIds(9);
  beforeEach(async () => {
    running = await openTestServer(binary);
    connection = await running.connect();
  });
  afterEach(() => running.end());

  /** Kills and restarts whenever as much again was acknowledged. */
  const killInRounds = async (acknowledged: () => number): Promise<void> => {
    for (let round = 0; round < killRounds; round++) {
      const before = acknowledged();
      await waitFor(() => acknowledged() > before + 50 + ((round * 137) % 200));
      await running.server.kill();
      await running.server.restart();
    }
    const before = acknowledged();
    await waitFor(() => acknowledged() > before + 10);
  };

  test(
    'every acknowledged batch is in the journal at its place, once',
    async () => {
      const acknowledged: [number, string][] = [];
      const over = new AbortController();
      const write = async (): Promise<void> => {
        const journal = await openNatsJournal(connection, 'kill');
        while (!over.signal.aborted) {
          const batchId = ids.next();
          const batch = { batchId, recordedAtMs: 0, events: [{ batchId }, 'x'.repeat(2_000)] };
          acknowledged.push([await journal.append(batch, journal.head()), batchId]);
        }
        await journal.close();
      };
      const writing = write();
      await Promise.race([killInRounds(() => acknowledged.length), writing]);
      over.abort();
      await writing;
      const kept = await batchIds(connection);
      expect(lostBatches(acknowledged, kept)).toEqual([]);
      expect(kept).toHaveLength(acknowledged.length);
      expect(new Set(kept).size).toBe(kept.length);
    },
    KILL_TEST_MS_MAX,
  );

  test('the verifier sees a batch that was acknowledged and is not there', async () => {
    const journal = await openNatsJournal(connection, 'kill');
    const batchId = ids.next();
    const seq = await journal.append({ batchId, recordedAtMs: 0, events: [] }, 0);
    await journal.close();
    const kept = await batchIds(connection);
    expect(lostBatches([[seq, batchId]], kept)).toEqual([]);
    expect(
      lostBatches(
        [
          [seq, batchId],
          [seq + 1, 'never written'],
        ],
        kept,
      ),
    ).toEqual(['never written']);
  });

  test(
    'every published message is in the stream once, in the order of its key, and is handled in that order',
    async () => {
      const streams = new NatsStreams(connection);
      const acknowledged = new Map<string, string[]>();
      const handled = new Map<string, string[]>();
      let count = 0;
      const over = new AbortController();
      const consumer = await streams.consume({
        durable: 'kill-consumer',
        stream: STREAM,
        from: 'first',
        concurrencyMax: 4,
        deliveriesMax: 1_000,
        backoffMinMs: 1,
        backoffMaxMs: 10,
        handle: async ({ envelope }) => void listOf(handled, envelope.key).push(envelope.id),
      });
      const write = async (key: string): Promise<void> => {
        while (!over.signal.aborted) {
          const envelope = testEnvelope(ids, key, { pad: 'x'.repeat(500) });
          await publishUntilDone(streams, envelope);
          listOf(acknowledged, key).push(envelope.id);
          count++;
        }
      };
      const writing = Promise.all(Array.from({ length: WRITERS }, (_, n) => write(`key-${n}`)));
      await Promise.race([killInRounds(() => count), writing]);
      over.abort();
      await writing;
      await waitFor(async () => (await consumer.lag()) === 0);
      const messages = await streams.read(STREAM, 0, 1_000_000);
      for (const [key, published] of acknowledged) {
        const kept = messages.flatMap(({ envelope }) => (envelope.key === key ? [envelope.id] : []));
        expect(kept).toEqual(published);
        // At least once: what comes again comes in order, so that the first deliveries are.
        expect([...new Set(handled.get(key))]).toEqual(published);
      }
      await streams.close();
    },
    KILL_TEST_MS_MAX,
  );
});

/** As an outbox does: under the same id, until it is acknowledged. */
async function publishUntilDone(streams: NatsStreams, envelope: ReturnType<typeof testEnvelope>): Promise<void> {
  for (;;) {
    try {
      await streams.publish(STREAM, SUBJECT, envelope);
      return;
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof JournalFenced) throw error;
    }
  }
}

async function batchIds(connection: NatsConnection): Promise<string[]> {
  const journal = await openNatsJournal(connection, 'kill');
  const kept: string[] = [];
  for await (const { batchId } of journal.read(1)) kept.push(batchId);
  await journal.close();
  return kept;
}

/** The acknowledged batches that are not at the place that was acknowledged. */
function lostBatches(acknowledged: readonly [number, string][], kept: readonly string[]): string[] {
  return acknowledged.filter(([seq, id]) => kept[seq - 1] !== id).map(([, id]) => id);
}

function listOf(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
