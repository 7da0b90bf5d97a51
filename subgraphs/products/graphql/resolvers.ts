import { readPage, toConnection, type PageBounds } from '../../../kernel/graphql/connection.ts';
import { skuId } from '../../../kernel/model/codes.ts';
import { Refusal, invariant } from '../../../kernel/model/errors.ts';
import { SKUS_PER_QUERY_MAX } from '../app/products-limits.ts';
import type { SkuView } from '../app/sku-view.ts';
import { isMarkdown, priceAt, regularPriceAt } from '../domain/price-at.ts';
import type { Price } from '../domain/record-item.ts';
import type { GraphqlContext } from './context.ts';
import type {
  ProductResolvers,
  QueryResolvers,
  Resolvers,
  SkuComponentResolvers,
  SkuResolvers,
} from './resolvers.generated.ts';

const PAGE: PageBounds = { list: 'products', firstDefault: 20, firstMax: 100 };

const Query: QueryResolvers = {
  product: async (_source, { id }, { products }) => (await products.load(skuId(id))) ?? null,
  products: async (_source, { first, after, category }, context) => {
    const page = readPage({ first, ...(after !== undefined && { after }) }, PAGE);
    const rows = await context.listProducts({
      limit: page.limit,
      after: page.after && String(page.after[0]),
      category: category ?? undefined,
    });
    return toConnection(rows, page, { list: PAGE.list, keysetOf: (product) => [product.id] });
  },
  skus: (_source, { ids }, context) => {
    if (ids.length > SKUS_PER_QUERY_MAX) {
      throw new Refusal('LIMIT_EXCEEDED', `At most ${SKUS_PER_QUERY_MAX} SKUs can be asked for at once.`, {
        limit: 'SKUS_PER_QUERY_MAX',
        max: SKUS_PER_QUERY_MAX,
      });
    }
    return Promise.all(ids.map((id) => loadSku(context, id)));
  },
};

const Product: ProductResolvers = {
  __resolveReference: async ({ id }, { products }) => (await products.load(skuId(id))) ?? null,
  description: ({ description }) => description ?? null,
  skus: async ({ id }, _arguments, { variants, skus }) => {
    const codes = (await variants.load(id)) ?? [];
    return Promise.all(codes.map(async (code) => found(await skus.load(code), `SKU ${code}`)));
  },
};

const Sku: SkuResolvers = {
  __resolveReference: ({ id }, context) => loadSku(context, id),
  id: ({ item }) => item.sku,
  title: ({ item }) => item.title,
  product: async ({ item }, _arguments, { products }) =>
    found(await products.load(item.product.id), `Product ${item.product.id}`),
  gtin: ({ item }) => item.gtin?.padStart(14, '0') ?? null,
  baseUnit: ({ item }) => item.baseUnit,
  step: ({ item }) => item.step,
  units: ({ item }) => item.conversions ?? [],
  components: ({ item }) => item.components ?? [],
  tracking: ({ item }) => item.tracking,
  attributes: ({ item }) => item.attributes,
  categories: ({ item }) => item.categories,
  lifecycle: ({ item }) => item.lifecycle,
  price: ({ item, asOfMs }, { currency, priceList }, context) => {
    const wanted = { currency: currency ?? undefined, priceList: priceList ?? undefined };
    const price = priceAt(item.prices, context.nowMs(), wanted);
    if (!price) return null;
    const regular = isMarkdown(price) ? regularPriceAt(item.prices, context.nowMs(), wanted) : undefined;
    return { ...detailsOf(price), regular: regular?.amount ?? null, asOf: new Date(asOfMs).toISOString() };
  },
};

const SkuComponent: SkuComponentResolvers = {
  code: ({ sku }) => sku,
  sku: ({ sku }, _arguments, context) => loadSku(context, sku),
};

export const resolvers: Pick<Resolvers, 'Query' | 'Product' | 'Sku' | 'SkuComponent'> = {
  Query,
  Product,
  Sku,
  SkuComponent,
};

const detailsOf = (price: Price) => ({
  ...price,
  kind: price.kind ?? 'REGULAR',
  effectiveUntil: price.effectiveUntil ?? null,
  priceList: price.priceList ?? null,
});

async function loadSku({ skus }: GraphqlContext, id: string): Promise<SkuView | null> {
  return (await skus.load(skuId(id))) ?? null;
}

/** Registered before whatever refers to it, and never removed. */
function found<Value>(value: Value | undefined, what: string): Value {
  invariant(value !== undefined, `${what} is referred to and not registered.`);
  return value;
}
