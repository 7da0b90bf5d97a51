import { CHANNEL_ID, SUBSCRIPTION } from './change-script.ts';
import { LightSocket } from './light-socket.ts';

export interface ToldChange {
  readonly sku: { readonly id: string };
  readonly available: string;
  readonly version: number;
}

export interface ToldFrame {
  readonly cursor: string;
  readonly reset: boolean;
  readonly changes: readonly ToldChange[];
}

interface Message {
  readonly type: string;
  readonly payload?: { readonly data?: { readonly availabilityChanged?: ToldFrame } };
}

export interface LiveClientOptions {
  readonly skuIds: readonly string[];
  /** False for a server that knows no GraphQL and begins to send by itself. */
  readonly subscribes: boolean;
  /** Checks a change that came; returns what is wrong with it. */
  readonly check: (change: ToldChange) => string | undefined;
}

/** The same text comes to many clients; it is read once. */
const READ_MAX = 1_000;
const read = new Map<string, Message>();

function readMessage(text: string): Message {
  const known = read.get(text);
  if (known) return known;
  if (read.size === READ_MAX) read.clear();
  const message = JSON.parse(text) as Message;
  read.set(text, message);
  return message;
}

/** One socket with one subscription, which holds every change against what it should be. */
export class LiveClient {
  /** When each change since the last `take` came, in epoch milliseconds. */
  #arrivals: number[] = [];
  #messages = 0;
  readonly #options: LiveClientOptions;
  #socket: LightSocket | undefined;
  #onFirst: ((frame: ToldFrame) => void) | undefined;
  lastChange: ToldChange | undefined;
  cursor: string | undefined;
  failure: Error | undefined;

  constructor(options: LiveClientOptions) {
    this.#options = options;
  }

  get arrivalCount(): number {
    return this.#arrivals.length;
  }

  /**
   * Resolves with the first frame.
   * @param after goes on from this cursor
   */
  open(url: string, after?: string): Promise<ToldFrame | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<ToldFrame | undefined>();
    this.#onFirst = this.#options.subscribes ? resolve : undefined;
    const socket = new LightSocket(url, {
      onOpen: () => {
        if (this.#options.subscribes) socket.send('{"type":"connection_init"}');
        else resolve(undefined);
      },
      onText: (text) => {
        this.#receive(text, socket, after);
        if (this.failure) reject(this.failure);
      },
      onEnd: (error) => {
        this.failure ??= error;
        reject(error);
      },
    });
    this.#socket = socket;
    return promise;
  }

  drop(): void {
    this.#socket?.destroy();
  }

  take(): { readonly arrivals: readonly number[]; readonly messages: number } {
    const arrivals = this.#arrivals;
    const messages = this.#messages;
    this.#arrivals = [];
    this.#messages = 0;
    return { arrivals, messages };
  }

  #receive(text: string, socket: LightSocket, after: string | undefined): void {
    const message = readMessage(text);
    const frame = message.payload?.data?.availabilityChanged;
    if (message.type === 'next' && frame) this.#apply(frame);
    else if (message.type === 'connection_ack') socket.send(this.#subscribe(after));
    else if (message.type === 'ping') socket.send('{"type":"pong"}');
    else this.failure ??= new Error(`A client was sent ${text.slice(0, 500)}`);
  }

  #apply(frame: ToldFrame): void {
    const { cursor, changes } = frame;
    this.cursor = cursor;
    const onFirst = this.#onFirst;
    this.#onFirst = undefined;
    // The first frame is where it begins; only what comes later is live.
    if (onFirst) return onFirst(frame);
    const nowMs = performance.timeOrigin + performance.now();
    this.#messages++;
    for (const change of changes) {
      const fault = this.#options.check(change);
      if (fault !== undefined) this.failure ??= new Error(fault);
      this.#arrivals.push(nowMs);
    }
    this.lastChange = changes.at(-1);
  }

  #subscribe(after: string | undefined): string {
    const variables = { channel: CHANNEL_ID, skus: this.#options.skuIds, ...(after !== undefined && { after }) };
    return JSON.stringify({ id: '1', type: 'subscribe', payload: { query: SUBSCRIPTION, variables } });
  }
}
