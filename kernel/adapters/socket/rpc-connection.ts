import { createConnection, type Socket } from 'node:net';
import { Obstacle, Refusal } from '../../model/errors.ts';
import { FleetingMap } from '../../model/fleeting-map.ts';
import type { CancelTimer, Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Rpc } from '../../ports/rpc.ts';
import { silentTelemetry } from '../../ports/silent-telemetry.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { backoffMs } from '../embedded/backoff.ts';
import { Deadlines } from '../embedded/deadlines.ts';
import { FrameReader } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';
import { Greeting } from './greeting.ts';
import { PendingRequest } from './pending-request.ts';
import { formatRpcEndpoint, type RpcEndpoint } from './rpc-endpoint.ts';
import { FRAME, FRAME_HEAD_BYTES } from './rpc-frame.ts';
import { SOCKET_LIMITS, type SocketLimits } from './socket-limits.ts';
import { parseWireError } from './wire-error.ts';

export interface RpcConnectionOptions {
  /** Where the owner listens. */
  readonly endpoint: RpcEndpoint;
  /** What the owner demands; the owner must prove that it knows it, too. */
  readonly secret?: string | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Default: none. */
  readonly telemetry?: Telemetry;
  /** Those that differ from SOCKET_LIMITS. */
  readonly limits?: Partial<SocketLimits>;
}

/** An open way to the owner. */
interface Way {
  readonly socket: Socket;
  readonly writer: FrameWriter;
}

const ID_MAX = 0xffff_ffff;

/**
 * Requests to another process over one socket, many at a time. While the owner cannot be reached, requests wait within
 * their time; when a connection is lost, those that were sent fail, because nobody knows what became of them.
 */
export class RpcConnection implements Pick<Rpc, 'request'> {
  readonly #options: RpcConnectionOptions;
  readonly #limits: SocketLimits;
  readonly #telemetry: Telemetry;
  /** Tells this connection's jitter from another's. */
  readonly #seed: string;
  readonly #pending: Deadlines<PendingRequest>;
  readonly #sent = new FleetingMap<number, PendingRequest>((id) => id);
  #unsent: PendingRequest[] = [];
  #way: Way | undefined;
  #socket: Socket | undefined;
  #failures = 0;
  #nextId = 0;
  #isClosed = false;
  #cancelTimer: CancelTimer = () => undefined;

  /** Begins to connect. */
  constructor(options: RpcConnectionOptions) {
    this.#options = options;
    this.#limits = { ...SOCKET_LIMITS, ...options.limits };
    this.#telemetry = options.telemetry ?? silentTelemetry;
    this.#seed = options.ids.next();
    this.#pending = new Deadlines(options.clock);
    this.#connect();
  }

  request(
    subject: string,
    payload: unknown,
    { timeoutMs, correlationId }: { readonly timeoutMs: number; readonly correlationId: string },
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw this.#unreachable('is closed');
      const { inFlightMax } = this.#limits;
      if (this.#pending.size >= inFlightMax) {
        const message = `Too many requests to ${this.#name()} are in flight.`;
        throw new Obstacle('OVERLOADED', message, { limit: 'inFlightMax', inFlightMax });
      }
      const text = this.#textOf([subject, correlationId, payload]);
      const dueMs = this.#options.clock.nowMs() + timeoutMs;
      const pending = new PendingRequest({ subject, text, dueMs, timeoutMs, resolve, reject });
      this.#pending.add(pending);
      if (this.#way) this.#send(pending, this.#way);
      else this.#unsent.push(pending);
    });
  }

  /** Whoever still waits is told that the outcome is unknown. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelTimer();
    this.#sent.clear();
    this.#unsent = [];
    for (const pending of this.#pending.clear()) pending.reject(this.#unreachable('was closed'));
    const socket = this.#socket;
    if (!socket || socket.destroyed) return;
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.destroy();
    });
  }

  #connect(): void {
    const { endpoint, secret, clock } = this.#options;
    const socket = createConnection(
      endpoint.kind === 'unix' ? { path: endpoint.path } : { host: endpoint.host, port: endpoint.port },
    );
    this.#socket = socket;
    const writer = new FrameWriter(socket);
    const greeting = new Greeting(secret, writer);
    const reader = new FrameReader(this.#limits.answerBytesMax + FRAME_HEAD_BYTES, (kind, id, text) => {
      if (this.#way) this.#receive(kind, id, text);
      else if (greeting.receive(kind, text)) this.#open({ socket, writer });
    });
    this.#cancelTimer = clock.after(this.#limits.helloMs, () => socket.destroy(new Error('It took too long.')));
    let why = 'the connection was closed';
    socket.setNoDelay(true).setKeepAlive(true);
    socket.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    socket.on('error', (error) => (why = error.message));
    socket.on('close', () => this.#lost(why));
  }

  #open(way: Way): void {
    this.#cancelTimer();
    this.#failures = 0;
    this.#way = way;
    for (const pending of this.#unsent.splice(0)) if (!pending.isSettled) this.#send(pending, way);
  }

  #send(pending: PendingRequest, { writer }: Way): void {
    do this.#nextId = this.#nextId === ID_MAX ? 0 : this.#nextId + 1;
    while (this.#sent.get(this.#nextId));
    pending.sentAs(this.#sent, this.#nextId);
    writer.send(FRAME.request, this.#nextId, pending.text);
  }

  #receive(kind: number, id: number, text: string): void {
    const pending = this.#sent.get(id);
    // Its time was up before.
    if (!pending) return;
    this.#sent.delete(id);
    this.#pending.delete(pending);
    if (kind === FRAME.answer) pending.resolve(JSON.parse(text));
    else pending.reject(parseWireError(text));
  }

  /** Requests that were not sent yet wait for the next connection. */
  #lost(why: string): void {
    this.#cancelTimer();
    this.#way = undefined;
    for (const pending of this.#sent.values()) {
      this.#pending.delete(pending);
      pending.reject(this.#unreachable(`was lost: ${why}`));
    }
    this.#sent.clear();
    this.#unsent = this.#unsent.filter(({ isSettled }) => !isSettled);
    if (this.#isClosed) return;
    this.#failures++;
    this.#telemetry.count('rpc_connection_failures_total');
    this.#telemetry.log('warn', 'the owner of requests cannot be reached', { endpoint: this.#name(), why });
    const { reconnectMinMs: minMs, reconnectMaxMs: maxMs } = this.#limits;
    const waitMs = backoffMs(this.#failures, this.#seed, { minMs, maxMs });
    this.#cancelTimer = this.#options.clock.after(waitMs, () => this.#connect());
  }

  /** @throws {Refusal} LIMIT_EXCEEDED */
  #textOf(request: readonly [string, string, unknown]): string {
    const text = JSON.stringify(request);
    const { requestBytesMax } = this.#limits;
    if (text.length * 3 <= requestBytesMax || Buffer.byteLength(text) <= requestBytesMax) return text;
    const details = { limit: 'requestBytesMax', requestBytesMax };
    throw new Refusal('LIMIT_EXCEEDED', `The request ${request[0]} is longer than a connection takes.`, details);
  }

  #unreachable(what: string): Obstacle {
    const endpoint = this.#name();
    return new Obstacle('CONTEXT_UNAVAILABLE', `The connection to ${endpoint} ${what}.`, { endpoint });
  }

  #name(): string {
    return formatRpcEndpoint(this.#options.endpoint);
  }
}
