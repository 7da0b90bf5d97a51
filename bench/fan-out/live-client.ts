import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { WebSocket } from 'ws';
import { CHANNEL_ID, SKU_IDS, SUBSCRIPTION } from './change-script.ts';

interface Message {
  readonly type: string;
  readonly payload?: {
    readonly data?: {
      readonly availabilityChanged: {
        readonly reset: boolean;
        readonly changes: readonly { readonly sku: { readonly id: string }; readonly available: string }[];
      };
    };
  };
}

const SUBSCRIBE = JSON.stringify({
  id: '1',
  type: 'subscribe',
  payload: { query: SUBSCRIPTION, variables: { channel: CHANNEL_ID, skus: SKU_IDS } },
});

/** One socket with one subscription, which holds every change against the script. */
export class LiveClient {
  /** When each change since the last `take` came, in epoch milliseconds. */
  arrivals: number[] = [];
  lastChange: unknown;
  #messages = 0;
  #next: number;
  #failure: Error | undefined;
  #onSnapshot: () => void = () => undefined;

  /** @param after changes that were made before it connects; they are in its snapshot */
  constructor(after: number) {
    this.#next = after;
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Resolves when the snapshot is there. */
  open(url: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, GRAPHQL_TRANSPORT_WS_PROTOCOL, { perMessageDeflate: false });
      this.#onSnapshot = resolve;
      const fail = (error: Error) => {
        this.#failure ??= error;
        reject(error);
      };
      socket.once('open', () => socket.send('{"type":"connection_init"}'));
      socket.on('error', fail);
      socket.on('close', (code) => fail(new Error(`A client was closed with ${code}.`)));
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        const message = JSON.parse(text) as Message;
        if (message.type === 'next') this.#receive(message, text);
        else if (message.type === 'connection_ack') socket.send(SUBSCRIBE);
        else if (message.type === 'ping') socket.send('{"type":"pong"}');
        else fail(new Error(`A client was sent ${text.slice(0, 500)}`));
      });
    });
  }

  take(): { readonly arrivals: readonly number[]; readonly messages: number } {
    const { arrivals } = this;
    const messages = this.#messages;
    this.arrivals = [];
    this.#messages = 0;
    return { arrivals, messages };
  }

  #receive({ payload }: Message, text: string): void {
    const frame = payload?.data?.availabilityChanged;
    if (!frame) {
      this.#failure ??= new Error(`A client was sent ${text.slice(0, 500)}`);
      return;
    }
    if (frame.reset) {
      if (frame.changes.length !== SKU_IDS.length) this.#failure ??= new Error('A snapshot is not whole.');
      this.#onSnapshot();
      return;
    }
    const nowMs = performance.timeOrigin + performance.now();
    this.#messages++;
    this.lastChange = frame.changes.at(-1);
    for (const { sku, available } of frame.changes) {
      const expected = this.#next++;
      if (available !== String(expected) || sku.id !== SKU_IDS[expected % SKU_IDS.length]) {
        this.#failure ??= new Error(`A client got change ${available} of ${sku.id} instead of change ${expected}.`);
      }
      this.arrivals.push(nowMs);
    }
  }
}
