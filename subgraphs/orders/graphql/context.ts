import type { SubgraphRequest } from '../../../kernel/graphql/subgraph.ts';
import type { Loader } from '../../../kernel/graphql/create-loader.ts';
import type { OrdersServices } from '../app/orders-services.ts';
import type { Order } from '../domain/order.ts';
import type { ReceiptLoaders } from './receipt-loaders.ts';

/** What the resolvers of one client operation share. */
export interface GraphqlContext extends SubgraphRequest {
  readonly orders: OrdersServices;
  readonly orderById: Loader<string, Order>;
  readonly receipts: ReceiptLoaders;
}
