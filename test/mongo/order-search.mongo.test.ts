import { EmbeddedLease } from '../../kernel/adapters/embedded/embedded-lease.ts';
import { openMongoDocuments } from '../../kernel/adapters/mongo/open-mongo-documents.ts';
import { openTestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { describeMongo, sharedMongo } from '../../scripts/servers/testing/mongo-suite.ts';
import { orderSearchContract } from '../../subgraphs/orders/testing/order-search.contract.ts';

/** The emulator takes its time on a busy machine; how soon a call gives up is shown elsewhere. */
const PATIENT = { callMs: 30_000, socketSilenceMs: 30_000, writerSilenceMs: 60_000 };

describeMongo('orders over MongoDB', (mongo) => {
  const newDatabase = sharedMongo(mongo);

  orderSearchContract(`MongoDB, ${mongo.tier}`, async () => {
    const platform = await openTestPlatform();
    const opened = await openMongoDocuments({
      url: newDatabase(),
      streams: platform.streams,
      lease: new EmbeddedLease(),
      limits: PATIENT,
    });
    const close = async (): Promise<void> => {
      await opened.close();
      await platform.close();
    };
    return { documents: opened.documents, close };
  });
});
