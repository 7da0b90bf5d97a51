import type { SubscribePayload, WebSocket as ProtocolSocket } from 'graphql-ws';
import { WebSocket, type RawData } from 'ws';
import type { Identity } from '../../kernel/model/identity.ts';
import type { RequestHeaders } from '../executor/operation-context.ts';
import type { KeepAlive, Pinged } from './keep-alive.ts';
import { readMessage } from './received-message.ts';
import { SocketOutlet, type SocketOutletHost } from './socket-outlet.ts';
import type { SocketSession } from './socket-operations.ts';

/** What the protocol does when a socket has closed. */
type Closed = (code: number, reason: string) => Promise<void>;

/** What all connections of an endpoint have in common. */
export interface ConnectionHost extends SocketOutletHost {
  readonly keepAlive: KeepAlive;
  onPing(connection: SocketConnection, payload: Record<string, unknown> | undefined): Promise<void>;
  /** Now and then while it is open. */
  onAlive(connection: SocketConnection): void;
  onClosed(connection: SocketConnection, code: number): void;
  /** The socket itself broke, as networks do. */
  onBroken(error: Error): void;
  /** A message could not be handled, which is a fault of the hub. */
  onFailed(connection: SocketConnection, error: unknown): void;
}

/** What the request of the upgrade has told. */
interface Upgrade {
  readonly address: string | undefined;
  readonly headers: RequestHeaders;
  readonly authorization: string | undefined;
}

/** A socket that knows its connection, so that one set of listeners serves all of them. */
export class ClientSocket extends WebSocket {
  connection: SocketConnection | undefined;
}

/**
 * One client's socket: what graphql-ws writes to, what the group of a subscription writes past it, and what is known of
 * who is there. There are many of them and most are idle, so it has no timer and no closures of its own.
 */
export class SocketConnection implements ProtocolSocket, SocketSession, Pinged {
  readonly socket: ClientSocket;
  readonly outlet: SocketOutlet;
  readonly address: string | undefined;
  /** The header of the upgrade. */
  readonly authorization: string | undefined;
  headers: RequestHeaders;
  identity: Identity | undefined;
  aborters: Set<AbortController> | undefined;
  isAlive = true;
  cancelExpiry: (() => void) | undefined;
  /** When its rights were last found to hold. */
  checkedAtMs = 0;
  payload: SubscribePayload | undefined;
  readonly #host: ConnectionHost;
  readonly #part: number;
  #receive: ((text: string) => Promise<void>) | undefined;
  #closed: Closed | undefined;

  constructor(socket: ClientSocket, { address, headers, authorization }: Upgrade, host: ConnectionHost) {
    this.socket = socket;
    this.address = address;
    this.headers = headers;
    this.authorization = authorization;
    this.#host = host;
    this.outlet = new SocketOutlet(socket, host);
    this.#part = host.keepAlive.add(this);
    socket.connection = this;
    socket.on('message', onMessage);
    socket.on('pong', onPong);
    socket.on('error', onError);
    socket.on('close', onClose);
  }

  get protocol(): string {
    return this.socket.protocol;
  }

  send(data: string): Promise<void> {
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.resolve();
    return new Promise((resolve) => {
      // A socket that fails is closed; whoever sends learns of it by that.
      this.socket.send(data, () => resolve());
    });
  }

  close(code?: number, reason?: string): void {
    this.socket.close(code, reason);
  }

  onMessage(receive: (text: string) => Promise<void>): void {
    this.#receive = receive;
  }

  onPing(payload: Record<string, unknown> | undefined): Promise<void> {
    return this.#host.onPing(this, payload);
  }

  /** To be called once the protocol has opened it. */
  whenClosed(closed: Closed): void {
    this.#closed = closed;
  }

  ping(): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    this.socket.ping();
    this.#host.onAlive(this);
  }

  terminate(): void {
    this.socket.terminate();
  }

  hear(data: RawData): void {
    this.isAlive = true;
    const { text, payload } = readMessage(textOf(data));
    this.payload = payload;
    this.#receive?.(text).catch((error: unknown) => this.#host.onFailed(this, error));
    this.payload = undefined;
  }

  acknowledge(data: Buffer): void {
    this.isAlive = true;
    this.outlet.acknowledge(data);
  }

  broken(error: Error): void {
    this.#host.onBroken(error);
  }

  end(code: number, reason: Buffer): void {
    this.#host.keepAlive.remove(this, this.#part);
    this.outlet.release();
    this.cancelExpiry?.();
    for (const aborter of this.aborters ?? []) aborter.abort();
    this.#host.onClosed(this, code);
    this.#closed?.(code, reason.toString()).catch((error: unknown) => this.#host.onFailed(this, error));
  }
}

function onMessage(this: WebSocket, data: RawData): void {
  (this as ClientSocket).connection?.hear(data);
}

function onPong(this: WebSocket, data: Buffer): void {
  (this as ClientSocket).connection?.acknowledge(data);
}

function onError(this: WebSocket, error: Error): void {
  (this as ClientSocket).connection?.broken(error);
}

function onClose(this: WebSocket, code: number, reason: Buffer): void {
  (this as ClientSocket).connection?.end(code, reason);
}

function textOf(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString();
  return Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data).toString();
}
