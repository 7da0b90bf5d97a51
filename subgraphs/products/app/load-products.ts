import { createLoader, type Loader } from '../../../kernel/graphql/create-loader.ts';
import type { ProductRecord } from '../domain/product-record.ts';
import { findVariants } from './products-store.ts';
import type { SkuReading } from './load-skus.ts';

const PRODUCTS_PER_READ_MAX = 200;

export function createProductLoader({ store, platform }: SkuReading): Loader<string, ProductRecord> {
  return createLoader<string, ProductRecord>({
    name: 'products',
    batchKeysMax: PRODUCTS_PER_READ_MAX,
    load: async (ids) => new Map((await store.products.getMany(ids)).map((row) => [row.document.id, row.document])),
    telemetry: platform.telemetry,
  });
}

/** The codes of a product's variants; the loader of SKUs answers for them. */
export function createVariantLoader({ store, platform }: SkuReading): Loader<string, readonly string[]> {
  return createLoader<string, readonly string[]>({
    name: 'products-variants',
    batchKeysMax: PRODUCTS_PER_READ_MAX,
    load: (products) => findVariants(store, products),
    telemetry: platform.telemetry,
  });
}
