import { readPage, toConnection } from '../../../kernel/graphql/connection.ts';
import { channelId, locationId, skuId } from '../../../kernel/model/codes.ts';
import { maySee, narrow } from '../app/order-access.ts';
import type { OrderIndex } from '../app/search/order-index.ts';
import { countOrders, searchOrders, type OrderCount, type OrderSearch } from '../app/search/search-orders.ts';
import type { OrderSource } from './order-model.ts';
import type {
  OrderSearchConnectionResolvers,
  OrderSearchInput,
  QueryOrderSearchArgs,
  QueryResolvers,
} from './resolvers.generated.ts';

const SEARCH = { list: 'order-search', firstDefault: 20, firstMax: 100 } as const;

/** How many orders match; counted when somebody asks, and once. */
class Total {
  readonly #index: OrderIndex;
  readonly #search: OrderSearch | undefined;
  #count: Promise<OrderCount> | undefined;

  constructor(index: OrderIndex, search: OrderSearch | undefined) {
    this.#index = index;
    this.#search = search;
  }

  count(): Promise<OrderCount> {
    this.#count ??= this.#search ? countOrders(this.#index, this.#search) : Promise.resolve(NOTHING);
    return this.#count;
  }
}

const NOTHING: OrderCount = { orders: 0, isExact: true };

export interface OrderSearchSource {
  readonly edges: readonly { readonly cursor: string; readonly node: OrderSource }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly isComplete: boolean;
  readonly total: Total;
}

export const searchQueries: QueryResolvers = {
  orderSearch: async (_, args: QueryOrderSearchArgs, { orders, identity, orderById }) => {
    const page = readPage(args, SEARCH);
    const { search: index, searchBuild } = orders;
    // What nobody may see is looked for all the same, so that a faulty question is refused whoever asks it.
    const search = narrow(identity, readSearch(args.filter));
    const [placedAtMs, order] = page.after ?? [];
    const after = page.after && { placedAtMs: Number(placedAtMs), order: String(order) };
    const keys = search ? await searchOrders(index, search, { limit: page.limit, ...(after && { after }) }) : [];
    const { edges, pageInfo } = toConnection(keys, page, {
      list: SEARCH.list,
      keysetOf: (key) => [key.placedAtMs, key.order],
    });
    const found = await Promise.all(edges.map(({ node }) => orderById.load(node.order)));
    return {
      pageInfo,
      // The index may be behind the orders, and then say more of them than the caller may know.
      edges: edges.flatMap(({ cursor }, at) => {
        const node = found[at];
        return node && maySee(identity, node) ? [{ cursor, node: { order: node, access: 'FULL' as const } }] : [];
      }),
      isComplete: searchBuild.isComplete,
      total: new Total(index, search),
    };
  },
};

export const orderSearchFields: OrderSearchConnectionResolvers = {
  totalCount: async ({ total }) => (await total.count()).orders,
  isTotalExact: async ({ total }) => (await total.count()).isExact,
};

function readSearch(input: OrderSearchInput): OrderSearch {
  const { text, externalIds, customers, channels, locations, statuses, skus, placedFrom, placedBefore } = input;
  return {
    ...(isGiven(text) && { text }),
    ...(isGiven(externalIds) && { numbers: externalIds }),
    ...(isGiven(customers) && { customers }),
    ...(isGiven(channels) && { channels: channels.map(channelId) }),
    ...(isGiven(locations) && { locations: locations.map(locationId) }),
    ...(isGiven(statuses) && { statuses }),
    ...(isGiven(skus) && { skus: skus.map(skuId) }),
    ...(isGiven(placedFrom) && { placedFromMs: Date.parse(placedFrom) }),
    ...(isGiven(placedBefore) && { placedBeforeMs: Date.parse(placedBefore) }),
    ...(isGiven(input.promisedBy) && { promised: input.promisedBy }),
  };
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== undefined && value !== null;
}
