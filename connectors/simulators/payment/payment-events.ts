import { hmacSha256 } from '../runtime/hmac.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import { operationObject, paymentObject, type ProviderOperation, type ProviderPayment } from './payment-account.ts';

export interface PaymentEvent {
  readonly id: string;
  /** One more than that of the event before. */
  readonly sequence: number;
  readonly type: string;
  readonly created_at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface PaymentWebhook {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

const EVENTS_MAX = 100_000;
const WEBHOOKS_MAX = 100;

/** Numbers every event, keeps it for pollers and pushes it, signed, to the endpoints. */
export class PaymentEvents {
  readonly #core: SimulatorCore;
  readonly #events: PaymentEvent[] = [];
  readonly #webhooks = new Map<string, PaymentWebhook>();
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

  emit(type: string, payment: ProviderPayment, operation?: ProviderOperation): void {
    const event: PaymentEvent = {
      id: `evt_${this.#core.ids.hex(24)}`,
      sequence: ++this.#head,
      type,
      created_at: this.#core.nowIso(),
      data: {
        payment: paymentObject(payment),
        ...(operation && { operation: operationObject(payment, operation) }),
      },
    };
    this.#events.push(event);
    if (this.#events.length > EVENTS_MAX) this.#events.shift();
    for (const webhook of this.#webhooks.values()) this.#push(webhook, event);
  }

  after(sequence: number, limit: number): readonly PaymentEvent[] {
    const skipped = Math.max(0, sequence - this.oldest + 1);
    return this.#events.slice(skipped, skipped + limit);
  }

  /** @throws {RangeError} beyond 100 endpoints. */
  subscribe(url: string, secret?: string): PaymentWebhook {
    if (this.#webhooks.size >= WEBHOOKS_MAX) throw new RangeError('too many webhook endpoints');
    const webhook = { id: `we_${this.#core.ids.hex(16)}`, url, secret: secret ?? `whsec_${this.#core.ids.hex(32)}` };
    this.#webhooks.set(webhook.id, webhook);
    return webhook;
  }

  webhooks(): readonly PaymentWebhook[] {
    return [...this.#webhooks.values()];
  }

  unsubscribe(id: string): boolean {
    return this.#webhooks.delete(id);
  }

  #push({ url, secret }: PaymentWebhook, event: PaymentEvent): void {
    const { sender, nowMs } = this.#core;
    sender.send({
      url,
      messageId: event.id,
      payload: event,
      encode: (payload) => {
        const body = JSON.stringify(payload);
        const seconds = String(Math.floor(nowMs() / 1_000));
        const signature = hmacSha256(secret, `${seconds}.${body}`, 'hex');
        return {
          body,
          headers: { 'content-type': 'application/json', 'payment-signature': `t=${seconds},v1=${signature}` },
        };
      },
    });
  }
}
