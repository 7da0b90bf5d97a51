import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededRandom, type Random } from '../../connectors/simulators/runtime/seeded-random.ts';
import { isErrorCode } from '../../kernel/model/errors.ts';
import { ERROR_CODES } from '../../schema/errors.ts';
import { GraphqlFailure, type HubClient } from '../../scripts/client/hub-client.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { cancel, COUNTER, ONLINE_LOCATIONS, receiptOf, reserve, saleOf, SKUS, SOURCE } from '../harness/stock-world.ts';
import { placeOrder } from './fault-world.ts';
import type { Claim, Delivery, Records } from './records.ts';

export interface FaultClientsOptions {
  /** Any of them is asked for anything; a client that is moved about does not care. */
  readonly gateways: readonly HubClient[];
  readonly connectors: HubClient;
  readonly seed: number;
  readonly clients: number;
}

export type AskedKind = Claim['kind'] | 'cancellation' | 'message';

const MESSAGES_PER_CALL = 3;
/**
 * Of what is asked for; the rest are movements. What becomes a document is little of it, because an emulator without indexes
 * reads all documents of a collection again and again.
 */
const SHARES = { reservation: 0.6, order: 0.02, cancellation: 0.25 } as const;
/** Of movements; each becomes an order that is told. */
const SALES = 0.1;
/** Of reservations, orders take the place of so many while somebody waits for an order. */
const AWAITED_ORDERS = 0.2;
/** Which numbers below one, drawn at random, ask for what. */
const RESERVATIONS = SHARES.reservation;
const ORDERS = RESERVATIONS + SHARES.order;
const CANCELLATIONS = ORDERS + SHARES.cancellation;
const REST_MS = 20;
const REST_AFTER_FAILURE_MS = 100;
/** Settling asks again so often; a hub that does not answer by then has not recovered. */
const SETTLE_ATTEMPTS_MAX = 300;

/** Clients that reserve, order, cancel and tell movements, and remember what they were told. */
export class FaultClients implements Records {
  readonly claims: Claim[] = [];
  readonly deliveries: Delivery[] = [];
  readonly faults: string[] = [];
  readonly answers: Record<AskedKind, number> = { reservation: 0, order: 0, cancellation: 0, message: 0 };
  unanswered = 0;
  #waiting: { readonly kind: AskedKind; readonly sinceMs: number; readonly resolve: (atMs: number) => void }[] = [];
  readonly #options: FaultClientsOptions;
  readonly #random: Random;
  #rounds = 0;

  constructor(options: FaultClientsOptions) {
    this.#options = options;
    this.#random = createSeededRandom(options.seed);
  }

  get answered(): number {
    return Object.values(this.answers).reduce((sum, count) => sum + count, 0);
  }

