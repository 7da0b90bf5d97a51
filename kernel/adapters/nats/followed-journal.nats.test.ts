import { afterAll, beforeAll } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { followedJournalContract } from '../../testing/followed-journal.contract.ts';
import { followNatsJournal } from './follow-nats-journal.ts';
import { openNatsConnection, type NatsConnection } from './nats-connection.ts';
import { openNatsJournal } from './open-nats-journal.ts';
import { describeNats } from './testing/describe-nats.ts';
import { suiteServer } from './testing/nats-subject.ts';

describeNats('a journal that is followed', (binary) => {
  let server: Awaited<ReturnType<typeof suiteServer>>;
  beforeAll(async () => {
    server = await suiteServer(binary);
  });
  afterAll(() => server.stop());

  followedJournalContract('NATS', async () => {
    const prefix = `t${randomBytes(6).toString('hex')}-`;
    const connections: NatsConnection[] = [];
    const connect = async (): Promise<NatsConnection> => {
      const connection = await openNatsConnection({ servers: [server.url], prefix });
      connections.push(connection);
      return connection;
    };
    const writer = await openNatsJournal(await connect(), 'inventory');
    return {
      writer,
      follow: async () => followNatsJournal(await connect(), 'inventory'),
      remove: async () => {
        await writer.close();
        const [first] = connections;
        await first?.parts.manager.streams.delete(first.named('stockwire-journal-inventory'));
        await Promise.all(connections.map((connection) => connection.close()));
      },
    };
  });
});
