import { itemRecorded, locationRecorded } from '../../../schema/events/inbox.ts';
import type { Feed, FeedPage } from '../../runtime/feed.ts';
import type { Inbound, Origin } from '../../runtime/inbound.ts';
import { messageOf } from '../../runtime/message-of.ts';
import { readable } from '../../runtime/unreadable.ts';
import { changedRecords, LONGEST_TRANSACTION_MS, type ChangedModel } from '../../systems/tryton/changed-records.ts';
import { recordsOf, type RecordId, type TrytonApi } from '../../systems/tryton/tryton-api.ts';
import type { TrytonErpMapping } from './tryton-erp-mapping.ts';
import { AnyItem, ITEM_FIELDS, itemOf } from './tryton-item.ts';
import { AnyPurchase, PURCHASE, PURCHASE_FIELDS, purchaseMessage } from './tryton-purchase.ts';
import { AnyLocation, LOCATION_FIELDS, LOCATION_MODEL, locationOf, WAREHOUSES } from './tryton-location.ts';

/** Items, warehouses and purchases as feeds by the time of their last change. Tryton tells nobody by itself. */
export function trytonMasterFeeds(api: TrytonApi, mapping: TrytonErpMapping): readonly Feed[] {
  const locations = { model: LOCATION_MODEL, domain: WAREHOUSES };
  const items = { model: 'product.product', related: ['template'] };
  return [
    feed('locations', { api, changed: locations }, async (ids) => {
      const rows = await recordsOf(api, { model: LOCATION_MODEL, ids, fields: LOCATION_FIELDS, schema: AnyLocation });
      return rows.map((row) => locationMessage(row, mapping));
    }),
    feed('items', { api, changed: items }, async (ids) => {
      const rows = await recordsOf(api, { model: 'product.product', ids, fields: ITEM_FIELDS, schema: AnyItem });
      return rows.map((row) => itemMessage(row, mapping));
    }),
    feed('purchases', { api, changed: { model: PURCHASE } }, async (ids) => {
      const rows = await recordsOf(api, { model: PURCHASE, ids, fields: PURCHASE_FIELDS, schema: AnyPurchase });
      return rows.map((row) => purchaseMessage(row, mapping)).filter((message) => message !== undefined);
    }),
  ];
}

/** The versions of the product and its template are its id, so that a poll that repeats itself tells nothing new. */
function itemMessage(row: AnyItem, mapping: TrytonErpMapping): Inbound {
  const versions = [row._timestamp, row['template.']._timestamp];
  const eventId = `item:${row.id}:${versions.join(':')}`;
  const read = (): Inbound =>
    messageOf(itemRecorded, { eventId, occurredAtMs: newestMs(versions) }, itemOf(row, mapping));
  return readable(eventId, row, read, { kind: 'item', body: row });
}

function locationMessage(row: AnyLocation, mapping: TrytonErpMapping): Inbound {
  const eventId = `location:${row.id}:${row._timestamp}`;
  const read = (): Inbound =>
    messageOf(locationRecorded, { eventId, occurredAtMs: newestMs([row._timestamp]) }, locationOf(row, mapping));
  return readable(eventId, row, read, { kind: 'location', body: row });
}

/** Messages from what they were made of, by the mapping as it is given now. */
export function readTrytonMasterAgain({ kind, body }: Origin, mapping: TrytonErpMapping): readonly Inbound[] {
  if (kind === 'location') return [locationMessage(body as AnyLocation, mapping)];
  if (kind !== 'purchase') return [itemMessage(body as AnyItem, mapping)];
  const message = purchaseMessage(body as AnyPurchase, mapping);
  return message ? [message] : [];
}

function feed(
  name: string,
  { api, changed }: { readonly api: TrytonApi; readonly changed: ChangedModel },
  toMessages: (ids: readonly RecordId[]) => Promise<readonly Inbound[]>,
): Feed {
  const read = async (after: number): Promise<FeedPage> => {
    const { ids, lastMs, hasMore } = await changedRecords(api, changed, after);
    return { messages: await toMessages(ids), last: lastMs, hasMore };
  };
  return { name, overlap: LONGEST_TRANSACTION_MS, read };
}

/** Timestamps are seconds since the epoch, as text with microseconds. */
function newestMs(timestamps: readonly string[]): number {
  return Math.floor(Math.max(...timestamps.map(Number)) * 1_000);
}
