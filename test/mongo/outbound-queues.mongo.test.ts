import { outboundContract } from '../../connectors/outbound/testing/outbound.contract.ts';
import { embeddedQueueStorage, type QueueStorage } from '../../connectors/outbound/testing/outbound-bench.ts';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { openMongoDocuments } from '../../kernel/adapters/mongo/open-mongo-documents.ts';
import { describeMongo, sharedMongo } from '../../scripts/servers/testing/mongo-suite.ts';

describeMongo('queues over MongoDB', (mongo) => {
  const databaseUrl = sharedMongo(mongo);
  outboundContract('documents on MongoDB', async (): Promise<QueueStorage> => {
    const beside = await embeddedQueueStorage();
    const url = databaseUrl();
    return {
      open: async (parts) => {
        const opened = await beside.open(parts);
        // The servers are waited for by the machine's clock, whatever time the queues believe it to be.
        const stored = await openMongoDocuments({ url, ...opened.platform, clock: new SystemClock() });
        return {
          platform: { ...opened.platform, documents: stored.documents },
          close: async () => {
            await stored.close();
            await opened.close();
          },
        };
      },
      remove: () => beside.remove(),
    };
  });
});
