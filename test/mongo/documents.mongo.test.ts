import { createConnection } from 'mongoose';
import { EmbeddedLease } from '../../kernel/adapters/embedded/embedded-lease.ts';
import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { openMongoDocuments } from '../../kernel/adapters/mongo/open-mongo-documents.ts';
import { documentsContract, type DocumentsAndStreams } from '../../kernel/testing/documents.contract.ts';
import type { OpenPort, PortSubject } from '../../kernel/testing/port-subject.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { describeMongo, sharedMongo } from '../../scripts/servers/testing/mongo-suite.ts';

/** 1,500 saves at once are many for the emulator on a busy machine; how soon a call gives up is shown elsewhere. */
const PATIENT = { callMs: 30_000, socketSilenceMs: 30_000, writerSilenceMs: 60_000 };

describeMongo('documents on MongoDB', (mongo) => {
  const newDatabase = sharedMongo(mongo);

  documentsContract(`MongoDB, ${mongo.tier}`, async (): Promise<PortSubject<DocumentsAndStreams>> => {
    const url = newDatabase();
    const temporary = await temporaryDirectory();
    const open = async (): Promise<OpenPort<DocumentsAndStreams>> => {
      const platform = await openEmbeddedPlatform({ directory: temporary.path });
      const { streams } = platform;
      const opened = await openMongoDocuments({ url, streams, lease: new EmbeddedLease(), limits: PATIENT });
      const closeBoth = async (): Promise<void> => {
        await opened.close();
        await platform.close();
      };
      return { port: { documents: opened.documents, streams }, close: closeBoth };
    };
    const remove = async (): Promise<void> => {
      await dropDatabase(url);
      await temporary.remove();
    };
    return { open, remove };
  });
});

async function dropDatabase(url: string): Promise<void> {
  const connection = await createConnection(url).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
