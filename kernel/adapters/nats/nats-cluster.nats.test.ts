import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testConfig } from '../../testing/config.ts';
import { SequentialIds } from '../../testing/sequential-ids.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { JournalPlaces } from './journal-places.ts';
import { JournalPresence } from './journal-presence.ts';
import type { NatsConnection } from './nats-connection.ts';
import { NatsJournal } from './nats-journal.ts';
import { openNatsJournal } from './open-nats-journal.ts';
import { describeNats } from './testing/describe-nats.ts';
import { openTestCluster, type TestCluster } from './testing/open-test-cluster.ts';

const { killRounds } = testConfig();
const RACERS = 6;
const RACES = 20;

describeNats('a journal on three replicas', (binary) => {
  let cluster: TestCluster;
  const ids = new SequentialIds(12);
  beforeAll(async () => {
    cluster = await openTestCluster(binary);
  });
  afterAll(() => cluster.end());

  /** A writer that does not ask whether there is another one. */
  const openUnasked = async (connection: NatsConnection, context: string): Promise<NatsJournal> => {
    const stream = `stockwire-journal-${context}`;
    return new NatsJournal({
      connection,
      context,
      stream,
      subject: `stockwire-journal.${context}`,
      epoch: 'unread',
      places: await JournalPlaces.find(connection, stream),
      presence: new JournalPresence(connection, context),
    });
  };

  const batchIdsOf = async (connection: NatsConnection, context: string): Promise<readonly string[]> => {
    const journal = await openNatsJournal(connection, context);
    const kept: string[] = [];
    for await (const { batchId } of journal.read(1)) kept.push(batchId);
    await journal.close();
    return kept;
  };

  test('of several writers that append after the same batch one wins, and readers take that one', async () => {
    const connections = await Promise.all(Array.from({ length: RACERS }, () => cluster.connect()));
    const [first] = connections as [NatsConnection, ...NatsConnection[]];
    await waitForCluster(first, 'race');
    const won: string[] = [];
    for (let race = 0; race < RACES; race++) {
      const racers = await Promise.all(connections.map((connection) => openUnasked(connection, 'race')));
      const outcomes = await Promise.allSettled(
        racers.map(async (journal) => {
          const batchId = ids.next();
          await journal.append({ batchId, recordedAtMs: race, events: [batchId] }, journal.head());
          return batchId;
        }),
      );
      const winners = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      expect(winners.length).toBeLessThanOrEqual(1);
      won.push(...winners);
      await Promise.all(racers.map((journal) => journal.close()));
    }
    expect(won.length).toBeGreaterThan(0);
    expect((await batchIdsOf(first, 'race')).filter((id) => won.includes(id))).toEqual(won);
  });

  test('nothing acknowledged is lost when the server that leads is killed, again and again', async () => {
    const connection = await cluster.connect();
    await waitForCluster(connection, 'lead');
    const acknowledged: string[] = [];
    const over = new AbortController();
    const write = async (): Promise<void> => {
      let journal = await openNatsJournal(connection, 'lead');
      while (!over.signal.aborted) {
        const batchId = ids.next();
        try {
          await journal.append({ batchId, recordedAtMs: 0, events: [batchId] }, journal.head());
          acknowledged.push(batchId);
        } catch {
          // What becomes of a writer without an answer: it opens again, when it can.
          await journal.close();
          journal = await waitFor(() => openNatsJournal(connection, 'lead').catch(() => undefined));
        }
      }
      await journal.close();
    };
    const writing = write();
    for (let round = 0; round < killRounds; round++) {
      const before = acknowledged.length;
      await waitFor(() => acknowledged.length > before + 20);
      const leader = await leaderOf(connection, 'lead');
      await cluster.servers[leader]?.kill();
      const after = acknowledged.length;
      await waitFor(() => acknowledged.length > after + 20);
      await cluster.servers[leader]?.restart();
    }
    over.abort();
    await writing;
    const kept = await waitFor(() => batchIdsOf(connection, 'lead').catch(() => undefined));
    expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([]);
    expect(new Set(kept).size).toBe(kept.length);
  });
});

/** A cluster that has just begun has no leader for a while. */
async function waitForCluster(connection: NatsConnection, context: string): Promise<void> {
  const journal = await waitFor(() => openNatsJournal(connection, context).catch(() => undefined));
  await journal.close();
}

/** The index of the server that leads the stream. */
async function leaderOf(connection: NatsConnection, context: string): Promise<number> {
  const name = await waitFor(async () => {
    const { cluster } = await connection.parts.manager.streams.info(`stockwire-journal-${context}`);
    return cluster?.leader;
  });
  return Number(name.slice(1));
}
