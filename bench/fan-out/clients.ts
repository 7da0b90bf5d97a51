import { percentile } from '../measure/closed-loop.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { skuIdsOf, type Interests } from './change-script.ts';
import { ExpectedChanges } from './expected-changes.ts';
import { LiveClient } from './live-client.ts';

/** What the clients of one server are started with. */
export interface ClientsArgument {
  readonly url: string;
  readonly interests: Interests;
  /** False for a server that knows no GraphQL and begins to send by itself. */
  readonly subscribes: boolean;
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
  readonly changes: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The last change of the first client, to be held against the other servers'. */
  readonly lastChange: unknown;
}

export interface Returned {
  /** From the first connection to the last first frame. */
  readonly elapsedMs: number;
  /** Changes that were in the first frames. */
  readonly changes: number;
}

const CONNECTING_MAX = 200;
const RECEIVE_TIMEOUT_MS = 120_000;
const RECEIVE_POLL_MS = 20;

interface Seat {
  readonly client: LiveClient;
  readonly expected: ExpectedChanges;
}

const { url, interests, subscribes } = measuredArgument() as ClientsArgument;
const seats: Seat[] = [];
/** Changes of which the clients know. */
let made = 0;
serveMeasured('', { connect, receive, leave, comeBack });

/** Opens sockets until there are `count`; each has its snapshot then. */
async function connect(count: number): Promise<void> {
  const added = Array.from({ length: count - seats.length }, (_, index) => seatFor(seats.length + index));
  seats.push(...added);
  await inTurns(added, async ({ client }) => {
    const first = await client.open(url);
    if (subscribes && first?.changes.length !== interests.skusEach) throw new Error('A snapshot is not whole.');
  });
}

function seatFor(group: number): Seat {
  const expected = new ExpectedChanges(interests, group, made);
  const client = new LiveClient({
    skuIds: skuIdsOf(interests, group),
    subscribes,
    check: (change) => expected.take(change),
  });
  return { client, expected };
}

/** So many at a time, because a listening socket does not hold ten thousand that wait. */
async function inTurns<Each extends Seat>(all: readonly Each[], run: (seat: Each) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let seat = all[next++]; seat; seat = all[next++]) await run(seat);
  };
  await Promise.all(Array.from({ length: CONNECTING_MAX }, work));
}

/** Waits until every client has every change. */
async function receive({ changesPerEvent, publishedAtMs }: ReceiveArgument): Promise<Received> {
  const from = made;
  made += changesPerEvent * publishedAtMs.length;
  const endsMs = performance.now() + RECEIVE_TIMEOUT_MS;
  for (const { client, expected } of seats) {
    while (expected.next < made) {
      if (client.failure) throw client.failure;
      if (performance.now() > endsMs) throw new Error(`A client still waits for change ${expected.next} of ${made}.`);
      await new Promise((resolve) => setTimeout(resolve, RECEIVE_POLL_MS));
    }
    if (client.failure) throw client.failure;
  }
  return summary(from, (number) => publishedAtMs[Math.floor((number - from) / changesPerEvent)] ?? 0);
}

function summary(from: number, publishedAtMs: (number: number) => number): Received {
  let messages = 0;
  const latenciesMs: number[] = [];
  for (const [group, { client }] of seats.entries()) {
    const { arrivals, messages: received } = client.take();
    messages += received;
    const expected = new ExpectedChanges(interests, group, from);
    for (const arrival of arrivals) {
      latenciesMs.push(arrival - publishedAtMs(expected.next));
      expected.skip();
    }
  }
  latenciesMs.sort((a, b) => a - b);
  return {
    messages,
    changes: latenciesMs.length,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    lastChange: seats[0]?.client.lastChange,
  };
}

/** All connections break off at once. */
function leave(): void {
  for (const { client } of seats) client.drop();
}

/**
 * All clients connect again at once and resume after what they have seen, or begin anew.
 * @param missed changes that were made meanwhile
 */
async function comeBack({
  missed,
  resumes,
}: {
  readonly missed: number;
  readonly resumes: boolean;
}): Promise<Returned> {
  made += missed;
  const returning = seats.map(({ client }, group) => ({
    ...seatFor(group),
    after: resumes ? client.cursor : undefined,
  }));
  seats.splice(0, seats.length, ...returning);
  const startedMs = performance.now();
  let changes = 0;
  await inTurns(returning, async ({ client, after }) => {
    const first = await client.open(url, after);
    changes += first?.changes.length ?? 0;
  });
  return { elapsedMs: performance.now() - startedMs, changes };
}
