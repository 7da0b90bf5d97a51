import { readDestination } from './read-destination.ts';
import type { SkuResolvers } from './resolvers.generated.ts';
import { estimateModel } from './sourcing-model.ts';

export interface SkuSource {
  readonly id: string;
}

/** What orders know of a SKU. */
export const skuFields: SkuResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  deliveryEstimate: async ({ id: sku }, { channel, quantity, destination }, { estimates }) => {
    const delivery = await estimates.load({ sku, channel, quantity, destination: readDestination(destination) });
    return delivery ? estimateModel(delivery) : null;
  },
};
