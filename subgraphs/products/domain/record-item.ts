import type { ItemRecorded } from '../../../schema/events/inbox.ts';
import { canonicalJson } from '../../../kernel/model/canonical-json.ts';
import type { ItemReport, SkuRecord } from './sku-record.ts';

/** An unchanged item is written again only to tell that it was heard, and at most this often. */
export const HEARD_AGAIN_MS = 3_600_000;

export type Price = ItemRecorded['prices'][number];

export type RecordItemOutcome =
  | {
      readonly status: 'RECORDED';
      readonly record: SkuRecord;
      /** A property that others rely on is new or different. */
      readonly isRegistration: boolean;
      readonly changedPrices: readonly Price[];
    }
  | { readonly status: 'UNCHANGED' }
  /** Made before what is known already. */
  | { readonly status: 'SUPERSEDED' }
  /** Another system owns the item; the statement is evidence and changes nothing. */
  | { readonly status: 'NOT_OWNER'; readonly owner: string };

/** What becomes of a statement about an item. The ERP owns what it holds; any other item belongs to who told it first. */
export function recordItem(known: SkuRecord | undefined, report: ItemReport): RecordItemOutcome {
  const { item, system, isFromErp, statedAtMs, heardAtMs } = report;
  if (known && known.owner !== system && !isFromErp) return { status: 'NOT_OWNER', owner: known.owner };
  const isSameOwner = known?.owner === system;
  if (isSameOwner && statedAtMs < known.statedAtMs) return { status: 'SUPERSEDED' };
  const isSame = isSameOwner && canonicalJson(known.item) === canonicalJson(item);
  if (isSame && heardAtMs < known.heardAtMs + HEARD_AGAIN_MS) return { status: 'UNCHANGED' };
  return {
    status: 'RECORDED',
    record: { id: item.sku, product: item.product.id, item, owner: system, statedAtMs, heardAtMs },
    isRegistration: registeredText(known?.item) !== registeredText(item),
    changedPrices: item.prices.filter((price) => !hasPrice(known?.item, price)),
  };
}

function registeredText(item: ItemRecorded | undefined): string | undefined {
  if (!item) return undefined;
  const { baseUnit, step, tracking, categories, components = null, conversions = null } = item;
  return canonicalJson({ baseUnit, step, tracking, categories, components, conversions });
}

function hasPrice(item: ItemRecorded | undefined, wanted: Price): boolean {
  const text = canonicalJson(wanted);
  return item?.prices.some((price) => canonicalJson(price) === text) === true;
}
