import { setTimeout as wait } from 'node:timers/promises';
import { withAddedFields, withOtherContent, withRetypedFields } from './altered-content.ts';
import type { FaultControl } from './faults.ts';
import type { Random } from './seeded-random.ts';
import type { SimulatorObserver } from './simulator-observer.ts';

/** One message for one subscriber. */
export interface Webhook {
  readonly url: string;
  readonly messageId: string;
  readonly payload: unknown;
  /** Writes and signs the payload. `attempt` starts at 1. */
  readonly encode: (payload: unknown, attempt: number) => EncodedWebhook;
}

interface EncodedWebhook {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface WebhookPolicy {
  /** Attempts in all before giving up. Default 5. */
  readonly attemptsMax: number;
  /** Wait before the second attempt; doubled for each further one, with half of it as jitter. Default 200. */
  readonly backoffMs: number;
  /** Longest wait for an answer. Default 10,000. */
  readonly timeoutMs: number;
  /** Most messages under way; beyond it a message is given up at once. Default 10,000. */
  readonly pendingMax: number;
  /** How long the fault `reorder` holds a message back when no other follows. Default 100. */
  readonly reorderHoldMs: number;
}

/** `DROPPED` by the fault; `GAVE_UP` after the last attempt. */
export interface Delivery {
  readonly messageId: string;
  readonly url: string;
  readonly attempts: number;
  readonly outcome: 'DELIVERED' | 'GAVE_UP' | 'DROPPED';
}

interface Lane {
  readonly queue: Webhook[];
  isRunning: boolean;
  held: Webhook | undefined;
}

const POLICY: WebhookPolicy = {
  attemptsMax: 5,
  backoffMs: 200,
  timeoutMs: 10_000,
  pendingMax: 10_000,
  reorderHoldMs: 100,
};
const DELIVERIES_MAX = 10_000;

/**
 * Sends at least once with bounded retries. First attempts to one address are made one after the other in the order
 * of `send`; a failed message is retried beside the others, so a failure, like the fault `reorder`, breaks the order.
 */
export class WebhookSender {
  readonly #faults: FaultControl;
  readonly #random: Random;
  readonly #contentFields: readonly string[];
  readonly #policy: WebhookPolicy;
  readonly #observe: Pick<SimulatorObserver, 'sent'> | undefined;
  readonly #stop = new AbortController();
  readonly #lanes = new Map<string, Lane>();
  #deliveries: Delivery[] = [];
  #pending = 0;
  #waiters: (() => void)[] = [];

  constructor(parts: {
    readonly faults: FaultControl;
    readonly random: Random;
    readonly contentFields: readonly string[];
    readonly policy?: Partial<WebhookPolicy>;
    readonly observe?: Pick<SimulatorObserver, 'sent'>;
  }) {
    this.#faults = parts.faults;
    this.#random = parts.random;
    this.#contentFields = parts.contentFields;
    this.#observe = parts.observe;
    this.#policy = { ...POLICY, ...parts.policy };
  }

