import type { DocumentChangeLog } from '../../../kernel/engine/document-change-log.ts';
import { openDocumentChangeLog } from '../../../kernel/engine/open-document-change-log.ts';
import type { ChangeFilter } from '../../../kernel/model/change-filter.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { FIND_LIMIT_MAX, IN_VALUES_MAX } from '../../../kernel/ports/documents.ts';
import type { Query, Versioned } from '../../../kernel/ports/documents.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { changesSinceOf } from '../../../schema/commands/change-log.ts';
import { skuChanged, type SkuChanged } from '../../../schema/events/products.ts';
import { rpcSubjectOf, streamOf } from '../../../schema/events/subjects.ts';
import { skuChangeOf } from '../domain/sku-change.ts';
import type { SkuRecord } from '../domain/sku-record.ts';
import type { ProductsStore } from './products-store.ts';

/** The change log of products: its subscribers are told, and `changes-since` is answered. */
export function openChangeLog(platform: Platform, store: ProductsStore): Promise<DocumentChangeLog> {
  return openDocumentChangeLog<SkuChanged>({
    context: 'products',
    stream: streamOf('products'),
    changesSinceSubject: rpcSubjectOf('products', changesSinceOf('products').name),
    definition: {
      event: skuChanged.type,
      read: (envelope) => readEvent(skuChanged, envelope),
      keyFields: ['sku'],
      leftOf: ({ formerCategories }) => (formerCategories ? { categories: formerCategories } : undefined),
    },
    snapshot: async (filter, limit) =>
      (await readSkus(store, filter, limit)).map((record) => skuChangeOf(record, platform.clock.nowMs())),
    platform,
  });
}

/** SKUs that may match; the log drops those that do not. */
async function readSkus(store: ProductsStore, filter: ChangeFilter, limit: number): Promise<readonly SkuRecord[]> {
  const { sku: codes, categories } = filter;
  if (codes) return (await store.skus.getMany(codes)).map((row) => row.document);
  if (!categories) return readAll((page) => store.skus.find(page), {}, limit);
  const where = { category: { in: categories.slice(0, IN_VALUES_MAX) } };
  const places = await readAll((page) => store.places.find(page), where, limit);
  const products = [...new Set(places.map(({ product }) => product))];
  const records: SkuRecord[] = [];
  for (let from = 0; from < products.length && records.length < limit; from += IN_VALUES_MAX) {
    const own = { product: { in: products.slice(from, from + IN_VALUES_MAX) } };
    records.push(...(await readAll((page) => store.skus.find(page), own, limit - records.length)));
  }
  return records;
}

/** Page by page in the order of ids, at most `limit`. */
async function readAll<D extends { readonly id: string }>(
  find: (query: Query) => Promise<readonly Versioned<D>[]>,
  where: NonNullable<Query['where']>,
  limit: number,
): Promise<readonly D[]> {
  const documents: D[] = [];
  let after: { id: string; value: null } | undefined;
  while (documents.length < limit) {
    const page = Math.min(FIND_LIMIT_MAX, limit - documents.length);
    const rows = await find({ where, limit: page, ...(after && { after }) });
    documents.push(...rows.map((row) => row.document));
    const last = rows.at(-1);
    if (!last || rows.length < page) break;
    after = { id: last.document.id, value: null };
  }
  return documents;
}
