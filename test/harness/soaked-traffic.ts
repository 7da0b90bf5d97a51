import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../connectors/simulators/runtime/seeded-random.ts';
import { GraphqlFailure, type HubClient, type IngestMessage } from '../../scripts/client/hub-client.ts';
import { readPositions } from './read-state.ts';
import { receiptOf, SOAKED_CHANNEL, SOAKED_LOCATIONS, SOAKED_SKUS, SOAKED_SOURCE } from './soaked-world.ts';
import { reserve } from './stock-world.ts';

const SKUS_PER_RECEIPT = 4;
const RESERVED_ONE_IN = 5;
const WAIT_MS = 10_000;
const TRIES_MAX = 300;
const PAUSE_MS = 100;
const SKUS_PER_QUERY = 100;
const AVAILABLE = `query ($skus: [ID!]!) { availability(skus: $skus, channel: "${SOAKED_CHANNEL}") { sku { id } available } }`;

/** The clients of the hub that are no readers. */
export interface SoakingClients {
  readonly integrator: HubClient;
  readonly agent: HubClient;
}

/** Commits through the public API, each asked for again until it is answered. */
export class SoakedTraffic {
  readonly #clients: SoakingClients;
  readonly #random: Random;
  readonly #underWay = new Set<Promise<void>>();
  readonly faults: string[] = [];
  #commits = 0;

  constructor(clients: SoakingClients, random: Random) {
    this.#clients = clients;
    this.#random = random;
  }

  get commits(): number {
    return this.#commits;
  }

  /** Begins another commit or two. */
  goOn(): void {
    const ordinal = ++this.#commits;
    const skus = [...new Set(Array.from({ length: SKUS_PER_RECEIPT }, () => this.#pick(SOAKED_SKUS)))];
    const receipt = receiptOf(`receipt-${ordinal}`, this.#pick(SOAKED_LOCATIONS), { skus, units: 1 + (ordinal % 3) });
    this.#begin(() => this.#record([receipt]));
    if (ordinal % RESERVED_ONE_IN > 0) return;
    const sku = this.#pick(SOAKED_SKUS);
    this.#begin(async () => {
      await reserve(this.#clients.agent, `reservation-${ordinal}`, sku, 1);
    });
  }

  /** Resolves when these are in the ledger. */
  async record(messages: readonly IngestMessage[]): Promise<void> {
    this.#begin(() => this.#record(messages));
    await this.rest();
  }

  /** Resolves when everything that was begun is answered. */
  async rest(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /** What the queries answer, by the keys of changes. */
  async readTruth(): Promise<ReadonlyMap<string, string>> {
    const truth = new Map<string, string>();
    const { agent } = this.#clients;
    for (let first = 0; first < SOAKED_SKUS.length; first += SKUS_PER_QUERY) {
      const { availability } = await agent.graphql<{
        availability: readonly { sku: { id: string }; available: string }[];
      }>(AVAILABLE, { skus: SOAKED_SKUS.slice(first, first + SKUS_PER_QUERY) });
      for (const { sku, available } of availability) truth.set(`${sku.id}|${SOAKED_CHANNEL}`, available);
    }
    for (const { sku, location, onHand } of await readPositions(agent, SOAKED_LOCATIONS)) {
      truth.set(`${sku}|${location}`, onHand);
    }
    return truth;
  }

  #begin(commit: () => Promise<void>): void {
    const done: Promise<void> = this.#until(commit)
      .catch((error: unknown) => {
        this.faults.push(String(error));
      })
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  /** A hub that was just killed answers again when it is there again. */
  async #until(commit: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await commit();
        return;
      } catch (error) {
        if (attempt === TRIES_MAX || error instanceof GraphqlFailure) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }

  async #record(messages: readonly IngestMessage[]): Promise<void> {
    const outcomes = await this.#clients.integrator.ingest(SOAKED_SOURCE, messages, { waitMs: WAIT_MS });
    for (const { eventId, outcome, ledger } of outcomes) {
      if (outcome === 'CONFLICT' || outcome === 'QUARANTINED') this.faults.push(`${eventId} is ${outcome}.`);
      else if (ledger?.state === 'PENDING' || ledger?.state === 'PARKED')
        throw new Error(`${eventId} is not recorded.`);
    }
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }
}
