import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Feed, FeedPage } from '../../runtime/feed.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import type { BusinessCentralApi } from './business-central-api.ts';
import type { BusinessCentralMapping } from './business-central-mapping.ts';
import { AnyRow } from './business-central-rows.ts';
import { kitsOf, readItems, textOf, withRelated } from './item-reader.ts';
import { itemMessage, locationMessage } from './master-messages.ts';
import { purchaseOrderMessage } from './purchase-messages.ts';

/** Rows become visible when their transaction ends, with the time at which they were written before that. */
const OVERLAP_MS = 60_000;
const NAMES = {
  locations: 'locations',
  items: 'items',
  salesPrices: 'prices',
  itemUnitsOfMeasure: 'units',
  bomComponents: 'components',
  purchaseOrders: 'purchases',
} as const;

/** The ERP's tables as feeds by `lastModifiedDateTime`. Deleted rows leave no trace there. */
export function businessCentralFeeds(api: BusinessCentralApi, mapping: BusinessCentralMapping): readonly Feed[] {
  const itemsOf = async (numbers: readonly string[]): Promise<readonly Inbound[]> =>
    (await readItems(api, numbers)).map((item) => itemMessage(item, mapping));
  return [
    feed(api, 'locations', async (rows) => rows.map((row) => locationMessage(row, mapping))),
    feed(api, 'items', async (rows) => {
      const items = await withRelated(api, rows);
      return items.map((item) => itemMessage(item, mapping));
    }),
    feed(api, 'salesPrices', (rows) => itemsOf(named(rows, 'itemNumber'))),
    feed(api, 'itemUnitsOfMeasure', async (rows) => {
      const numbers = named(rows, 'itemNumber');
      return itemsOf([...new Set([...numbers, ...(await kitsOf(api, numbers))])]);
    }),
    feed(api, 'bomComponents', (rows) => itemsOf(named(rows, 'parentItemNumber'))),
    feed(api, 'purchaseOrders', async (rows) => rows.map((row) => purchaseOrderMessage(row, mapping))),
  ];
}

const named = (rows: readonly unknown[], field: string): readonly string[] => [
  ...new Set(rows.map((row) => textOf(row, field))),
];

function feed(
  api: BusinessCentralApi,
  set: keyof typeof NAMES,
  toMessages: (rows: readonly unknown[]) => Promise<readonly Inbound[]>,
): Feed {
  const read = async (after: number): Promise<FeedPage> => {
    const since = new Date(after).toISOString();
    const filter = `lastModifiedDateTime ge ${since}`;
    const expand = set === 'purchaseOrders' ? { expand: 'purchaseOrderLines' } : {};
    const [rows = []] = await api.query({ set, filter, orderBy: 'lastModifiedDateTime', ...expand });
    const times = rows.map((row) => Date.parse(parseAs(AnyRow, row, 'row').lastModifiedDateTime));
    return { messages: await toMessages(rows), last: Math.max(after, ...times), hasMore: false };
  };
  return { name: NAMES[set], overlap: OVERLAP_MS, read };
}
