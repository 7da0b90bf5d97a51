import { percentile } from '../measure/closed-loop.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { skuIdOf } from './change-script.ts';
import { groupBySku, latenciesOf, type Committed } from './commit-latency.ts';
import { LiveClient, type ToldChange } from './live-client.ts';

/* Clients that each follow one SKU of a hub, and note when they are told what. */
export interface CommitClientsArgument {
  readonly url: string;
  readonly skuCount: number;
}

export interface CommitsReceived {
  readonly messages: number;
  readonly changes: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const CONNECTING_MAX = 100;
const RECEIVE_TIMEOUT_MS = 60_000;
const RECEIVE_POLL_MS = 20;

interface Seat {
  readonly sku: string;
  readonly client: LiveClient;
  versions: number[];
  atMs: number[];
}

const { url, skuCount } = measuredArgument() as CommitClientsArgument;
const seats: Seat[] = [];
serveMeasured('', { connect, receive });

async function connect(count: number): Promise<void> {
  const added = Array.from({ length: count - seats.length }, (_, index) => seatOf(seats.length + index));
  seats.push(...added);
  const waiting = added.values();
  const work = async () => {
    for (const { client } of waiting) await client.open(url);
  };
  await Promise.all(Array.from({ length: CONNECTING_MAX }, work));
}

function seatOf(index: number): Seat {
  const sku = skuIdOf(index % skuCount);
  const check = (change: ToldChange): string | undefined => {
    seat.versions.push(change.version);
    seat.atMs.push(performance.timeOrigin + performance.now());
    return change.sku.id === sku ? undefined : `A client of ${sku} was told of ${change.sku.id}.`;
  };
  const seat: Seat = {
    sku,
    client: new LiveClient({ skuIds: [sku], subscribes: true, check }),
    versions: [],
    atMs: [],
  };
  return seat;
}

/** Waits until every client was told the last change of its SKU. */
async function receive(committed: readonly Committed[]): Promise<CommitsReceived> {
  const bySku = groupBySku(committed);
  const endsMs = performance.now() + RECEIVE_TIMEOUT_MS;
  const latenciesMs: number[] = [];
  let messages = 0;
  for (const seat of seats) {
    const last = bySku.get(seat.sku)?.at(-1)?.version ?? 0;
    while ((seat.versions.at(-1) ?? 0) < last) {
      if (seat.client.failure) throw seat.client.failure;
      if (performance.now() > endsMs) throw new Error(`A client still waits for version ${last} of ${seat.sku}.`);
      await new Promise((resolve) => setTimeout(resolve, RECEIVE_POLL_MS));
    }
    latenciesMs.push(...latenciesOf(seat, bySku));
    messages += seat.versions.length;
    seat.versions = [];
    seat.atMs = [];
  }
  latenciesMs.sort((a, b) => a - b);
  const [p50Ms, p99Ms] = [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.99)];
  return { messages, changes: latenciesMs.length, p50Ms, p99Ms };
}
