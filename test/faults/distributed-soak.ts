import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededRandom, type Random } from '../../connectors/simulators/runtime/seeded-random.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { createHubClient, type HubClient } from '../../scripts/client/hub-client.ts';
import { startTopology, type Topology, type TopologyShape } from '../../scripts/topology/start-topology.ts';
import {
  COUNTER,
  ONLINE_LOCATIONS,
  OPENING_UNITS,
  openingMessages,
  readAvailable,
  receiptOf,
  SKUS,
  SOURCE,
} from '../harness/stock-world.ts';
import { findFaults } from './check-records.ts';
import { FaultClients } from './fault-clients.ts';
import { FAULT_KINDS, type Fault } from './fault-kinds.ts';
import { FaultLinks } from './fault-links.ts';
import { registerSelling } from './fault-world.ts';
import { openViews, type FollowedTruth } from './open-views.ts';
import { readWorld } from './read-world.ts';

export interface DistributedSoakOptions {
  readonly faults: number;
  readonly seed: number;
  /** Those that work at a time. Default 6. */
  readonly clients?: number;
  /** Everything is compared after so many faults, and in the end. */
  readonly restEvery?: number;
  /** Told of each fault, and when everything went on. */
  readonly tell?: (line: string) => void;
  /** Hears every line that a process writes. */
  readonly onLine?: (name: string, line: string) => void;
}

export interface Recovery {
  readonly kind: string;
  readonly name: string;
  /** From the fault to the answer of the first reservation that was asked for after it. */
  readonly firstAnswerMs: number;
}

export interface DistributedSoakResult {
  readonly servers: string;
  readonly injected: number;
  readonly reservations: number;
  readonly orders: number;
  readonly refusals: number;
  readonly cancellations: number;
  readonly messages: number;
  readonly unanswered: number;
  readonly frames: number;
  readonly connections: number;
  readonly snapshots: number;
  readonly recoveries: readonly Recovery[];
  /** What must not be, in words. */
  readonly faults: readonly string[];
}

/** Two of what carries the load. */
const SHAPE: TopologyShape = {
  'inventory-1': ['inventory'],
  'inventory-2': ['inventory'],
  'orders-1': ['orders', 'returns', 'products', 'operations'],
  'orders-2': ['orders', 'returns', 'products', 'operations'],
  'connectors-1': ['connectors'],
  'gateway-1': ['gateway'],
  'gateway-2': ['gateway'],
};

const CLIENTS = 6;
const REST_EVERY = 10;
const RECOVERED_MS_MAX = 120_000;
const SETTLED_MS_MAX = 90_000;
const POLL_MS = 20;

/**
 * Clients reserve, order, cancel and tell movements through two gateways, and subscribers move between these with their
 * cursors, while processes are killed and paused and networks cut. What was acknowledged must be there, once; no more may
 * be promised than there is; and what each subscriber has made of its frames must be what the query says.
 */
export async function runDistributedSoak(options: DistributedSoakOptions): Promise<DistributedSoakResult> {
  const opened = new AsyncDisposableStack();
  try {
    const directory = await temporaryDirectory();
    opened.defer(() => directory.remove());
    const links = await FaultLinks.open(SHAPE);
    opened.defer(() => links.close());
    const { onLine } = options;
    const hearing = { ...links.hooks, ...(onLine && { onLine }) };
    const topology = await startTopology({ directory: directory.path, shape: SHAPE, ...hearing });
    opened.defer(() => topology.close());
    return await new DistributedSoak(options, { topology, links }).run();
  } finally {
    await opened.disposeAsync();
  }
}

class DistributedSoak {
  readonly #options: DistributedSoakOptions;
  readonly #topology: Topology;
  readonly #links: FaultLinks;
  readonly #random: Random;
  readonly #recoveries: Recovery[] = [];
  readonly #faults: string[] = [];
  #gateways!: readonly [HubClient, ...HubClient[]];
  #clients!: FaultClients;
  #views: readonly FollowedTruth[] = [];
  #injected = 0;

  constructor(options: DistributedSoakOptions, parts: { readonly topology: Topology; readonly links: FaultLinks }) {
    this.#options = options;
    this.#topology = parts.topology;
    this.#links = parts.links;
    this.#random = createSeededRandom(options.seed);
  }

