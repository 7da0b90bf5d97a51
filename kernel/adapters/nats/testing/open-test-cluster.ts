import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '../../../testing/temporary-directory.ts';
import { openNatsConnection, type NatsConnection } from '../nats-connection.ts';
import { NatsServer, freePorts } from './nats-server.ts';

const SERVERS = 3;

export interface TestCluster {
  readonly servers: readonly NatsServer[];
  /** With streams of three replicas. */
  connect(): Promise<NatsConnection>;
  end(): Promise<void>;
}

/** Three servers that keep every stream three times. */
export async function openTestCluster(binary: string): Promise<TestCluster> {
  const directory = await temporaryDirectory();
  const ports = await freePorts(SERVERS);
  const servers = await Promise.all(
    ports.map(async (_, index) => {
      const own = join(directory.path, `n${index}`);
      await mkdir(own);
      return NatsServer.start({ binary, directory: own, cluster: { ports, index } });
    }),
  );
  const connections: NatsConnection[] = [];
  return {
    servers,
    connect: async () => {
      const urls = servers.map(({ url }) => url);
      const connection = await openNatsConnection({ servers: urls, limits: { replicas: SERVERS } });
      connections.push(connection);
      return connection;
    },
    end: async () => {
      await Promise.all(connections.map((connection) => connection.close()));
      await Promise.all(servers.map((server) => server.stop()));
      await directory.remove();
    },
  };
}
