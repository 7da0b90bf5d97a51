import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededRandom, type Random } from '../../connectors/simulators/runtime/seeded-random.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { clientOf } from './hub-process.ts';
import { freePort } from './free-port.ts';
import type { PlantedLiveFault } from './plant-live-fault.ts';
import type { SoakedHubOptions } from './serve-soaked-hub.ts';
import { SoakedClient, type Followed } from './soaked-client.ts';
import { startSoakedHub, type SoakedHub } from './soaked-hub.ts';
import { SoakedTraffic } from './soaked-traffic.ts';
import {
  SOAKED_CHANNEL,
  SOAKED_LOCATIONS,
  SOAKED_SKUS,
  SOAKED_SOURCE,
  soakedOpening,
  soakedStock,
} from './soaked-world.ts';

export interface SubscriptionSoakOptions {
  readonly clients: number;
  readonly minutes: number;
  readonly seed: number;
  /** Between two looks at what the clients know. Default: 15 seconds. */
  readonly roundMs?: number;
  /** How long a rest waits for the clients to know everything. Default: 2 minutes. */
  readonly restMsMax?: number;
  /** The part of the time after which the hub is killed, once. Default: half of it. */
  readonly killAt?: number;
  readonly fault?: PlantedLiveFault;
  /** Told after each rest. */
  readonly onRest?: (sample: { readonly heapMb: number; readonly frames: number }) => void;
}

export interface SubscriptionSoakResult {
  readonly faults: readonly string[];
  readonly clients: number;
  readonly frames: number;
  readonly commits: number;
  readonly connections: number;
  readonly stalls: number;
  readonly snapshots: number;
  /** How often the hub was killed and started again. */
  readonly kills: number;
  /** Of the hub after garbage collection at each rest, with all clients connected. */
  readonly heapMb: readonly number[];
}

const SKUS_EACH = 25;
const ROUND_MS = 15_000;
/** Generous: whatever is missing by then will never come, however busy the machine. */
const REST_MS_MAX = 120_000;
const TURN_MS = 100;
const CUTS_PER_TURN = 4;
const STALLS_PER_TURN = 1;
const STALL_MS_MAX = 5_000;
const FORGETS = 0.05;
const CONNECTING_PER_TURN = 50;
const KILL_AT = 0.5;

const AVAILABILITY = `subscription ($after: ChangeCursor, $skus: [ID!]) {
  live: availabilityChanged(channel: "${SOAKED_CHANNEL}", skus: $skus, after: $after) {
    cursor reset changes { key version deleted value: available } } }`;
const POSITIONS = `subscription ($after: ChangeCursor, $skus: [ID!], $location: ID!) {
  live: positionChanged(location: $location, skus: $skus, after: $after) {
    cursor reset changes { key version deleted value: onHand } } }`;

/**
 * Clients follow stock and positions of a hub over real sockets, are cut off and stop reading at random, while receipts
 * and reservations are committed through its public API; once the hub is killed and started again. Now and then
 * everything rests, and what each client has made of its frames must be what the queries answer.
 */
export async function runSubscriptionSoak(options: SubscriptionSoakOptions): Promise<SubscriptionSoakResult> {
  const directory = await temporaryDirectory();
  const { fault } = options;
  const soak = new SubscriptionSoak(options, {
    directory: directory.path,
    port: await freePort(),
    ...(fault && { fault }),
  });
  try {
    return await soak.run();
  } finally {
    await soak.close();
    await directory.remove();
  }
}

class SubscriptionSoak {
  readonly #options: SubscriptionSoakOptions;
  readonly #where: SoakedHubOptions;
  readonly #random: Random;
  readonly #faults: string[] = [];
  readonly #heapMb: number[] = [];
  readonly #tokens = new Map<string, string>();
  #clients: readonly SoakedClient[] = [];
  #hub: SoakedHub | undefined;
  #stalls = 0;
  #kills = 0;

  constructor(options: SubscriptionSoakOptions, where: SoakedHubOptions) {
    this.#options = options;
    this.#where = where;
    this.#random = createSeededRandom(options.seed);
  }

  async run(): Promise<SubscriptionSoakResult> {
    const hub = await this.#start();
    const traffic = await this.#open(hub);
    await this.#connect(hub);
    const beganMs = performance.now();
    const { minutes, killAt = KILL_AT } = this.#options;
    const lastsMs = minutes * 60_000;
    for (let passedMs = 0; passedMs < lastsMs && this.#faults.length === 0; passedMs = performance.now() - beganMs) {
      const kills = this.#kills === 0 && passedMs >= lastsMs * killAt;
      await this.#churn(traffic, kills);
      await this.#rest(traffic);
    }
    return {
      faults: this.#faults,
      clients: this.#clients.length,
      frames: this.#sum('frames'),
      commits: traffic.commits,
      connections: this.#sum('connections'),
      stalls: this.#stalls,
      snapshots: this.#sum('resets'),
      kills: this.#kills,
      heapMb: this.#heapMb,
    };
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.stop();
    await this.#hub?.kill();
  }

