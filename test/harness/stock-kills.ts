import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededRandom, type Random } from '../../connectors/simulators/runtime/seeded-random.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { GraphqlFailure, type HubClient, type IngestMessage } from '../../scripts/client/hub-client.ts';
import { clientOf, hubUrlOf, startBareHubProcess, type HubProcess } from './hub-process.ts';
import { freePort } from './free-port.ts';
import type { PlantedFault } from './plant-fault.ts';
import { readPositions } from './read-state.ts';
import {
  cancel,
  COUNTER,
  ONLINE_LOCATIONS,
  OPENING_UNITS,
  openingMessages,
  readAvailable,
  readReservation,
  receiptOf,
  reserve,
  RETAIL,
  saleOf,
  SKUS,
  SOURCE,
} from './stock-world.ts';

export interface StockKillOptions {
  /** Kills; the run ends before when a fault was found. */
  readonly rounds: number;
  readonly seed: number;
  readonly fault?: PlantedFault;
  /** Everybody asks again and all is added up after each kill, and not only in the end. */
  readonly settlesEachRound?: boolean;
  /** Told after each kill. */
  onKill?(round: number): void;
}

export interface StockKillResult {
  readonly kills: number;
  readonly reservations: number;
  readonly refusals: number;
  readonly cancellations: number;
  readonly messages: number;
  /** What nobody had an answer to when the process died. */
  readonly unanswered: number;
  /** What must not be, in words. */
  readonly faults: readonly string[];
}

const CLIENTS = 8;
const MESSAGES_PER_CALL = 10;
const ANSWERS_MIN = 20;
const ANSWERS_SPREAD = 60;
const DELAY_MS_MAX = 25;

interface Claim {
  readonly key: string;
  readonly sku: string;
  readonly units: number;
  id?: string;
  isRefused?: boolean;
  /** Asked: nobody knows yet. */
  cancelled?: 'ASKED' | 'DONE';
}

interface Delivery {
  readonly messages: readonly IngestMessage[];
  isAnswered?: boolean;
}

/**
 * Clients reserve, cancel and tell movements through the public API of a hub that is killed again and again in the
 * middle of it. What was answered must be there after each start; in the end, when whoever got no answer has asked again,
 * every movement counts once and no more is promised than there is.
 */
export async function runStockKills(options: StockKillOptions): Promise<StockKillResult> {
  const directory = await temporaryDirectory();
  try {
    return await new StockKillRun(options, { directory: directory.path, port: await freePort() }).run();
  } finally {
    await directory.remove();
  }
}

class StockKillRun {
  readonly #options: StockKillOptions;
  readonly #where: { readonly directory: string; readonly port: number };
  readonly #random: Random;
  readonly #claims: Claim[] = [];
  readonly #deliveries: Delivery[] = [];
  readonly #faults: string[] = [];
  #hub: HubProcess | undefined;
  #agent!: HubClient;
  #integrator!: HubClient;
  #answers = 0;
  #unanswered = 0;
  #kills = 0;

  constructor(options: StockKillOptions, where: { readonly directory: string; readonly port: number }) {
    this.#options = options;
    this.#where = where;
    this.#random = createSeededRandom(options.seed);
  }

