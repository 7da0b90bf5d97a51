import { hmacSha256 } from '../runtime/hmac.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';

export interface LightspeedSubscription {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly types: readonly string[];
}

export const WEBHOOK_TYPES: readonly string[] = ['sale.update', 'inventory.update', 'product.update'];

const SUBSCRIPTIONS_MAX = 100;

/** Form-encoded notifications with the whole object inside. The vendor does not guarantee that they arrive. */
export class LightspeedWebhooks {
  readonly #core: SimulatorCore;
  readonly #clientSecret: string;
  readonly #domainPrefix: string;
  readonly #retailerId: string;
  readonly #subscriptions = new Map<string, LightspeedSubscription>();

  constructor(core: SimulatorCore, options: { readonly clientSecret: string; readonly domainPrefix: string }) {
    this.#core = core;
    this.#clientSecret = options.clientSecret;
    this.#domainPrefix = options.domainPrefix;
    this.#retailerId = core.ids.uuid();
  }

  /** @throws {RangeError} beyond 100 subscriptions. */
  subscribe(input: {
    readonly url: string;
    readonly secret?: string;
    readonly types?: readonly string[];
  }): LightspeedSubscription {
    if (this.#subscriptions.size >= SUBSCRIPTIONS_MAX) throw new RangeError('too many webhooks');
    const subscription = {
      id: this.#core.ids.uuid(),
      url: input.url,
      secret: input.secret ?? this.#clientSecret,
      types: input.types ?? WEBHOOK_TYPES,
    };
    this.#subscriptions.set(subscription.id, subscription);
    return subscription;
  }

  subscriptions(): readonly LightspeedSubscription[] {
    return [...this.#subscriptions.values()];
  }

  unsubscribe(id: string): boolean {
    return this.#subscriptions.delete(id);
  }

  emit(type: string, object: { readonly id: string }): void {
    for (const { url, secret, types } of this.#subscriptions.values()) {
      if (!types.includes(type)) continue;
      this.#core.sender.send({
        url,
        messageId: `${type}:${object.id}`,
        payload: object,
        encode: (sent) => {
          const body = new URLSearchParams({
            domain_prefix: this.#domainPrefix,
            environment: 'prod',
            payload: JSON.stringify(sent),
            retailer_id: this.#retailerId,
            type,
          }).toString();
          return {
            body,
            headers: {
              'content-type': 'application/x-www-form-urlencoded',
              'x-signature': `signature=${hmacSha256(secret, body, 'hex')},algorithm=HMAC-SHA256`,
            },
          };
        },
      });
    }
  }
}