  async run(): Promise<DistributedSoakResult> {
    await this.#open();
    try {
      const { faults, restEvery = REST_EVERY } = this.#options;
      while (this.#injected < faults && this.#allFaults().length === 0) {
        await this.#work(Math.min(restEvery, faults - this.#injected));
        await this.#compare();
      }
    } finally {
      for (const { view } of this.#views) view.stop();
    }
    return this.#result();
  }

  async #open(): Promise<void> {
    const { gateways, connectorsUrl = '', issuer } = this.#topology;
    const [agent, operator, integrator] = await Promise.all(
      (['agent', 'operator', 'integrator'] as const).map((role) => issuer.issueToken({ role })),
    );
    const [first = '', ...others] = gateways;
    this.#gateways = [createHubClient(first, agent), ...others.map((url) => createHubClient(url, agent))];
    const connectors = createHubClient(connectorsUrl, integrator);
    const { seed, clients = CLIENTS } = this.#options;
    this.#clients = new FaultClients({ gateways: this.#gateways, connectors, seed, clients });
    await connectors.ingest(SOURCE, openingMessages());
    await waitFor(async () => {
      await registerSelling(createHubClient(first, operator));
      return true;
    }, 'the places to be registered');
    const units = Object.fromEntries(SKUS.map((sku) => [sku, OPENING_UNITS]));
    const places = [...ONLINE_LOCATIONS, COUNTER];
    await this.#clients.deliver({ messages: places.map((place) => receiptOf(`opening-${place}`, place, units)) });
    await waitFor(async () => {
      const available = await readAvailable(this.#gateways[0]);
      return available?.every((each) => each === OPENING_UNITS * ONLINE_LOCATIONS.length);
    }, 'the opening stock');
    await this.#clients.orderOnce();
    this.#views = openViews(gateways, agent ?? '');
  }

  /** Some faults under load, then everybody rests. */
  async #work(faults: number): Promise<void> {
    const over = new AbortController();
    const working = this.#clients.work(over.signal);
    for (let n = 0; n < faults && this.#allFaults().length === 0; n++) await this.#suffer(await this.#nextFault());
    over.abort();
    await working;
    await this.#clients.settle();
  }

  async #nextFault(): Promise<Fault> {
    const make = FAULT_KINDS[this.#injected % FAULT_KINDS.length] as (typeof FAULT_KINDS)[number];
    return make({ topology: this.#topology, links: this.#links, random: this.#random });
  }

  async #suffer(fault: Fault): Promise<void> {
    const { name, kind } = fault;
    const startedMs = performance.now();
    this.#injected++;
    await fault.inject();
    const recovering = this.#clients.nextAnswer('reservation', startedMs);
    await sleep(fault.holdMs);
    try {
      await fault.heal();
      const healedMs = performance.now();
      const went = (['reservation', 'order', 'message'] as const).map((asked) =>
        this.#clients.nextAnswer(asked, healedMs),
      );
      const answers = await inTime(Promise.all([recovering, ...went]));
      const firstAnswerMs = Math.round((answers?.[0] ?? Number.NaN) - startedMs);
      if (!answers) this.#faults.push(`Nobody was answered within ${RECOVERED_MS_MAX} ms after: ${name}.`);
      else this.#recoveries.push({ kind, name, firstAnswerMs });
      this.#options.tell?.(`${this.#injected} ${name}: answered after ${firstAnswerMs} ms`);
    } catch (error) {
      this.#faults.push(`After "${name}": ${String(error)}`);
    }
    // Subscribers also move without having been cut off.
    this.#views[this.#injected % this.#views.length]?.view.move();
  }

  /** Waits for what is still on its way; what is wrong stays wrong. */
  async #compare(): Promise<void> {
    let found: readonly string[] = [];
    const untilMs = performance.now() + SETTLED_MS_MAX;
    do {
      found = await this.#differences().catch((error: unknown) => [`The hub could not be read: ${String(error)}`]);
      if (found.length > 0) await sleep(POLL_MS * 10);
    } while (found.length > 0 && performance.now() < untilMs);
    this.#faults.push(...found);
  }

  async #differences(): Promise<readonly string[]> {
    const reading = await readWorld(this.#gateways, this.#clients);
    const faults = [...findFaults(this.#clients, reading, { skus: SKUS, onlineLocations: ONLINE_LOCATIONS })];
    for (const { view, readTruth } of this.#views) {
      faults.push(...view.differencesFrom(await readTruth(this.#gateways[0])));
    }
    return faults;
  }

  #allFaults(): readonly string[] {
    return [...this.#faults, ...this.#clients.faults, ...this.#views.flatMap(({ view }) => view.faults)];
  }

  #result(): DistributedSoakResult {
    const { claims, deliveries, unanswered } = this.#clients;
    const acknowledged = claims.filter(({ id }) => id !== undefined);
    const sum = (what: 'frames' | 'connections' | 'resets'): number =>
      this.#views.reduce((total, { view }) => total + view.counts[what], 0);
    return {
      servers: this.#topology.servers.description,
      injected: this.#injected,
      reservations: acknowledged.filter(({ kind }) => kind === 'reservation').length,
      orders: acknowledged.filter(({ kind }) => kind === 'order').length,
      refusals: claims.filter(({ isRefused }) => isRefused).length,
      cancellations: claims.filter(({ cancelled }) => cancelled === 'DONE').length,
      messages: deliveries.reduce((total, { messages }) => total + messages.length, 0),
      unanswered,
      frames: sum('frames'),
      connections: sum('connections'),
      snapshots: sum('resets'),
      recoveries: this.#recoveries,
      faults: this.#allFaults(),
    };
  }
}

async function inTime<Result>(promise: Promise<Result>): Promise<Result | undefined> {
  const stop = new AbortController();
  const late = sleep(RECOVERED_MS_MAX, undefined, { signal: stop.signal }).catch(() => undefined);
  const result = await Promise.race([promise, late]);
  stop.abort();
  return result ?? undefined;
}