  async run(): Promise<StockKillResult> {
    try {
      await this.#open();
      while (this.#kills < this.#options.rounds && this.#faults.length === 0) {
        await this.#killInTheMiddle();
        if (!(await this.#startAgain())) break;
        await this.#checkAnswered();
        if (this.#options.settlesEachRound && this.#faults.length === 0) await this.#settle();
      }
      if (this.#faults.length === 0) await this.#settle();
    } finally {
      await this.#hub?.kill();
    }
    return {
      kills: this.#kills,
      reservations: this.#claims.filter(({ id }) => id !== undefined).length,
      refusals: this.#claims.filter(({ isRefused }) => isRefused).length,
      cancellations: this.#claims.filter(({ cancelled }) => cancelled === 'DONE').length,
      messages: this.#deliveries.reduce((sum, { messages }) => sum + messages.length, 0),
      unanswered: this.#unanswered,
      faults: this.#faults,
    };
  }

  async #open(): Promise<void> {
    await this.#start();
    const url = hubUrlOf(this.#where);
    this.#agent = await clientOf(url, 'agent');
    this.#integrator = await clientOf(url, 'integrator');
    await this.#integrator.ingest(SOURCE, openingMessages());
    const units = Object.fromEntries(SKUS.map((sku) => [sku, OPENING_UNITS]));
    const places = [...ONLINE_LOCATIONS, COUNTER];
    const opening = places.map((location) => receiptOf(`opening-${location}`, location, units));
    await this.#deliver({ messages: opening });
    const expected = OPENING_UNITS * ONLINE_LOCATIONS.length;
    await waitFor(async () => {
      const available = await readAvailable(this.#agent).catch(() => undefined);
      // A hub with a planted fault may have more.
      return available?.every((each) => each >= expected);
    }, 'the opening stock');
  }

  async #start(): Promise<void> {
    const { fault } = this.#options;
    this.#hub = await startBareHubProcess({ ...this.#where, retail: RETAIL, ...(fault && { fault }) });
  }

  async #startAgain(): Promise<boolean> {
    try {
      await this.#start();
      return true;
    } catch (error) {
      this.#faults.push(`The hub does not start again: ${String(error)}`);
      return false;
    }
  }

  async #killInTheMiddle(): Promise<void> {
    const killed = new AbortController();
    const enough = this.#answers + ANSWERS_MIN + this.#random() * ANSWERS_SPREAD;
    const clients = Array.from({ length: CLIENTS }, (_, client) => this.#work(client, killed.signal));
    await Promise.race([waitFor(() => this.#answers >= enough, 'the answers'), Promise.all(clients)]);
    await sleep(this.#random() * DELAY_MS_MAX);
    await this.#hub?.kill();
    this.#hub = undefined;
    killed.abort();
    await Promise.all(clients);
    this.#kills++;
    this.#options.onKill?.(this.#kills);
  }

  async #work(client: number, killed: AbortSignal): Promise<void> {
    for (let n = 1; !killed.aborted; n++) {
      const key = `R${this.#kills}-C${client}-${n}`;
      // The first answer of each client is one that must not be lost.
      const what = n === 1 ? 0 : this.#random();
      if (what < 0.4) await this.#claim(key);
      else if (what < 0.55) await this.#giveUp(this.#pickClaim(client));
      else await this.#deliver({ messages: this.#movements(key) });
    }
  }

  async #claim(key: string): Promise<void> {
    const claim: Claim = { key, sku: this.#pick(SKUS), units: 1 + Math.floor(this.#random() * 3) };
    this.#claims.push(claim);
    await this.#ask(claim);
  }

  async #ask(claim: Claim): Promise<void> {
    const answered = await this.#unlessBroken(async () => {
      try {
        const id = await reserve(this.#agent, claim.key, claim.sku, claim.units);
        if (claim.id !== undefined && claim.id !== id) this.#faults.push(`${claim.key} was answered in two ways.`);
        claim.id = id;
      } catch (error) {
        if (!(error instanceof GraphqlFailure) || error.code !== 'INSUFFICIENT_STOCK') throw error;
        claim.isRefused = true;
      }
    });
    if (answered) this.#answers++;
  }

  /** One of its own, so that no two clients give up the same one. */
  #pickClaim(client: number): Claim | undefined {
    const own = this.#claims.filter(({ key, id, cancelled }) => {
      return id !== undefined && cancelled === undefined && key.includes(`-C${client}-`);
    });
    return own.length === 0 ? undefined : this.#pick(own);
  }

  async #giveUp(claim: Claim | undefined): Promise<void> {
    const id = claim?.id;
    if (!claim || id === undefined) return;
    claim.cancelled = 'ASKED';
    const answered = await this.#unlessBroken(() => cancel(this.#agent, `cancel-${claim.key}`, id));
    if (!answered) return;
    claim.cancelled = 'DONE';
    this.#answers++;
  }

