import { channelId, skuId } from '../../../kernel/model/codes.ts';
import { createLoader, type Loader } from '../../../kernel/graphql/create-loader.ts';
import type { Delivery } from '../app/sourcing/delivery-of.ts';
import { estimateDeliveries, ESTIMATES_MAX, type Wanted } from '../app/sourcing/estimate-deliveries.ts';
import type { OrdersServices } from '../app/orders-services.ts';
import type { Destination } from '../domain/sourcing/destination.ts';

export interface EstimateKey {
  readonly sku: string;
  readonly channel: string;
  readonly quantity: string;
  readonly destination: Destination | null;
}

/** Delivery estimates: all of one client operation for a channel and a destination in one question to the ledger. */
export class EstimateLoaders {
  readonly #services: OrdersServices;
  readonly #correlationId: string;
  readonly #loaders = new Map<string, Loader<Wanted, Delivery>>();

  constructor(services: OrdersServices, correlationId: string) {
    this.#services = services;
    this.#correlationId = correlationId;
  }

  /** Undefined when nobody can say. */
  load({ sku, channel, quantity, destination }: EstimateKey): Promise<Delivery | undefined> {
    const key = JSON.stringify([channel, destination]);
    const loader = this.#loaders.get(key) ?? this.#open(channelId(channel), destination);
    this.#loaders.set(key, loader);
    return loader.load({ sku: skuId(sku), quantity });
  }

  #open(channel: string, destination: Destination | null): Loader<Wanted, Delivery> {
    return createLoader<Wanted, Delivery>({
      name: 'delivery-estimates',
      batchKeysMax: ESTIMATES_MAX,
      keyOf: ({ sku, quantity }) => `${sku}|${quantity}`,
      load: (wanted) =>
        estimateDeliveries(this.#services, { channel, destination, wanted }, { correlationId: this.#correlationId }),
    });
  }
}
