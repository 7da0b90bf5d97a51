import { hmacSha256 } from '../runtime/hmac.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import { trackerObject, type Parcel } from './parcel-book.ts';

export interface CarrierEvent {
  readonly id: string;
  /** One more than that of the event before. */
  readonly sequence: number;
  readonly type: 'tracker.updated';
  readonly created_at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface CarrierWebhook {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

const EVENTS_MAX = 100_000;
const WEBHOOKS_MAX = 100;

/** Numbers every scan, keeps it for pollers and pushes it, signed, to the endpoints. */
export class CarrierEvents {
  readonly #core: SimulatorCore;
  readonly #events: CarrierEvent[] = [];
  readonly #webhooks = new Map<string, CarrierWebhook>();
  #head: number;

  constructor(core: SimulatorCore, numbersFrom: number) {
    this.#core = core;
    this.#head = numbersFrom;
  }

  get head(): number {
    return this.#head;
  }

  /** Sequence of the oldest event that is kept. */
  get oldest(): number {
    return this.#events[0]?.sequence ?? this.#head + 1;
  }

  emit(parcel: Parcel): void {
    const event: CarrierEvent = {
      id: `evt_${this.#core.ids.hex(24)}`,
      sequence: ++this.#head,
      type: 'tracker.updated',
      created_at: this.#core.nowIso(),
      data: { tracker: trackerObject(parcel) },
    };
    this.#events.push(event);
    if (this.#events.length > EVENTS_MAX) this.#events.shift();
    for (const webhook of this.#webhooks.values()) this.#push(webhook, event);
  }

  after(sequence: number, limit: number): readonly CarrierEvent[] {
    const skipped = Math.max(0, sequence - this.oldest + 1);
    return this.#events.slice(skipped, skipped + limit);
  }

  /** @throws {RangeError} beyond 100 endpoints. */
  subscribe(url: string, secret?: string): CarrierWebhook {
    if (this.#webhooks.size >= WEBHOOKS_MAX) throw new RangeError('too many webhook endpoints');
    const webhook = { id: `we_${this.#core.ids.hex(16)}`, url, secret: secret ?? `whsec_${this.#core.ids.hex(32)}` };
    this.#webhooks.set(webhook.id, webhook);
    return webhook;
  }

  webhooks(): readonly CarrierWebhook[] {
    return [...this.#webhooks.values()];
  }

  unsubscribe(id: string): boolean {
    return this.#webhooks.delete(id);
  }

  #push({ url, secret }: CarrierWebhook, event: CarrierEvent): void {
    this.#core.sender.send({
      url,
      messageId: event.id,
      payload: event,
      encode: (payload) => {
        const body = JSON.stringify(payload);
        const signature = `hmac-sha256-hex=${hmacSha256(secret, body, 'hex')}`;
        return { body, headers: { 'content-type': 'application/json', 'x-hmac-signature': signature } };
      },
    });
  }
}
