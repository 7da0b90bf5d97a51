import type { WebSocket } from 'ws';
import type { CancelTimer, Clock } from '../../kernel/ports/clock.ts';
import type { Outlet } from './member.ts';
import { asciiJson } from './ascii-json.ts';
import { writeText } from './text-frame.ts';
import type { FrameForm, SharedFrame } from './shared-frame.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';

/** RFC 6455 registers 1013 as "try again later"; clients of graphql-ws reconnect after it. */
const TRY_AGAIN_LATER = 1013;

/** A ping is sent after each such part of what may be unread. */
const PINGS_PER_WINDOW = 8;
/** Tells our pings from the empty ones that keep a socket alive. */
const PING = /^sent (\d{1,15})$/;

/** The rest of a message of graphql-transport-ws after its id. */
const tailOf: FrameForm = ({ payload }) => `,"type":"next","payload":${payload}}`;

/** Ids as clients give them: numbers, UUIDs. */
const PLAIN_ID = /^[\w-]*$/;

function quoteId(id: string): string {
  return PLAIN_ID.test(id) ? `"${id}"` : asciiJson(id);
}

/** What all outlets have in common. */
export interface SocketOutletHost {
  readonly clock: Clock;
  readonly limits: Pick<SubscriptionLimits, 'unreadBytesMax' | 'stalledMsMax'>;
}

/**
 * Writes to one client and knows how much of it the client has not read. The buffers of both kernels take megabytes
 * before a socket looks slow, so the client's own pongs are the measure: a ping says how much was sent before it, and a
 * pong, which every WebSocket implementation sends by itself when it gets there, says it back.
 */
export class SocketOutlet implements Outlet {
  readonly #socket: WebSocket;
  readonly #host: SocketOutletHost;
  /** Absent most of the time. */
  #waiting: (() => void)[] | undefined;
  #sentBytes = 0;
  #pingedBytes = 0;
  #readBytes = 0;
  #cancelStalled: CancelTimer | undefined;

  constructor(socket: WebSocket, host: SocketOutletHost) {
    this.#socket = socket;
    this.#host = host;
  }

  get isReady(): boolean {
    return this.unreadBytes <= this.#host.limits.unreadBytesMax;
  }

  /** What was sent and is not known to be read; up to one ping more than what is unread. */
  get unreadBytes(): number {
    return this.#sentBytes - this.#readBytes;
  }

  whenReady(run: () => void): void {
    if (this.isReady) run();
    else (this.#waiting ??= []).push(run);
  }

  send(id: string, frame: SharedFrame): void {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return;
    const text = `{"id":${quoteId(id)}${frame.as(tailOf)}`;
    writeText(socket, text);
    this.#sentBytes += text.length;
    const { unreadBytesMax } = this.#host.limits;
    const { isReady } = this;
    if (!isReady || this.#sentBytes - this.#pingedBytes >= unreadBytesMax / PINGS_PER_WINDOW) this.#ping();
    if (!isReady) this.#stall();
  }

  tryAgainLater(): void {
    this.#socket.close(TRY_AGAIN_LATER, 'Try again later');
  }

  /** What came with a pong. */
  acknowledge(data: Buffer): void {
    const [, sent] = PING.exec(data.toString('latin1')) ?? [];
    if (sent === undefined) return;
    this.#readBytes = Math.max(this.#readBytes, Math.min(Number(sent), this.#sentBytes));
    if (!this.isReady) return;
    this.#cancelStalled?.();
    this.#cancelStalled = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    for (const run of waiting ?? []) run();
  }

  /** The socket has closed. */
  release(): void {
    this.#cancelStalled?.();
  }

  #ping(): void {
    if (this.#pingedBytes === this.#sentBytes) return;
    this.#pingedBytes = this.#sentBytes;
    this.#socket.ping(`sent ${this.#sentBytes}`);
  }

  #stall(): void {
    const { clock, limits } = this.#host;
    // A client that reads nothing does not answer the close frame either; ws then ends the socket by itself.
    this.#cancelStalled ??= clock.after(limits.stalledMsMax, () => this.#socket.close(TRY_AGAIN_LATER, 'Too slow'));
  }
}
