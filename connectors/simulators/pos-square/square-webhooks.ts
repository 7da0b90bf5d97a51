import { hmacSha256 } from '../runtime/hmac.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';

export interface SquareSubscription {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly signatureKey: string;
  readonly eventTypes: readonly string[];
  readonly createdAtMs: number;
}

export const EVENT_TYPES: readonly string[] = [
  'order.created',
  'order.updated',
  'inventory.count.updated',
  'refund.created',
  'refund.updated',
  'catalog.version.updated',
];

const SUBSCRIPTIONS_MAX = 100;

/** Signed notifications. They name objects and carry little; the rest is looked up. */
export class SquareWebhooks {
  readonly merchantId: string;
  readonly #core: SimulatorCore;
  readonly #subscriptions = new Map<string, SquareSubscription>();

  constructor(core: SimulatorCore) {
    this.#core = core;
    this.merchantId = core.ids.capitals(13);
  }

  /** @throws {RangeError} beyond 100 subscriptions. */
  subscribe(input: {
    readonly url: string;
    readonly signatureKey?: string;
    readonly eventTypes?: readonly string[];
    readonly name?: string;
  }): SquareSubscription {
    if (this.#subscriptions.size >= SUBSCRIPTIONS_MAX) throw new RangeError('too many webhook subscriptions');
    const subscription: SquareSubscription = {
      id: `wbhk_${this.#core.ids.hex(32)}`,
      name: input.name ?? 'subscription',
      url: input.url,
      signatureKey: input.signatureKey ?? this.#core.ids.capitals(22),
      eventTypes: input.eventTypes ?? EVENT_TYPES,
      createdAtMs: this.#core.nowMs(),
    };
    this.#subscriptions.set(subscription.id, subscription);
    return subscription;
  }

  subscription(id: string): SquareSubscription | undefined {
    return this.#subscriptions.get(id);
  }

  subscriptions(): readonly SquareSubscription[] {
    return [...this.#subscriptions.values()];
  }

  unsubscribe(id: string): boolean {
    return this.#subscriptions.delete(id);
  }

  emit(type: string, data: { readonly type: string; readonly id: string; readonly object: unknown }): void {
    const createdAt = this.#core.nowIso();
    const payload = {
      merchant_id: this.merchantId,
      type,
      event_id: this.#core.ids.uuid(),
      created_at: createdAt,
      data,
    };
    for (const { url, signatureKey, eventTypes } of this.#subscriptions.values()) {
      if (!eventTypes.includes(type)) continue;
      this.#core.sender.send({
        url,
        messageId: payload.event_id,
        payload,
        encode: (sent, attempt) => {
          const body = JSON.stringify(sent);
          return {
            body,
            headers: {
              'content-type': 'application/json',
              'x-square-hmacsha256-signature': hmacSha256(signatureKey, url + body, 'base64'),
              'square-environment': 'Production',
              'square-initial-delivery-timestamp': createdAt,
              ...(attempt === 1
                ? {}
                : { 'square-retry-number': String(attempt - 1), 'square-retry-reason': 'http_error' }),
            },
          };
        },
      });
    }
  }
}
