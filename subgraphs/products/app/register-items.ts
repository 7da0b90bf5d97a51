import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { Collection, Document, Versioned } from '../../../kernel/ports/documents.ts';
import { IN_VALUES_MAX } from '../../../kernel/ports/documents.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { withNextPrice } from '../domain/next-price.ts';
import { productOf, type ProductRecord } from '../domain/product-record.ts';
import { recordItem, type RecordItemOutcome } from '../domain/record-item.ts';
import { isChange } from '../domain/sku-change.ts';
import type { ItemReport, SkuRecord } from '../domain/sku-record.ts';
import { canonicalJson } from '../../../kernel/model/canonical-json.ts';
import type { ProductsLimits } from './products-limits.ts';
import { placeOf, type CategoryPlace, type ProductsStore } from './products-store.ts';
import { replaceDocument } from './replace-document.ts';
import { publicationsOf, skuPublicationOf } from './sku-publications.ts';

export interface RegistrationParts {
  readonly platform: Platform;
  readonly store: ProductsStore;
  readonly limits: ProductsLimits;
  /** Hears of every record that is about to be saved. */
  readonly onRecorded?: (record: SkuRecord) => void;
}

export interface RegistrationCause {
  readonly correlationId: string;
  readonly causationId?: string;
}

export type RegistrationOutcome = RecordItemOutcome['status'];

/**
 * Takes in what a system states about items: one read for all that is known, no write for what is known already.
 * Idempotent. A product and its places are saved before the SKU, so a repeat after a crash completes all three.
 * @throws {Obstacle} when documents cannot be saved
 */
export async function registerItems(
  parts: RegistrationParts,
  reports: readonly ItemReport[],
  cause: RegistrationCause,
): Promise<ReadonlyMap<string, RegistrationOutcome>> {
  const outcomes = new Map<string, RegistrationOutcome>();
  const { registrationsMax } = parts.limits;
  for (let from = 0; from < reports.length; from += registrationsMax) {
    // The last statement about a SKU in a batch stands for all of them.
    const batch = new Map(reports.slice(from, from + registrationsMax).map((report) => [report.item.sku, report]));
    const known = await readMany(parts.store.skus, [...batch.keys()]);
    const registered = [...batch.values()].map(async (report) => {
      const status = await registerItem(parts, report, { known: known.get(report.item.sku), cause });
      parts.platform.telemetry.count('products_items_total', { outcome: status.toLowerCase() });
      outcomes.set(report.item.sku, status);
    });
    await settleAll(registered);
  }
  return outcomes;
}

async function registerItem(
  parts: RegistrationParts,
  report: ItemReport,
  { known, cause }: { known: Versioned<SkuRecord> | undefined; cause: RegistrationCause },
): Promise<RegistrationOutcome> {
  const first = recordItem(known?.document, report);
  if (first.status !== 'RECORDED') return first.status;
  await saveProduct(parts, productOf(report.item));
  return saveSku(parts, report, { known, cause });
}

function saveSku(
  parts: RegistrationParts,
  report: ItemReport,
  { known, cause }: { known: Versioned<SkuRecord> | undefined; cause: RegistrationCause },
): Promise<RegistrationOutcome> {
  const { store, platform, limits } = parts;
  return replaceDocument(store.skus, { id: report.item.sku, known, attemptsMax: limits.saveAttemptsMax }, (current) => {
    const outcome = recordItem(current, report);
    if (outcome.status !== 'RECORDED') return { result: outcome.status };
    const nowMs = platform.clock.nowMs();
    const next = withNextPrice(outcome.record, nowMs);
    const told = isChange(next, nowMs, current)
      ? [skuPublicationOf(next, { ...platform, ...cause, previous: current })]
      : [];
    parts.onRecorded?.(next);
    return { result: outcome.status, next, outbox: [...publicationsOf(outcome, cause, platform), ...told] };
  });
}

async function saveProduct(parts: RegistrationParts, product: ProductRecord): Promise<void> {
  const { store, limits } = parts;
  const known = await store.products.get(product.id);
  if (known && canonicalJson(known.document) === canonicalJson(product)) return;
  const places = [...new Set(product.categories)].map((category) => placeOf(category, product.id));
  await settleAll(places.map((place) => addPlace(parts, place)));
  const target = { id: product.id, known, attemptsMax: limits.saveAttemptsMax };
  await replaceDocument(store.products, target, () => ({ result: undefined, next: product }));
  await removeOtherPlaces(parts, product.id);
}

async function addPlace({ store, limits }: RegistrationParts, place: CategoryPlace): Promise<void> {
  await replaceDocument(store.places, { id: place.id, attemptsMax: limits.saveAttemptsMax }, (current) =>
    current ? { result: undefined } : { result: undefined, next: place },
  );
}

/** What the product holds now decides, also when two statements about it cross. */
async function removeOtherPlaces({ store }: RegistrationParts, product: string): Promise<void> {
  const categories = new Set((await store.products.get(product))?.document.categories);
  const rows = await store.places.find({ where: { product: { eq: product } }, limit: IN_VALUES_MAX });
  const others = rows.filter((row) => !categories.has(row.document.category));
  const removals = others.map((row) => store.places.delete(row.document.id, row.version));
  for (const removal of await Promise.allSettled(removals)) {
    // Somebody else has removed it already.
    if (removal.status === 'rejected' && !(removal.reason instanceof DocumentConflict)) throw removal.reason;
  }
}

async function readMany<D extends Document>(collection: Collection<D>, ids: readonly string[]) {
  return new Map((await collection.getMany(ids)).map((row) => [row.document.id, row]));
}

/** Waits for all before it tells the first failure, so that nothing goes on unseen. */
async function settleAll(works: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
