import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import type { SubgraphRequest } from '../../../kernel/graphql/subgraph.ts';
import type { Loader } from '../../../kernel/graphql/create-loader.ts';
import type { OrdersServices } from '../app/orders-services.ts';
import type { Order } from '../domain/order.ts';
import type { StoredDecision } from '../app/sourcing/decision-store.ts';
import type { EstimateLoaders } from './estimate-loader.ts';
import type { ReceiptLoaders } from './receipt-loaders.ts';

/** What the resolvers of one client operation share. */
export interface GraphqlContext extends SubgraphRequest {
  readonly orders: OrdersServices;
  readonly orderById: Loader<string, Order>;
  /** Where orders are sent. */
  readonly addressOf: Loader<Order, ParcelAddress>;
  readonly receipts: ReceiptLoaders;
  readonly decisionById: Loader<string, StoredDecision>;
  readonly estimates: EstimateLoaders;
}
