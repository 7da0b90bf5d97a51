import { WebSocket } from 'ws';

interface Change {
  readonly key: string;
  readonly version: number;
  readonly deleted: boolean;
}

interface Frame {
  readonly cursor: string;
  readonly reset: boolean;
  readonly changes: readonly Change[];
}

interface Message {
  readonly type: string;
  readonly payload?: unknown;
}

export interface MovingViewOptions {
  readonly name: string;
  /** Addresses without a path. */
  readonly gateways: readonly string[];
  readonly token: string;
  /** Selects one subscription field as `live`. */
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What is told of a key, to be compared. */
  readonly valueOf: (change: never) => string;
}

const COME_BACK_MS = 100;
const SILENCE_MS = 15_000;

/**
 * A subscriber that goes to the next gateway with its cursor whenever it is cut off, and folds what it is told into a
 * state. It has to be cut off by silence as well, as a client does that misses the pings of its server.
 */
export class MovingView {
  readonly name: string;
  readonly values = new Map<string, string>();
  readonly faults: string[] = [];
  readonly counts = { frames: 0, connections: 0, resets: 0 };
  readonly #options: MovingViewOptions;
  readonly #versions = new Map<string, number>();
  #gateway: number;
  #cursor: string | undefined;
  #socket: WebSocket | undefined;
  #silence: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: MovingViewOptions, gateway: number) {
    this.name = options.name;
    this.#options = options;
    this.#gateway = gateway;
    this.#connect();
  }

  /** Goes to the next gateway. */
  move(): void {
    this.#socket?.terminate();
  }

  /** The keys at which it differs from what a query says. */
  differencesFrom(truth: ReadonlyMap<string, string>): readonly string[] {
    const keys = new Set([...truth.keys(), ...this.values.keys()]);
    return [...keys].flatMap((key) => {
      const [told, is] = [this.values.get(key), truth.get(key)];
      return told === is ? [] : [`${this.name} holds ${key} as ${told ?? 'absent'}; the query says ${is ?? 'absent'}.`];
    });
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#silence);
    this.#socket?.terminate();
  }

  #connect(): void {
    const { gateways, token } = this.#options;
    const url = gateways[this.#gateway++ % gateways.length] as string;
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    this.#socket = socket;
    this.counts.connections++;
    const hear = (): void => {
      clearTimeout(this.#silence);
      this.#silence = setTimeout(() => socket.terminate(), SILENCE_MS);
    };
    hear();
    socket.on('error', () => undefined);
    socket.on('ping', hear);
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    });
    socket.on('message', (data: Buffer) => {
      hear();
      this.#hear(socket, JSON.parse(data.toString()) as Message);
    });
    socket.once('close', () => {
      if (this.#socket !== socket || this.#isStopped) return;
      setTimeout(() => !this.#isStopped && this.#connect(), COME_BACK_MS);
    });
  }

  #hear(socket: WebSocket, { type, payload }: Message): void {
    const { query, variables } = this.#options;
    if (type === 'ping') socket.send(JSON.stringify({ type: 'pong' }));
    if (type === 'connection_ack') {
      const after = this.#cursor === undefined ? {} : { after: this.#cursor };
      const subscription = { query, variables: { ...variables, ...after } };
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: subscription }));
    }
    // Whatever ended it, obstacles of the owner included: come back.
    if (type === 'error' || type === 'complete') socket.terminate();
    const { data, errors } = (payload ?? {}) as { data?: { live?: Frame | null } | null; errors?: unknown };
    if (type !== 'next') return;
    if (data?.live && errors === undefined) this.#take(data.live);
    else socket.terminate();
  }

  #take({ cursor, reset, changes }: Frame): void {
    this.counts.frames++;
    if (reset) {
      this.counts.resets++;
      this.values.clear();
    }
    for (const change of changes) {
      const { key, version, deleted } = change;
      const known = this.#versions.get(key) ?? 0;
      if (version < known) this.faults.push(`${this.name}: ${key} went back from ${known} to ${version}.`);
      this.#versions.set(key, version);
      if (deleted) this.values.delete(key);
      else this.values.set(key, this.#options.valueOf(change as never));
    }
    this.#cursor = cursor;
  }
}