  async #start(): Promise<SoakedHub> {
    const hub = await startSoakedHub(this.#where);
    this.#hub = hub;
    return hub;
  }

  async #open({ url }: SoakedHub): Promise<SoakedTraffic> {
    const [integrator, agent] = [await clientOf(url, 'integrator'), await clientOf(url, 'agent')];
    const traffic = new SoakedTraffic({ integrator, agent }, this.#random);
    await integrator.ingest(SOAKED_SOURCE, soakedOpening());
    await traffic.record(soakedStock());
    const expected = SOAKED_SKUS.length * (SOAKED_LOCATIONS.length + 1);
    await waitFor(async () => (await traffic.readTruth().catch(() => undefined))?.size === expected, 'the stock');
    return traffic;
  }

  async #connect({ url }: SoakedHub): Promise<void> {
    await this.#mintTokens(url);
    this.#clients = Array.from({ length: this.#options.clients }, (_, index) => {
      return new SoakedClient(url, this.#followedBy(index));
    });
    for (const [index, client] of this.#clients.entries()) {
      client.connect();
      if (index % CONNECTING_PER_TURN === 0) await sleep(TURN_MS);
    }
  }

  /** Every other one is a store that looks at its own shelves. */
  #followedBy(index: number): Followed {
    const first = (Math.floor(index / 2) * SKUS_EACH) % SOAKED_SKUS.length;
    const skus = SOAKED_SKUS.slice(first, first + SKUS_EACH);
    if (index % 2 === 0) {
      const keyOf = (sku: string) => `${sku}|${SOAKED_CHANNEL}`;
      return { query: AVAILABILITY, variables: { skus }, token: () => undefined, keyOf, skus };
    }
    const location = SOAKED_LOCATIONS[Math.floor(index / 2) % SOAKED_LOCATIONS.length] ?? '';
    const token = () => this.#tokens.get(location);
    return { query: POSITIONS, variables: { skus, location }, token, keyOf: (sku) => `${sku}|${location}`, skus };
  }

  async #mintTokens(url: string): Promise<void> {
    for (const location of SOAKED_LOCATIONS) {
      const address = new URL(`/dev/token?role=store&stores=${location}`, url);
      const { token } = (await (await fetch(address, { method: 'POST' })).json()) as { token: string };
      this.#tokens.set(location, token);
    }
  }

  async #churn(traffic: SoakedTraffic, kills: boolean): Promise<void> {
    const { roundMs = ROUND_MS } = this.#options;
    const beganMs = performance.now();
    let again: Promise<unknown> | undefined;
    while (performance.now() - beganMs < roundMs) {
      traffic.goOn();
      for (let count = 0; count < CUTS_PER_TURN; count++) this.#any()?.cut(this.#random() < FORGETS);
      for (let count = 0; count < STALLS_PER_TURN; count++, this.#stalls++) {
        this.#any()?.stall(this.#random() * STALL_MS_MAX);
      }
      if (kills && performance.now() - beganMs > roundMs / 2) again ??= this.#killAndStart();
      await sleep(TURN_MS);
    }
    await again;
    await traffic.rest();
    this.#faults.push(...traffic.faults);
  }

  async #killAndStart(): Promise<void> {
    this.#kills++;
    await this.#hub?.kill();
    await this.#start();
  }

  /** Whatever a client has seen wrongly, or does not know after a while of rest, is a fault. */
  async #rest(traffic: SoakedTraffic): Promise<void> {
    const hub = this.#hub;
    if (!hub) return;
    const untilMs = performance.now() + (this.#options.restMsMax ?? REST_MS_MAX);
    let truth = await traffic.readTruth();
    let apart = this.#clients;
    while (apart.length > 0 && performance.now() < untilMs) {
      await sleep(TURN_MS);
      truth = await traffic.readTruth();
      apart = apart.filter((client) => client.differenceFrom(truth) !== undefined);
    }
    this.#faults.push(
      ...this.#clients.flatMap(({ faults }) => faults),
      ...apart.map((client) => `a client at ${client.cursor} has ${client.differenceFrom(truth)}`),
    );
    this.#heapMb.push(await hub.heapMb());
    this.#options.onRest?.({ heapMb: this.#heapMb.at(-1) ?? 0, frames: this.#sum('frames') });
  }

  #any(): SoakedClient | undefined {
    return this.#clients[Math.floor(this.#random() * this.#clients.length)];
  }

  #sum(what: keyof SoakedClient['counts']): number {
    return this.#clients.reduce((total, { counts }) => total + counts[what], 0);
  }
}
