import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';

/** How clients reach a server. */
export interface Wire {
  /** Resolves when the server can be dialled. */
  open(server: Server): Promise<void>;
  dial(server: Server): Duplex;
}

/** Without the operating system: HTTP, WebSocket and all above them, over streams of this process. */
export const MEMORY_WIRE: Wire = {
  open: () => Promise.resolve(),
  dial: (server) => {
    const [near, far] = duplexPair();
    // The end of one side is no event for the other; a socket would say so.
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
    server.emit('connection', far);
    return near;
  },
};

export const TCP_WIRE: Wire = {
  open: (server) =>
    new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve());
    }),
  dial: (server) => connect((server.address() as AddressInfo).port, '127.0.0.1'),
};
