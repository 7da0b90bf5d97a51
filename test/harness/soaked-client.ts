import { WebSocket } from 'ws';

interface Frame {
  readonly cursor: string;
  readonly reset: boolean;
  readonly changes: readonly {
    readonly key: string;
    readonly version: number;
    readonly deleted: boolean;
    readonly value: string;
  }[];
}

interface Message {
  readonly type: string;
  readonly payload?: { readonly data?: { readonly live: Frame } };
}

/** What a client subscribes to, and in whose name. */
export interface Followed {
  /** Selects one subscription field as `live`, and of its changes `value`. */
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Asked at each connection; undefined: nobody in particular. */
  readonly token: () => string | undefined;
  /** The key of a SKU's change. */
  readonly keyOf: (sku: string) => string;
  readonly skus: readonly string[];
}

/** One client over a socket of its own, which comes back with its last cursor whenever it is cut off. */
export class SoakedClient {
  /** What it makes of its frames, by key. */
  readonly values = new Map<string, string>();
  readonly faults: string[] = [];
  readonly counts = { frames: 0, connections: 0, resets: 0 };
  readonly #url: string;
  readonly #followed: Followed;
  readonly #versions = new Map<string, number>();
  #cursor: string | undefined;
  #socket: WebSocket | undefined;
  #isStopped = false;
  #stall: NodeJS.Timeout | undefined;

  constructor(url: string, followed: Followed) {
    this.#url = url;
    this.#followed = followed;
  }

  get cursor(): string {
    return this.#cursor ?? '';
  }

  connect(): void {
    if (this.#isStopped) return;
    const socket = new WebSocket(`${this.#url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    this.#socket = socket;
    this.counts.connections++;
    /** Of this connection: nothing may come twice in one. */
    const told = new Map<string, number>();
    const token = this.#followed.token();
    const payload = token === undefined ? {} : { payload: { authorization: `Bearer ${token}` } };
    socket.on('error', () => undefined);
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', ...payload })));
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      if (message.type === 'connection_ack') this.#subscribe(socket);
      else if (message.payload?.data) this.#take(message.payload.data.live, told);
      else if (message.type === 'error') this.faults.push(data.toString());
    });
    socket.once('close', () => {
      clearTimeout(this.#stall);
      if (this.#socket === socket) setTimeout(() => this.connect(), 20);
    });
  }

  /** Is cut off without a word. @param forgets what it knew, its cursor included, as an app does that is started anew */
  cut(forgets: boolean): void {
    // What is on its way in this process would else come after the end.
    this.#socket?.removeAllListeners('message');
    this.#socket?.terminate();
    if (!forgets) return;
    this.#cursor = undefined;
    this.#versions.clear();
    this.values.clear();
  }

  /** Reads nothing for a while. */
  stall(forMs: number): void {
    const socket = this.#socket;
    if (!socket || socket.readyState !== socket.OPEN || socket.isPaused) return;
    socket.pause();
    this.#stall = setTimeout(() => socket.resume(), forMs);
  }

  /** What differs from the truth; undefined when nothing does. */
  differenceFrom(truth: ReadonlyMap<string, string>): string | undefined {
    const { skus, keyOf } = this.#followed;
    for (const sku of skus) {
      const key = keyOf(sku);
      if (this.values.get(key) !== truth.get(key)) return `${key}: ${this.values.get(key)} for ${truth.get(key)}`;
    }
    return this.values.size === skus.length ? undefined : `${this.values.size} keys`;
  }

  stop(): void {
    this.#isStopped = true;
    this.#socket?.terminate();
  }

  #subscribe(socket: WebSocket): void {
    const { query, variables: given } = this.#followed;
    const variables = { ...given, ...(this.#cursor !== undefined && { after: this.#cursor }) };
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
  }

  #take({ cursor, reset, changes }: Frame, told: Map<string, number>): void {
    this.counts.frames++;
    if (!reset && seqOf(cursor) < seqOf(this.cursor)) this.faults.push(`${cursor} came after ${this.cursor}`);
    if (reset) {
      this.counts.resets++;
      this.values.clear();
      told.clear();
    }
    for (const { key, version, deleted, value } of changes) {
      const known = this.#versions.get(key) ?? 0;
      if (version < known) this.faults.push(`${key} went back from ${known} to ${version}`);
      if (told.get(key) === version) this.faults.push(`${key} ${version} came twice`);
      told.set(key, version);
      this.#versions.set(key, version);
      if (deleted) this.values.delete(key);
      else this.values.set(key, value);
    }
    this.#cursor = cursor;
  }
}

/** No client would look into a cursor; a checker may. */
function seqOf(cursor: string): number {
  return Number(cursor.slice(cursor.lastIndexOf('.') + 1));
}
