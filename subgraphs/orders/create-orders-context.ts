import type { Pos } from '../../connectors/pos/port.ts';
import { createLoader } from '../../kernel/graphql/create-loader.ts';
import type { SubgraphRequest } from '../../kernel/graphql/subgraph.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import type { ParcelAddress } from '../../schema/commands/outbound-parcels.ts';
import { addressKey } from './app/labels/address-book.ts';
import type { OrdersServices } from './app/orders-services.ts';
import type { StoredDecision } from './app/sourcing/decision-store.ts';
import type { Order } from './domain/order.ts';
import type { GraphqlContext } from './graphql/context.ts';
import { EstimateLoaders } from './graphql/estimate-loader.ts';
import { ReceiptLoaders } from './graphql/receipt-loaders.ts';

/** Looked up at a time for one client operation. */
const KEYS_PER_LOOK_UP_MAX = 500;

export interface OrdersContextParts {
  readonly request: SubgraphRequest;
  /** Asked for receipts. */
  readonly pos: readonly Pos[];
  readonly telemetry: Telemetry;
}

/** For one client operation; what it looks up it looks up once. */
export function createOrdersContext(
  services: OrdersServices,
  { request, pos, telemetry }: OrdersContextParts,
): GraphqlContext {
  const shared = { batchKeysMax: KEYS_PER_LOOK_UP_MAX, telemetry };
  return {
    ...request,
    orders: services,
    orderById: createLoader<string, Order>({ ...shared, name: 'orders', load: (ids) => services.store.getMany(ids) }),
    addressOf: createLoader<Order, ParcelAddress>({
      ...shared,
      name: 'orders-addresses',
      keyOf: addressKey,
      load: (orders) => services.addresses.ofMany(orders),
    }),
    receipts: new ReceiptLoaders(pos),
    decisionById: createLoader<string, StoredDecision>({
      ...shared,
      name: 'sourcing-decisions',
      load: (ids) => services.decisions.getMany(ids),
    }),
    estimates: new EstimateLoaders(services, request.correlationId),
  };
}
