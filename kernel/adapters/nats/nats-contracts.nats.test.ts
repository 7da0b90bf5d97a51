import { afterAll, beforeAll } from '@jest/globals';
import { changeFeedContract } from '../../testing/change-feed.contract.ts';
import { journalContract } from '../../testing/journal.contract.ts';
import { leaseContract } from '../../testing/lease.contract.ts';
import { rpcContract } from '../../testing/rpc.contract.ts';
import { streamsContract } from '../../testing/streams.contract.ts';
import { NatsChangeFeed } from './nats-change-feed.ts';
import { NatsLease } from './nats-lease.ts';
import { NatsRpc } from './nats-rpc.ts';
import { openNatsJournal } from './open-nats-journal.ts';
import { NatsStreams } from './nats-streams.ts';
import { describeNats } from './testing/describe-nats.ts';
import { overNats, suiteServer } from './testing/nats-subject.ts';

describeNats('the ports', (binary) => {
  let server: Awaited<ReturnType<typeof suiteServer>>;
  beforeAll(async () => {
    server = await suiteServer(binary);
  });
  afterAll(() => server.stop());
  const url = (): string => server.url;

  journalContract(
    'NATS',
    overNats(url, async (connection) => {
      const port = await openNatsJournal(connection, 'inventory');
      return { port, close: () => port.close() };
    }),
  );
  streamsContract(
    'NATS',
    overNats(url, async (connection) => {
      const port = new NatsStreams(connection);
      return { port, close: () => port.close() };
    }),
  );
  changeFeedContract(
    'NATS',
    overNats(url, async (connection) => ({ port: new NatsChangeFeed(connection) })),
  );
  rpcContract(
    'NATS',
    overNats(url, async (connection) => ({ port: new NatsRpc(connection) })),
  );
  leaseContract(
    'NATS',
    overNats(url, async (connection) => ({ port: new NatsLease(connection) })),
  );
});
