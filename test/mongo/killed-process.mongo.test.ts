import { expect, test } from '@jest/globals';
import { EmbeddedLease } from '../../kernel/adapters/embedded/embedded-lease.ts';
import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { openMongoDocuments } from '../../kernel/adapters/mongo/open-mongo-documents.ts';
import { testConfig } from '../../kernel/testing/config.ts';
import { killAfterLines } from '../../kernel/testing/killed-process.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { describeMongo, sharedMongo } from '../../scripts/servers/testing/mongo-suite.ts';
import { COUNTERS, STREAM, type Counter } from './saving-clients.ts';

const { killRounds } = testConfig();
const SCRIPT = new URL('saving-process.ts', import.meta.url);

describeMongo('a process of the hub that is killed', (mongo) => {
  const newDatabase = sharedMongo(mongo);

  test(
    'leaves its acknowledged saves, and their events to the process after it, in order',
    async () => {
      const url = newDatabase();
      const temporary = await temporaryDirectory();
      const directory = temporary.path;
      const acknowledged = new Map<string, number>();
      for (let round = 0; round < killRounds; round++) {
        const { lines } = await killAfterLines(SCRIPT, [url, directory], 50 + ((round * 137) % 300));
        for (const [id = '', version] of lines.map((line) => line.split(' '))) acknowledged.set(id, Number(version));
      }
      const platform = await openEmbeddedPlatform({ directory });
      const { streams } = platform;
      const limits = { writerSilenceMs: 500 };
      const { documents, ...opened } = await openMongoDocuments({ url, streams, lease: new EmbeddedLease(), limits });
      try {
        await documents.flushOutbox();
        const saved = await (await documents.collection<Counter>(COUNTERS)).find({ limit: 10 });
        const published = await streams.read(STREAM, 0, 1_000_000);
        expect([...acknowledged.keys()].sort()).toEqual(['a', 'b', 'c', 'd']);
        expect(saved).toHaveLength(4);
        for (const { document, version } of saved) {
          expect(version).toBeGreaterThanOrEqual(acknowledged.get(document.id) ?? 0);
          const counts = published.flatMap(({ envelope }) =>
            envelope.key === document.id ? [(envelope.data as Counter).count] : [],
          );
          expect(counts).toEqual(Array.from({ length: version }, (_, n) => n + 1));
        }
      } finally {
        await opened.close();
        await platform.close();
        await temporary.remove();
      }
    },
    60_000 + killRounds * 20_000,
  );
});
