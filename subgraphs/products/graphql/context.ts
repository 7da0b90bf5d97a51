import type { Loader } from '../../../kernel/graphql/create-loader.ts';
import type { SubgraphRequest } from '../../../kernel/graphql/subgraph.ts';
import type { ProductsQuery } from '../app/list-products.ts';
import type { SkuView } from '../app/sku-view.ts';
import type { ProductRecord } from '../domain/product-record.ts';

/** What the resolvers of products get for one client operation. */
export interface GraphqlContext extends SubgraphRequest {
  /** By code; undefined when none is registered. */
  readonly skus: Loader<string, SkuView>;
  readonly products: Loader<string, ProductRecord>;
  /** The codes of the variants by product. */
  readonly variants: Loader<string, readonly string[]>;
  listProducts(query: ProductsQuery): Promise<readonly ProductRecord[]>;
  nowMs(): number;
}
