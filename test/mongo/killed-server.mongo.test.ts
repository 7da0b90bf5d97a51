import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EmbeddedLease } from '../../kernel/adapters/embedded/embedded-lease.ts';
import { openEmbeddedPlatform, type EmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { openMongoDocuments, type OpenedDocuments } from '../../kernel/adapters/mongo/open-mongo-documents.ts';
import { testConfig } from '../../kernel/testing/config.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { describeOwnMongo } from '../../scripts/servers/testing/mongo-suite.ts';
import { startMongo, type RunningMongo } from '../../scripts/servers/testing/start-mongo.ts';
import { outOfOrder } from './order-of-saves.ts';
import { COUNTERS, STREAM, SavingClients, type Counter } from './saving-clients.ts';

const { killRounds } = testConfig();
const KILL_TEST_MS_MAX = 60_000 + killRounds * 20_000;
const SAVES_PER_ROUND = 200;
const CLIENTS = Array.from({ length: 8 }, (_, n) => `client-${n}`);

describeOwnMongo('a server that is killed', (mongo) => {
  let directory: TemporaryDirectory;
  let server: RunningMongo;
  let platform: EmbeddedPlatform;
  let opened: OpenedDocuments;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    server = await startMongo(mongo, { directory: `${directory.path}/mongo` });
    platform = await openEmbeddedPlatform({ directory: `${directory.path}/streams` });
    const { streams } = platform;
    opened = await openMongoDocuments({ url: server.url('killed'), streams, lease: new EmbeddedLease() });
  });
  afterEach(async () => {
    await opened.close();
    await platform.close();
    await server.kill();
    await directory.remove();
  });

  const restart = async (): Promise<void> => {
    server = await startMongo(mongo, { directory: `${directory.path}/mongo`, port: server.port });
  };

  test(
    'loses nothing that was acknowledged, and every event of a save is published, in order',
    async () => {
      const counters = await opened.documents.collection<Counter>(COUNTERS);
      const clients = new SavingClients(1);
      const running = clients.run(counters, CLIENTS);
      for (let round = 1; round <= killRounds; round++) {
        await waitFor(() => clients.acknowledgedSaves >= round * SAVES_PER_ROUND, 'saves of this round');
        const obstacles = clients.obstacles.length;
        await server.kill();
        await waitFor(() => clients.obstacles.length > obstacles, 'an obstacle');
        await restart();
      }
      const before = clients.acknowledgedSaves;
      await waitFor(() => clients.acknowledgedSaves > before + CLIENTS.length, 'saves after the last start');
      clients.stop();
      await running;
      await opened.documents.flushOutbox();

      const published = await platform.streams.read(STREAM, 0, 1_000_000);
      for (const client of CLIENTS) {
        const found = await counters.get(client);
        expect(found?.version).toBeGreaterThanOrEqual(clients.acknowledged.get(client) ?? 0);
        const counts = published.flatMap(({ envelope }) =>
          envelope.key === client ? [(envelope.data as Counter).count] : [],
        );
        expect(counts).toEqual(Array.from({ length: found?.version ?? 0 }, (_, n) => n + 1));
      }
      expect(outOfOrder(published.map(({ envelope }) => clients.saves.get(envelope.id)!))).toEqual([]);
    },
    KILL_TEST_MS_MAX,
  );

  test('makes calls fail with an obstacle until it is back, and then they go on by themselves', async () => {
    const counters = await opened.documents.collection<Counter>(COUNTERS);
    await counters.save({ id: 'a', count: 1 }, 0);
    await server.kill();
    const away = { name: 'DocumentsUnavailable', code: 'CONTEXT_UNAVAILABLE', retryable: true };
    await expect(counters.get('a')).rejects.toMatchObject(away);
    await expect(counters.save({ id: 'a', count: 2 }, 1)).rejects.toMatchObject(away);
    await expect(counters.find({ limit: 1 })).rejects.toMatchObject(away);
    await restart();
    await waitFor(() => counters.save({ id: 'a', count: 2 }, 1));
    await expect(counters.get('a')).resolves.toEqual({ document: { id: 'a', count: 2 }, version: 2 });
  });

  test('or stopped without a word: calls fail with an obstacle as well, and go on when it does', async () => {
    const counters = await opened.documents.collection<Counter>(COUNTERS);
    await counters.save({ id: 'a', count: 1 }, 0);
    server.pause();
    try {
      await expect(counters.get('a')).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    } finally {
      server.resume();
    }
    await waitFor(async () => (await counters.get('a'))?.version === 1);
  });

  test('is an obstacle at the start', async () => {
    const url = server.url('killed');
    await server.kill();
    const opening = openMongoDocuments({ url, streams: platform.streams, lease: new EmbeddedLease() });
    await expect(opening).rejects.toMatchObject({ name: 'DocumentsUnavailable' });
    await restart();
  });
});

test('the verifier of the order sees an event that was published too early', () => {
  const [first, second] = [
    { calledAt: 0, answeredAt: 1 },
    { calledAt: 2, answeredAt: 3 },
  ];
  expect(outOfOrder([first, second])).toEqual([]);
  expect(outOfOrder([second, first])).toEqual([1]);
});
