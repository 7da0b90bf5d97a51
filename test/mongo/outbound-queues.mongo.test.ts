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
        const { platform, close } = await beside.open(parts);
        // The servers are waited for by the machine's clock, whatever time the queues believe it to be.
        const { documents, close: closeDocuments } = await openMongoDocuments({
          url,
          ...platform,
          clock: new SystemClock(),
        });
        return {
          platform: { ...platform, documents },
          close: async () => {
            await closeDocuments();
            await close();
          },
        };
      },
      remove: () => beside.remove(),
    };
  });
});
