import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** How a network is cut: connections break at once, or nothing passes any more and nobody is told. */
export type CutMode = 'broken' | 'silent';

/** Stands between two processes and passes everything on, until it is told not to. */
export class CutProxy {
  #target: { readonly host: string; readonly port: number } | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #mode: CutMode | undefined;

  private constructor() {
    this.#server = createServer((inside) => this.#join(inside));
  }

  static async open(): Promise<CutProxy> {
    const proxy = new CutProxy();
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Where it leads from now on. @returns the same address by way of here */
  lead(url: string): string {
    const target = new URL(url);
    this.#target = { host: target.hostname, port: Number(target.port) };
    target.host = `127.0.0.1:${this.port}`;
    return target.href;
  }

  cut(mode: CutMode): void {
    this.#mode = mode;
    for (const socket of this.#sockets) {
      if (mode === 'broken') socket.destroy();
      else socket.pause();
    }
  }

  /** New connections pass again. Those that were silent are gone, as after a long silence on the way. */
  heal(): void {
    this.#mode = undefined;
    for (const socket of this.#sockets) if (socket.isPaused()) socket.destroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(inside: Socket): void {
    if (this.#mode === 'broken' || !this.#target) {
      inside.destroy();
      return;
    }
    this.#keep(inside);
    // Taken and never answered: so does a network that loses everything.
    if (this.#mode === 'silent') {
      inside.pause();
      return;
    }
    const outside = connect(this.#target);
    this.#keep(outside);
    inside.on('data', (data) => outside.write(data));
    outside.on('data', (data) => inside.write(data));
    for (const [one, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      one.once('close', () => other.destroy());
      one.once('end', () => other.end());
    }
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
