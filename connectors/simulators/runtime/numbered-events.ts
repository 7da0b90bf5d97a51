import type { SimulatorCore } from './simulator.ts';

interface NumberedEvent {
  readonly id: string;
  /** One more than that of the event before. */
  readonly sequence: number;
  readonly type: string;
  readonly created_at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

/** The headers by which an endpoint sees who sent a body. */
export type SignBody = (signed: {
  readonly secret: string;
  readonly body: string;
  readonly atMs: number;
}) => Readonly<Record<string, string>>;

const EVENTS_MAX = 100_000;
const WEBHOOKS_MAX = 100;

/** Numbers every event, keeps it for pollers and pushes it, signed, to the endpoints. */
export class NumberedEvents {
  readonly #core: SimulatorCore;
  readonly #sign: SignBody;
  readonly #events: NumberedEvent[] = [];
  readonly #webhooks = new Map<string, WebhookEndpoint>();
  #head: number;

  constructor(core: SimulatorCore, { numbersFrom, sign }: { readonly numbersFrom: number; readonly sign: SignBody }) {
    this.#core = core;
    this.#sign = sign;
    this.#head = numbersFrom;
  }

  get head(): number {
    return this.#head;
  }

  /** Sequence of the oldest event that is kept. */
  get oldest(): number {
    return this.#events[0]?.sequence ?? this.#head + 1;
  }

  emit(type: string, data: NumberedEvent['data']): void {
    const event: NumberedEvent = {
      id: `evt_${this.#core.ids.hex(24)}`,
      sequence: ++this.#head,
      type,
      created_at: this.#core.nowIso(),
      data,
    };
    this.#events.push(event);
    if (this.#events.length > EVENTS_MAX) this.#events.shift();
    for (const webhook of this.#webhooks.values()) this.#push(webhook, event);
  }

  after(sequence: number, limit: number): readonly NumberedEvent[] {
    const skipped = Math.max(0, sequence - this.oldest + 1);
    return this.#events.slice(skipped, skipped + limit);
  }

  /** @throws {RangeError} beyond 100 endpoints. */
  subscribe(url: string, secret?: string): WebhookEndpoint {
    if (this.#webhooks.size >= WEBHOOKS_MAX) throw new RangeError('too many webhook endpoints');
    const webhook = { id: `we_${this.#core.ids.hex(16)}`, url, secret: secret ?? `whsec_${this.#core.ids.hex(32)}` };
    this.#webhooks.set(webhook.id, webhook);
    return webhook;
  }

  webhooks(): readonly WebhookEndpoint[] {
    return [...this.#webhooks.values()];
  }

  unsubscribe(id: string): boolean {
    return this.#webhooks.delete(id);
  }

  #push({ url, secret }: WebhookEndpoint, event: NumberedEvent): void {
    const { sender, nowMs } = this.#core;
    sender.send({
      url,
      messageId: event.id,
      payload: event,
      encode: (payload) => {
        const body = JSON.stringify(payload);
        return {
          body,
          headers: { 'content-type': 'application/json', ...this.#sign({ secret, body, atMs: nowMs() }) },
        };
      },
    });
  }
}
