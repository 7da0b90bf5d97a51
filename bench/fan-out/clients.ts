import { percentile } from '../measure/closed-loop.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { LiveClient } from './live-client.ts';

/** What the clients of one server are started with. */
export interface ClientsArgument {
  readonly url: string;
}

/** What the clients are asked to wait for. */
export interface ReceiveArgument {
  readonly changesPerEvent: number;
  /** When each event was made, in epoch milliseconds. */
  readonly publishedAtMs: readonly number[];
}

/** What all clients together got, since the last question. */
export interface Received {
  readonly messages: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The last change as it was sent, to be held against the other server's. */
  readonly lastChange: unknown;
}

const CONNECTING_MAX = 50;
const RECEIVE_TIMEOUT_MS = 60_000;
const RECEIVE_POLL_MS = 20;

const { url } = measuredArgument() as ClientsArgument;
const clients: LiveClient[] = [];
serveMeasured('', { connect, receive });

/** Opens sockets until there are `count`; each has its snapshot then. */
async function connect({ count, after }: { readonly count: number; readonly after: number }): Promise<void> {
  while (clients.length < count) {
    const next = Array.from({ length: Math.min(CONNECTING_MAX, count - clients.length) }, () => new LiveClient(after));
    await Promise.all(next.map((client) => client.open(url)));
    clients.push(...next);
  }
}

/** Waits until every client has every change. */
async function receive({ changesPerEvent, publishedAtMs }: ReceiveArgument): Promise<Received> {
  const expected = changesPerEvent * publishedAtMs.length;
  const endsMs = performance.now() + RECEIVE_TIMEOUT_MS;
  for (const client of clients) {
    while (client.arrivals.length < expected) {
      if (client.failure) throw client.failure;
      if (performance.now() > endsMs) throw new Error(`A client got ${client.arrivals.length} of ${expected} changes.`);
      await new Promise((resolve) => setTimeout(resolve, RECEIVE_POLL_MS));
    }
  }
  let messages = 0;
  const latenciesMs: number[] = [];
  for (const client of clients) {
    const { arrivals, messages: received } = client.take();
    if (arrivals.length !== expected)
      throw new Error(`A client got ${arrivals.length} changes instead of ${expected}.`);
    messages += received;
    for (let event = 0; event < publishedAtMs.length; event++) {
      latenciesMs.push((arrivals[event * changesPerEvent] ?? 0) - (publishedAtMs[event] ?? 0));
    }
  }
  latenciesMs.sort((a, b) => a - b);
  return {
    messages,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    lastChange: clients[0]?.lastChange,
  };
}
