import { createLoader, type Loader } from '../../../kernel/graphql/create-loader.ts';
import { DomainError } from '../../../kernel/model/errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { SkuRecord } from '../domain/sku-record.ts';
import type { ErpItems } from './open-erp-items.ts';
import { SKUS_PER_QUERY_MAX } from './products-limits.ts';
import type { ProductsStore } from './products-store.ts';
import type { SkuView } from './sku-view.ts';

export interface SkuReading {
  readonly platform: Platform;
  readonly store: ProductsStore;
  readonly erpItems: ErpItems | undefined;
}

/** The SKUs of one client operation: one read of the documents and one look-up at the ERP for all of them. */
export function createSkuLoader(reading: SkuReading): Loader<string, SkuView> {
  return createLoader<string, SkuView>({
    name: 'products-skus',
    batchKeysMax: SKUS_PER_QUERY_MAX,
    load: (codes) => loadSkus(reading, codes),
    telemetry: reading.platform.telemetry,
  });
}

async function loadSkus({ store, erpItems }: SkuReading, codes: readonly string[]): Promise<Map<string, SkuView>> {
  const records = (await store.skus.getMany(codes)).map((row) => row.document);
  const ofErp = records.filter((record) => record.owner === erpItems?.system).map((record) => record.id);
  const heard = erpItems && ofErp.length > 0 ? await erpItems.cache.getMany(ofErp) : new Map<string, never>();
  return new Map(records.map((record) => [record.id, viewOf(record, heard.get(record.id))]));
}

/** While the ERP is away and nothing is in memory, the document holds the last known value with its age. */
function viewOf(
  record: SkuRecord,
  heard: { readonly value: SkuView['item'] | undefined; readonly asOfMs: number } | DomainError | undefined,
): SkuView {
  if (heard === undefined || heard instanceof DomainError || heard.value === undefined) {
    return { item: record.item, asOfMs: record.heardAtMs };
  }
  return { item: heard.value, asOfMs: heard.asOfMs };
}