  send(webhook: Webhook): void {
    if (this.#stop.signal.aborted) return;
    this.#observe?.sent(webhook.payload);
    if (this.#faults.strikes('drop')) return this.#note(webhook, 0, 'DROPPED');
    const lane = this.#laneOf(webhook.url);
    for (const copy of this.#copiesOf(webhook)) {
      if (this.#pending >= this.#policy.pendingMax) {
        this.#note(copy, 0, 'GAVE_UP');
        continue;
      }
      this.#pending += 1;
      this.#place(lane, copy);
    }
  }

  /** Resolves when nothing is under way any more. */
  settled(): Promise<void> {
    if (this.#pending === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** The newest 10,000 outcomes, oldest first. */
  deliveries(): readonly Delivery[] {
    return this.#deliveries.slice(-DELIVERIES_MAX);
  }

  /** Forgets what has not been sent. */
  close(): void {
    this.#stop.abort();
    this.#pending = 0;
    this.#wake();
  }

  #copiesOf(webhook: Webhook): readonly Webhook[] {
    const drifted = { ...webhook, payload: this.#drifted(webhook.payload) };
    const copies = [drifted];
    if (this.#faults.strikes('duplicate')) copies.push(drifted);
    if (this.#faults.strikes('conflict')) {
      copies.push({ ...drifted, payload: withOtherContent(drifted.payload, this.#contentFields) });
    }
    return copies;
  }

  #drifted(payload: unknown): unknown {
    const { drift } = this.#faults.current;
    if (drift === 'NONE') return payload;
    return drift === 'ADDED_FIELD' ? withAddedFields(payload) : withRetypedFields(payload, this.#contentFields);
  }

  #laneOf(url: string): Lane {
    const lane = this.#lanes.get(url) ?? { queue: [], isRunning: false, held: undefined };
    this.#lanes.set(url, lane);
    return lane;
  }

  #place(lane: Lane, webhook: Webhook): void {
    if (lane.held === undefined && this.#faults.strikes('reorder')) {
      lane.held = webhook;
      void this.#pause(this.#policy.reorderHoldMs).then(() => this.#releaseHeld(lane, webhook));
      return;
    }
    this.#enqueue(lane, webhook);
    if (lane.held !== undefined) this.#releaseHeld(lane, lane.held);
  }

  #releaseHeld(lane: Lane, webhook: Webhook): void {
    if (lane.held !== webhook) return;
    lane.held = undefined;
    this.#enqueue(lane, webhook);
  }

  #enqueue(lane: Lane, webhook: Webhook): void {
    lane.queue.push(webhook);
    if (!lane.isRunning) void this.#run(lane);
  }

  async #run(lane: Lane): Promise<void> {
    lane.isRunning = true;
    for (let webhook = lane.queue.shift(); webhook !== undefined; webhook = lane.queue.shift()) {
      await this.#pause(this.#faults.current.delayMs);
      if (await this.#attempt(webhook, 1)) this.#finish(webhook, 1, 'DELIVERED');
      else void this.#retry(webhook);
    }
    lane.isRunning = false;
  }

  async #retry(webhook: Webhook): Promise<void> {
    for (let attempt = 2; attempt <= this.#policy.attemptsMax; attempt += 1) {
      const backoffMs = this.#policy.backoffMs * 2 ** (attempt - 2);
      await this.#pause(backoffMs * (1 + this.#random() / 2));
      if (await this.#attempt(webhook, attempt)) return this.#finish(webhook, attempt, 'DELIVERED');
    }
    this.#finish(webhook, this.#policy.attemptsMax, 'GAVE_UP');
  }

  async #attempt(webhook: Webhook, attempt: number): Promise<boolean> {
    await this.#faults.whenUp();
    if (this.#stop.signal.aborted) return true;
    const { body, headers } = webhook.encode(webhook.payload, attempt);
    try {
      const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(this.#policy.timeoutMs)]);
      const response = await fetch(webhook.url, { method: 'POST', body, headers, signal, redirect: 'manual' });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }

  #finish(webhook: Webhook, attempts: number, outcome: Delivery['outcome']): void {
    if (this.#stop.signal.aborted) return;
    this.#note(webhook, attempts, outcome);
    this.#pending -= 1;
    this.#wake();
  }

  #note({ messageId, url }: Webhook, attempts: number, outcome: Delivery['outcome']): void {
    this.#deliveries.push({ messageId, url, attempts, outcome });
    if (this.#deliveries.length > 2 * DELIVERIES_MAX) this.#deliveries = this.#deliveries.slice(-DELIVERIES_MAX);
  }

  #wake(): void {
    if (this.#pending > 0) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  async #pause(ms: number): Promise<void> {
    if (ms <= 0 || this.#stop.signal.aborted) return;
    // Closing ends the pause early; what follows it then does nothing.
    await wait(ms, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
  }
}