  /** Resolves with the moment of the first answer to something that was asked for after another moment. */
  nextAnswer(kind: AskedKind, sinceMs: number): Promise<number> {
    return new Promise((resolve) => this.#waiting.push({ kind, sinceMs, resolve }));
  }

  /** Works until the signal fires and what is under way has ended in one way or another. */
  async work(signal: AbortSignal): Promise<void> {
    const round = ++this.#rounds;
    const clients = Array.from({ length: this.#options.clients }, (_, client) => `R${round}-C${client}`);
    await Promise.all(clients.map((name) => this.#client(name, signal)));
  }

  /** One order of each SKU: what is registered becomes known to those who take orders some time later. */
  async orderOnce(): Promise<void> {
    for (const sku of SKUS) {
      const claim: Claim = { kind: 'order', key: `opening-${sku}`, sku, units: 1 };
      this.claims.push(claim);
      claim.id = await waitFor(() => placeOrder(this.#pick(this.#options.gateways), claim.key, sku, 1), 'an order');
    }
  }

  /** Whoever got no answer asks again under the same key, as every client would. */
  async settle(): Promise<void> {
    for (const claim of this.claims) {
      if (claim.id === undefined && !claim.isRefused) await this.#until(() => this.#ask(claim), claim.key);
      if (claim.cancelled === 'ASKED') await this.#until(() => this.#giveUp(claim), claim.key);
    }
    for (const delivery of this.deliveries) {
      if (!delivery.isAnswered) await this.#until(() => this.deliver(delivery), delivery.messages[0]?.eventId ?? '');
    }
  }

  /** @returns whether it was answered */
  async deliver(delivery: Delivery): Promise<boolean> {
    if (!this.deliveries.includes(delivery)) this.deliveries.push(delivery);
    const isAnswered = await this.#unlessBroken('message', async () => {
      const outcomes = await this.#options.connectors.ingest(SOURCE, delivery.messages);
      const wrong = outcomes.filter(({ outcome }) => outcome !== 'ACCEPTED' && outcome !== 'DUPLICATE');
      this.faults.push(...wrong.map(({ eventId, outcome, reason }) => `${eventId}: ${outcome}, ${reason}`));
    });
    delivery.isAnswered ||= isAnswered;
    return isAnswered;
  }

  async #until(ask: () => Promise<boolean>, key: string): Promise<void> {
    for (let attempt = 0; attempt < SETTLE_ATTEMPTS_MAX; attempt++) {
      if (await ask()) return;
      await sleep(REST_AFTER_FAILURE_MS);
    }
    this.faults.push(`${key} was asked for ${SETTLE_ATTEMPTS_MAX} times without an answer.`);
  }

  async #client(name: string, signal: AbortSignal): Promise<void> {
    for (let n = 1; !signal.aborted; n++) {
      const key = `${name}-${n}`;
      const what = this.#random();
      let isAnswered: boolean;
      if (what < RESERVATIONS * AWAITED_ORDERS && this.#awaits('order')) isAnswered = await this.#claim('order', key);
      else if (what < RESERVATIONS) isAnswered = await this.#claim('reservation', key);
      else if (what < ORDERS) isAnswered = await this.#claim('order', key);
      else if (what < CANCELLATIONS) isAnswered = await this.#giveUp(this.#pickOwn(name));
      else isAnswered = await this.deliver({ messages: this.#movements(key) });
      await sleep(isAnswered ? REST_MS : REST_AFTER_FAILURE_MS);
    }
  }

  #awaits(kind: AskedKind): boolean {
    return this.#waiting.some((waiting) => waiting.kind === kind);
  }

  #claim(kind: Claim['kind'], key: string): Promise<boolean> {
    const claim: Claim = { kind, key, sku: this.#pick(SKUS), units: 1 + Math.floor(this.#random() * 2) };
    this.claims.push(claim);
    return this.#ask(claim);
  }

  #ask(claim: Claim): Promise<boolean> {
    const { kind, key, sku, units } = claim;
    return this.#unlessBroken(kind, async () => {
      try {
        const make = kind === 'order' ? placeOrder : reserve;
        const id = await make(this.#pick(this.#options.gateways), key, sku, units);
        if (claim.id !== undefined && claim.id !== id) this.faults.push(`${key} was answered in two ways.`);
        claim.id = id;
      } catch (error) {
        if (!(error instanceof GraphqlFailure) || error.code !== 'INSUFFICIENT_STOCK') throw error;
        claim.isRefused = true;
      }
    });
  }

  /** One of its own, so that no two clients give up the same one. */
  #pickOwn(name: string): Claim | undefined {
    const own = this.claims.filter(({ kind, key, id, cancelled }) => {
      return kind === 'reservation' && id !== undefined && cancelled === undefined && key.startsWith(`${name}-`);
    });
    return own.length === 0 ? undefined : this.#pick(own);
  }

  async #giveUp(claim: Claim | undefined): Promise<boolean> {
    const id = claim?.id;
    if (!claim || id === undefined) return true;
    claim.cancelled = 'ASKED';
    const gateway = this.#pick(this.#options.gateways);
    const isAnswered = await this.#unlessBroken('cancellation', () => cancel(gateway, `cancel-${claim.key}`, id));
    if (isAnswered) claim.cancelled = 'DONE';
    return isAnswered;
  }

  #movements(key: string): Delivery['messages'] {
    return Array.from({ length: MESSAGES_PER_CALL }, (_, index) => {
      const eventId = `${key}-${index}`;
      const sku = this.#pick(SKUS);
      if (this.#random() < SALES) return saleOf(eventId, sku);
      return receiptOf(eventId, this.#random() < 0.4 ? this.#pick(ONLINE_LOCATIONS) : COUNTER, { [sku]: 1 });
    });
  }

  /** @returns false when nobody knows what became of it, or it could not be done now */
  async #unlessBroken(kind: AskedKind, work: () => Promise<void>): Promise<boolean> {
    const askedMs = performance.now();
    try {
      await work();
      this.answers[kind]++;
      this.#tellWaiting(kind, askedMs);
      return true;
    } catch (error) {
      if (!saysTryAgain(error)) this.faults.push(`${kind}: ${String(error)} ${codeOf(error) ?? ''}`);
      this.unanswered++;
      return false;
    }
  }

  #tellWaiting(kind: AskedKind, askedMs: number): void {
    const isMet = (waiting: { readonly kind: AskedKind; readonly sinceMs: number }): boolean =>
      waiting.kind === kind && waiting.sinceMs <= askedMs;
    const met = this.#waiting.filter(isMet);
    this.#waiting = this.#waiting.filter((waiting) => !met.includes(waiting));
    for (const { resolve } of met) resolve(performance.now());
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }
}

/** A connection that broke, a time that was up, or an obstacle. Anything else the hub must not answer. */
function saysTryAgain(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return isErrorCode(code) && ERROR_CODES[code].retryable;
  // Of another realm than the test's, so not by their class.
  return ['TypeError', 'SyntaxError', 'TimeoutError', 'AbortError'].includes((error as Error).name);
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof GraphqlFailure) return error.code;
  return /^([A-Z_]+): /.exec((error as Error).message)?.[1];
}
