import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { WebSocket } from 'ws';

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

interface Waiting {
  readonly resolve: (text: string) => void;
  readonly reject: (error: Error) => void;
}

/** One socket that sends queries and mutations. */
export class MutationSocket {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, Waiting>();
  #next = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#receive(data.toString()));
    socket.on('close', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`A client was closed with ${code}.`));
    });
  }

  static open(url: string, token: string): Promise<MutationSocket> {
    return new Promise((resolve, reject) => {
      const options = { perMessageDeflate: false };
      const socket = new WebSocket(url.replace('http', 'ws'), GRAPHQL_TRANSPORT_WS_PROTOCOL, options);
      socket.once('error', reject);
      socket.once('open', () =>
        socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })),
      );
      // The first message is the acknowledgement.
      socket.once('message', () => resolve(new MutationSocket(socket)));
    });
  }

  /** @returns the answer as JSON text */
  ask(payload: unknown): Promise<string> {
    const id = String(this.#next++);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, type: 'subscribe', payload }));
    });
  }

  #receive(text: string): void {
    const { type, id = '', payload } = JSON.parse(text) as Message;
    if (type === 'ping') this.#socket.send('{"type":"pong"}');
    if (type !== 'next' && type !== 'error') return;
    this.#waiting.get(id)?.resolve(JSON.stringify(payload));
    this.#waiting.delete(id);
  }
}
