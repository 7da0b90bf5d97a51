import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Feed, FeedPage } from '../../runtime/feed.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import type { BusinessCentralApi, EntitySet } from './business-central-api.ts';
import type { BusinessCentralMapping } from './business-central-mapping.ts';
import { AnyRow } from './business-central-rows.ts';
import { readItems, textOf, withPrices } from './item-reader.ts';
import { itemMessage, locationMessage } from './master-messages.ts';

/** Rows become visible when their transaction ends, with the time at which they were written before that. */
const OVERLAP_MS = 60_000;
const NAMES = { locations: 'locations', items: 'items', salesPrices: 'prices' } as const;

/** The ERP's tables as feeds by `lastModifiedDateTime`. Deleted rows leave no trace there. */
export function businessCentralFeeds(api: BusinessCentralApi, mapping: BusinessCentralMapping): readonly Feed[] {
  return [
    feed(api, 'locations', async (rows) => rows.map((row) => locationMessage(row, mapping))),
    feed(api, 'items', async (rows) => {
      const items = await withPrices(api, rows);
      return items.map(({ item, prices }) => itemMessage(item, prices, mapping));
    }),
    feed(api, 'salesPrices', async (rows) => {
      const numbers = [...new Set(rows.map((row) => textOf(row, 'itemNumber')))];
      const items = await readItems(api, numbers);
      return items.map(({ item, prices }) => itemMessage(item, prices, mapping));
    }),
  ];
}

function feed(
  api: BusinessCentralApi,
  set: EntitySet,
  toMessages: (rows: readonly unknown[]) => Promise<readonly Inbound[]>,
): Feed {
  const read = async (after: number): Promise<FeedPage> => {
    const since = new Date(after).toISOString();
    const filter = `lastModifiedDateTime ge ${since}`;
    const [rows = []] = await api.query({ set, filter, orderBy: 'lastModifiedDateTime' });
    const times = rows.map((row) => Date.parse(parseAs(AnyRow, row, 'row').lastModifiedDateTime));
    return { messages: await toMessages(rows), last: Math.max(after, ...times), hasMore: false };
  };
  return { name: NAMES[set], overlap: OVERLAP_MS, read };
}
