import { WebSocket } from 'ws';

interface Frame {
  readonly cursor: string;
  readonly reset: boolean;
  readonly changes: readonly {
    readonly key: string;
    readonly version: number;
    readonly deleted: boolean;
    readonly available: string;
  }[];
}

interface Message {
  readonly type: string;
  readonly payload?: { readonly data?: { readonly availabilityChanged: Frame } };
}

const QUERY = `subscription ($after: ChangeCursor, $skus: [ID!]) {
  availabilityChanged(channel: "WEB", skus: $skus, after: $after) { cursor reset changes { key version deleted available } } }`;

/** One client over a socket of its own, which comes back with its last cursor whenever it is cut off. */
export class SoakedClient {
  /** What it makes of its frames, by key. */
  readonly available = new Map<string, string>();
  readonly faults: string[] = [];
  readonly counts = { frames: 0, connections: 0, resets: 0 };
  readonly #url: string;
  readonly #skus: readonly string[];
  readonly #versions = new Map<string, number>();
  #cursor: string | undefined;
  #socket: WebSocket | undefined;
  #isStopped = false;
  #stall: NodeJS.Timeout | undefined;

  constructor(url: string, skus: readonly string[]) {
    this.#url = url;
    this.#skus = skus;
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
    socket.on('error', () => undefined);
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(data.toString()) as Message;
      if (type === 'connection_ack') this.#subscribe(socket);
      else if (payload?.data) this.#take(payload.data.availabilityChanged, told);
      else if (type === 'error') this.faults.push(data.toString());
    });
    socket.once('close', () => {
      clearTimeout(this.#stall);
      if (this.#socket === socket) setTimeout(() => this.connect(), 20);
    });
  }

  /** Is cut off without a word. @param forgets its cursor too, now and then */
  cut(forgets: boolean): void {
    if (forgets) this.#cursor = undefined;
    this.#socket?.terminate();
  }

  /** Reads nothing for a while. */
  stall(forMs: number): void {
    const socket = this.#socket;
    if (!socket || socket.readyState !== socket.OPEN || socket.isPaused) return;
    socket.pause();
    this.#stall = setTimeout(() => socket.resume(), forMs);
  }

  /** What differs from the truth; undefined when nothing does. */
  differenceFrom(truth: Readonly<Record<string, string>>): string | undefined {
    for (const sku of this.#skus) {
      const key = `${sku}|WEB`;
      if (this.available.get(key) !== truth[key]) return `${key}: ${this.available.get(key)} for ${truth[key]}`;
    }
    return this.available.size === this.#skus.length ? undefined : `${this.available.size} keys`;
  }

  stop(): void {
    this.#isStopped = true;
    this.#socket?.terminate();
  }

  #subscribe(socket: WebSocket): void {
    const variables = { skus: this.#skus, ...(this.#cursor !== undefined && { after: this.#cursor }) };
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY, variables } }));
  }

  #take({ cursor, reset, changes }: Frame, told: Map<string, number>): void {
    this.counts.frames++;
    if (reset) {
      this.counts.resets++;
      this.available.clear();
      told.clear();
    }
    for (const { key, version, deleted, available } of changes) {
      const known = this.#versions.get(key) ?? 0;
      if (version < known) this.faults.push(`${key} went back from ${known} to ${version}`);
      if (told.get(key) === version) this.faults.push(`${key} ${version} came twice`);
      told.set(key, version);
      this.#versions.set(key, version);
      if (deleted) this.available.delete(key);
      else this.available.set(key, available);
    }
    this.#cursor = cursor;
  }
}
