import { randomBytes } from 'node:crypto';
import type { OpenPort, PortSubject } from '../../../testing/port-subject.ts';
import { temporaryDirectory } from '../../../testing/temporary-directory.ts';
import { openNatsConnection, type NatsConnection } from '../nats-connection.ts';
import { natsTestConfig } from './config.ts';
import { NatsServer } from './nats-server.ts';

/** One open port over a connection of its own. */
type Open<Port> = (connection: NatsConnection) => Promise<{ readonly port: Port; close?(): Promise<void> }>;

/** A server for all tests of a suite; each test has a prefix of its own, and each opening a connection of its own. */
export function overNats<Port>(server: () => string, open: Open<Port>): () => Promise<PortSubject<Port>> {
  return async () => {
    const prefix = `t${randomBytes(6).toString('hex')}-`;
    return {
      open: async (): Promise<OpenPort<Port>> => {
        const connection = await openNatsConnection({ servers: [server()], prefix });
        try {
          const opened = await open(connection);
          return { port: opened.port, close: () => closeBoth(connection, opened) };
        } catch (error) {
          await connection.close();
          throw error;
        }
      },
      remove: () => removeAll(server(), prefix),
    };
  };
}

/** Starts the server of a suite, or takes the one that NATS_URL names. */
export async function suiteServer(binary: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const given = natsTestConfig().url;
  if (given !== undefined) return { url: given, stop: async () => undefined };
  const directory = await temporaryDirectory();
  const server = await NatsServer.start({ binary, directory: directory.path });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await directory.remove();
    },
  };
}

async function closeBoth(connection: NatsConnection, opened: { close?(): Promise<void> }): Promise<void> {
  await opened.close?.();
  await connection.close();
}

async function removeAll(url: string, prefix: string): Promise<void> {
  const connection = await openNatsConnection({ servers: [url] });
  try {
    const { streams } = connection.parts.manager;
    for await (const { config } of streams.list()) {
      if (config.name.includes(prefix)) await streams.delete(config.name);
    }
  } finally {
    await connection.close();
  }
}
