import { temporaryDirectory } from '../../../testing/temporary-directory.ts';
import { openNatsConnection, type NatsConnection, type NatsConnectionOptions } from '../nats-connection.ts';
import { NatsServer, type NatsServerOptions } from './nats-server.ts';

export interface TestServer {
  readonly server: NatsServer;
  /** Ended together with the server. */
  connect(options?: Partial<NatsConnectionOptions>): Promise<NatsConnection>;
  end(): Promise<void>;
}

/** A server of its own for a test that kills it or wants it otherwise; NATS_URL does not matter here. */
export async function openTestServer(binary: string, options: Partial<NatsServerOptions> = {}): Promise<TestServer> {
  const directory = await temporaryDirectory();
  const server = await NatsServer.start({ binary, directory: directory.path, ...options });
  const connections: NatsConnection[] = [];
  return {
    server,
    connect: async (overrides = {}) => {
      const connection = await openNatsConnection({ servers: [server.url], ...overrides });
      connections.push(connection);
      return connection;
    },
    end: async () => {
      await Promise.all(connections.map((connection) => connection.close()));
      await server.stop();
      await directory.remove();
    },
  };
}
