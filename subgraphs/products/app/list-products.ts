import type { ProductRecord } from '../domain/product-record.ts';
import type { ProductsStore } from './products-store.ts';

export interface ProductsQuery {
  readonly limit: number;
  /** The code of the product to continue after. */
  readonly after?: string | undefined;
  readonly category?: string | undefined;
}

/** Reads that fill one page; more are needed only while products are leaving the category. */
const READS_MAX = 5;

/** Products in the order of their codes. */
export async function listProducts(store: ProductsStore, query: ProductsQuery): Promise<readonly ProductRecord[]> {
  if (query.category !== undefined) return listCategory(store, { ...query, category: query.category });
  const after = query.after === undefined ? {} : { after: { id: query.after, value: null } };
  return (await store.products.find({ limit: query.limit, ...after })).map((row) => row.document);
}

async function listCategory(
  store: ProductsStore,
  { category, limit, after }: ProductsQuery & { readonly category: string },
): Promise<readonly ProductRecord[]> {
  const found: ProductRecord[] = [];
  let position = after;
  for (let read = 0; read < READS_MAX && found.length < limit; read++) {
    const places = await store.places.find({
      where: { category: { eq: category }, ...(position !== undefined && { product: { gt: position } }) },
      orderBy: { path: 'product', direction: 'asc' },
      limit,
    });
    found.push(
      ...(await productsAt(
        store,
        category,
        places.map((row) => row.document.product),
      )),
    );
    position = places.at(-1)?.document.product;
    if (places.length < limit) break;
  }
  return found.slice(0, limit);
}

/** A place may outlive the product's leaving of the category for a moment; the product decides. */
async function productsAt(store: ProductsStore, category: string, ids: readonly string[]): Promise<ProductRecord[]> {
  const products = new Map((await store.products.getMany(ids)).map((row) => [row.document.id, row.document]));
  return ids.flatMap((id) => {
    const product = products.get(id);
    return product?.categories.includes(category) === true ? [product] : [];
  });
}
