import { FIND_LIMIT_MAX } from '../../../kernel/ports/documents.ts';
import type { Collection, Document, Documents } from '../../../kernel/ports/documents.ts';
import type { ProductRecord } from '../domain/product-record.ts';
import type { SkuRecord } from '../domain/sku-record.ts';
import { VARIANTS_MAX } from './products-limits.ts';

/** A product's place in a category. Lists cannot be indexed, so each place is a document of its own. */
export interface CategoryPlace extends Document {
  readonly category: string;
  readonly product: string;
}

export interface ProductsStore {
  readonly skus: Collection<SkuRecord>;
  readonly products: Collection<ProductRecord>;
  readonly places: Collection<CategoryPlace>;
}

export async function openProductsStore(documents: Documents): Promise<ProductsStore> {
  return {
    skus: await documents.collection<SkuRecord>({
      name: 'products-skus',
      indexes: [{ paths: ['product'] }, { paths: ['nextPriceAtMs'] }],
    }),
    products: await documents.collection<ProductRecord>({ name: 'products', indexes: [] }),
    places: await documents.collection<CategoryPlace>({
      name: 'products-category-places',
      indexes: [{ paths: ['category', 'product'] }, { paths: ['product'] }],
    }),
  };
}

export function placeOf(category: string, product: string): CategoryPlace {
  return { id: JSON.stringify([category, product]), category, product };
}

/** The codes of the variants by product, in their order, at most VARIANTS_MAX each. */
export async function findVariants(
  { skus }: ProductsStore,
  products: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const rows = await skus.find({ where: { product: { in: products } }, limit: FIND_LIMIT_MAX });
  // A full answer may lack variants, so each product is asked for by itself then.
  const variants = rows.length < FIND_LIMIT_MAX ? rows : await findOneByOne(skus, products);
  const found = Map.groupBy(variants, (row) => row.document.product);
  return new Map([...found].map(([id, own]) => [id, own.slice(0, VARIANTS_MAX).map((row) => row.document.id)]));
}

async function findOneByOne(skus: Collection<SkuRecord>, products: readonly string[]) {
  const lists = products.map((product) => skus.find({ where: { product: { eq: product } }, limit: VARIANTS_MAX }));
  return (await Promise.all(lists)).flat();
}
