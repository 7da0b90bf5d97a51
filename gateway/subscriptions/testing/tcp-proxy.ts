import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A way to a server that can break. */
export interface TcpProxy {
  /** The address of the server, by way of the proxy. */
  readonly url: string;
  /** Connections that were taken so far. */
  readonly accepted: number;
  /** Breaks every connection off, and each new one as soon as it is there, until `mend` is called. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** @param url of the server, with any path */
export async function openTcpProxy(url: string): Promise<TcpProxy> {
  const { port, hostname } = new URL(url);
  const open = new Set<Socket>();
  let [isCut, accepted] = [false, 0];
  const keep = (socket: Socket, other: Socket): void => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      open.delete(socket);
      other.destroy();
    });
  };
  const server = createServer((client) => {
    accepted++;
    if (isCut) {
      client.on('error', () => undefined);
      return void client.destroy();
    }
    const upstream = connect(Number(port), hostname);
    keep(client, upstream);
    keep(upstream, client);
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const breakOff = (): void => {
    for (const socket of open) socket.destroy();
  };
  const own = new URL(url);
  own.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: own.href,
    get accepted() {
      return accepted;
    },
    cut: () => {
      isCut = true;
      breakOff();
    },
    mend: () => {
      isCut = false;
    },
    close: () => {
      breakOff();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
