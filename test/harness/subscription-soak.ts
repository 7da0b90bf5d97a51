import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededRandom } from '../../connectors/simulators/runtime/seeded-random.ts';
import type { SoakedGatewayOptions, SoakOrder, SoakReport } from './serve-soaked-gateway.ts';
import { SoakedClient } from './soaked-client.ts';

export interface SubscriptionSoakOptions {
  readonly clients: number;
  readonly minutes: number;
  readonly seed: number;
  /** Told after each rest. */
  readonly onRest?: (sample: { readonly heapMb: number; readonly frames: number }) => void;
}

export interface SubscriptionSoakResult {
  readonly faults: readonly string[];
  readonly clients: number;
  readonly frames: number;
  readonly changes: number;
  readonly connections: number;
  readonly stalls: number;
  readonly snapshots: number;
  readonly questions: number;
  /** Of the gateway after garbage collection at each rest, with all clients connected. */
  readonly heapMb: readonly number[];
}

const SKUS = 500;
const SKUS_EACH = 25;
const CHANGES_PER_SECOND = 10;
const ROUND_MS = 15_000;
const REST_MS_MAX = 30_000;
const TURN_MS = 100;
const CUTS_PER_TURN = 4;
const STALLS_PER_TURN = 1;
const STALL_MS_MAX = 5_000;
const FORGETS = 0.05;
const CONNECTING_PER_TURN = 50;

/**
 * Clients follow stock over real sockets, are cut off and stop reading at random; now and then everything rests, and
 * what each client has made of its frames must be the truth.
 */
export async function runSubscriptionSoak(options: SubscriptionSoakOptions): Promise<SubscriptionSoakResult> {
  const random = createSeededRandom(options.seed);
  const gateway = await openGateway(options.seed);
  const clients = Array.from({ length: options.clients }, (_, index) => {
    const first = (index * SKUS_EACH) % SKUS;
    return new SoakedClient(
      gateway.url,
      Array.from({ length: SKUS_EACH }, (_sku, offset) => `SKU-${first + offset}`),
    );
  });
  for (const [index, client] of clients.entries()) {
    client.connect();
    if (index % CONNECTING_PER_TURN === 0) await sleep(TURN_MS);
  }
  const any = (): SoakedClient | undefined => clients[Math.floor(random() * clients.length)];
  const faults: string[] = [];
  const heapMb: number[] = [];
  let [stalls, seq, questions] = [0, 0, 0];
  const untilMs = performance.now() + options.minutes * 60_000;
  while (performance.now() < untilMs && faults.length === 0) {
    gateway.say('go');
    for (const roundMs = performance.now() + ROUND_MS; performance.now() < roundMs; await sleep(TURN_MS)) {
      for (let count = 0; count < CUTS_PER_TURN; count++) any()?.cut(random() < FORGETS);
      for (let count = 0; count < STALLS_PER_TURN; count++, stalls++) any()?.stall(random() * STALL_MS_MAX);
    }
    const truth = await gateway.ask('rest', 'resting');
    ({ seq } = truth);
    faults.push(...(await settle(clients, truth.available)));
    const measured = await gateway.ask('measure', 'measured');
    questions = measured.asked;
    heapMb.push(Math.round(measured.heapBytes / 100_000) / 10);
    options.onRest?.({ heapMb: heapMb.at(-1) ?? 0, frames: sum(clients, 'frames') });
  }
  for (const client of clients) client.stop();
  gateway.close();
  return {
    faults,
    clients: clients.length,
    frames: sum(clients, 'frames'),
    changes: seq,
    connections: sum(clients, 'connections'),
    stalls,
    snapshots: sum(clients, 'resets'),
    questions,
    heapMb,
  };
}

/** @returns whatever a client has seen wrongly, or does not know after a while of rest */
async function settle(clients: readonly SoakedClient[], truth: Readonly<Record<string, string>>): Promise<string[]> {
  const untilMs = performance.now() + REST_MS_MAX;
  let apart = clients;
  while (apart.length > 0 && performance.now() < untilMs) {
    await sleep(TURN_MS);
    apart = apart.filter((client) => client.differenceFrom(truth) !== undefined);
  }
  return [
    ...clients.flatMap(({ faults }) => faults),
    ...apart.map((client) => `a client at ${client.cursor} has ${client.differenceFrom(truth)}`),
  ];
}

function sum(clients: readonly SoakedClient[], what: keyof SoakedClient['counts']): number {
  return clients.reduce((total, { counts }) => total + counts[what], 0);
}

async function openGateway(seed: number) {
  const settings: SoakedGatewayOptions = { seed, skus: SKUS, changesPerSecond: CHANGES_PER_SECOND };
  const child = fork(new URL('serve-soaked-gateway.ts', import.meta.url), [JSON.stringify(settings)], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
  });
  const heard = async <Kind extends SoakReport['kind']>(kind: Kind): Promise<Extract<SoakReport, { kind: Kind }>> => {
    const [report] = (await once(child, 'message')) as [SoakReport];
    if (report.kind !== kind) throw new Error(`The gateway said ${report.kind} instead of ${kind}.`);
    return report as Extract<SoakReport, { kind: Kind }>;
  };
  const { url } = await heard('listening');
  const say = (order: SoakOrder): void => void child.send(order);
  return {
    url,
    say,
    ask: <Kind extends SoakReport['kind']>(order: SoakOrder, kind: Kind) => {
      const report = heard(kind);
      say(order);
      return report;
    },
    close: () => child.disconnect(),
  };
}