  #movements(key: string): readonly IngestMessage[] {
    return Array.from({ length: MESSAGES_PER_CALL }, (_, index) => {
      const eventId = `${key}-${index}`;
      const sku = this.#pick(SKUS);
      if (this.#random() < 0.5) return saleOf(eventId, sku);
      return receiptOf(eventId, this.#random() < 0.05 ? this.#pick(ONLINE_LOCATIONS) : COUNTER, { [sku]: 1 });
    });
  }

  async #deliver(delivery: Delivery): Promise<void> {
    if (!this.#deliveries.includes(delivery)) this.#deliveries.push(delivery);
    const answered = await this.#unlessBroken(async () => {
      const outcomes = await this.#integrator.ingest(SOURCE, delivery.messages);
      const wrong = outcomes.filter(({ outcome }) => outcome !== 'ACCEPTED' && outcome !== 'DUPLICATE');
      this.#faults.push(...wrong.map(({ eventId, outcome, reason }) => `${eventId}: ${outcome}, ${reason}`));
    });
    delivery.isAnswered ??= answered;
    if (answered) this.#answers++;
  }

  /** @returns false when the connection broke off, which says nothing about the outcome */
  async #unlessBroken(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      // The class of what `fetch` throws belongs to Node, and not to the realm of a test.
      const { name } = error as { name?: string };
      if (name !== 'TypeError' && name !== 'SyntaxError') throw error;
      this.#unanswered++;
      return false;
    }
  }

  /** What was answered before the process died. */
  async #checkAnswered(): Promise<void> {
    for (const claim of this.#claims) {
      if (claim.id === undefined) continue;
      const held = await readReservation(this.#agent, claim.id);
      const expected = { ASKED: undefined, DONE: 'CANCELLED', none: 'ACTIVE' }[claim.cancelled ?? 'none'];
      const isThere = held?.quantity === String(claim.units) && (expected ?? held.status) === held.status;
      if (!isThere) this.#faults.push(`${claim.key} was answered, and is now ${held?.status ?? 'unknown'}.`);
    }
  }

  /** Whoever got no answer asks again, as every client would; then everything must add up. */
  async #settle(): Promise<void> {
    for (const claim of this.#claims) if (claim.id === undefined && !claim.isRefused) await this.#ask(claim);
    for (const claim of this.#claims) if (claim.cancelled === 'ASKED') await this.#giveUp(claim);
    for (const delivery of this.#deliveries) if (!delivery.isAnswered) await this.#deliver(delivery);
    await this.#checkAnswered();
    await this.#checkStock();
    if (this.#faults.length === 0) await this.#checkPromises();
  }

  /** Waits for what is still on its way. Where nothing is ever sold, what is there twice never goes away. */
  async #checkStock(): Promise<void> {
    const told = this.#stockTold();
    let held = new Map<string, number>();
    await waitFor(async () => {
      const rows = await readPositions(this.#agent, [...ONLINE_LOCATIONS, COUNTER]);
      held = new Map(rows.map(({ location, sku, onHand }) => [`${location} ${sku}`, Number(onHand)]));
      const isThereTwice = rows.some(({ location, sku, onHand }) => {
        return location !== COUNTER && Number(onHand) > (told.get(`${location} ${sku}`) ?? 0);
      });
      return isThereTwice || [...told].every(([shelf, units]) => held.get(shelf) === units);
    }, 'the stock').catch(() => undefined);
    for (const [shelf, units] of told) {
      const now = held.get(shelf);
      if (now !== units) this.#faults.push(`${shelf} holds ${now} units; the messages say ${units}.`);
    }
  }

  /** Location and SKU -> what all messages together say. */
  #stockTold(): ReadonlyMap<string, number> {
    const told = new Map<string, number>();
    for (const { type, data } of this.#deliveries.flatMap(({ messages }) => messages)) {
      const { location, lines } = data as { location: string; lines: { sku: string; quantity: string }[] };
      const sign = type === 'goods-received' ? 1 : -1;
      for (const { sku, quantity } of lines) {
        const shelf = `${location} ${sku}`;
        told.set(shelf, (told.get(shelf) ?? 0) + sign * Number(quantity));
      }
    }
    return told;
  }

  async #checkPromises(): Promise<void> {
    const told = this.#stockTold();
    const available = (await readAvailable(this.#agent)) ?? [];
    SKUS.forEach((sku, index) => {
      const stock = ONLINE_LOCATIONS.reduce((sum, location) => sum + (told.get(`${location} ${sku}`) ?? 0), 0);
      const open = this.#claims.filter((claim) => claim.sku === sku && claim.id !== undefined && !claim.cancelled);
      const promised = open.reduce((sum, { units }) => sum + units, 0);
      if (promised > stock) this.#faults.push(`${sku}: ${promised} units are promised and ${stock} are there.`);
      const left = available[index];
      if (left !== stock - promised)
        this.#faults.push(`${sku}: ${left} units are offered instead of ${stock - promised}.`);
    });
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }
}
