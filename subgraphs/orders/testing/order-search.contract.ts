import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Collection, CollectionDefinition, Document, Documents } from '../../../kernel/ports/documents.ts';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../../kernel/testing/recording-telemetry.ts';
import { SequentialIds } from '../../../kernel/testing/sequential-ids.ts';
import { IndexBuild } from '../app/search/index-build.ts';
import { OrderIndex } from '../app/search/order-index.ts';
import { countOrders, searchOrders, type OrderSearch } from '../app/search/search-orders.ts';
import type { Order } from '../domain/order.ts';
import { sampleOrder, told } from './sample-order.ts';

export interface OpenedDocuments {
  readonly documents: Documents;
  close(): Promise<void>;
}

const CHANNELS = ['WEB', 'PHONE'];
const STATUSES = ['PROCESSING', 'SHIPPED', 'HELD'] as const;
const SKUS = ['MUG-RED', 'MUG-BLUE', 'JUG', '84406B'];
const CUSTOMERS = ['C-1001', 'C-1002', 'Zoë Müller', null];
const DAYS = ['2026-01-07', '2026-01-08', '2026-01-20'];

/** Orders of few values, several of one instant. */
function orderOf(id: string, n: number): Order {
  const order = sampleOrder({
    id,
    channel: CHANNELS[n % 2] as string,
    externalId: `W-${1000 + n}`,
    customer: CUSTOMERS[n % 4] as string | null,
    lines: [n % 4, (n * 3) % 4].map((at) => ({
      sku: SKUS[at] as string,
      decimals: 0 as const,
      ordered: 1,
      unitPriceMinor: 901,
    })),
    charges: [],
    tenders: [{ tender: 'CARD', amountMinor: 1802 }],
    told: told('placed', Math.floor(n / 3) * 1_000),
  });
  const latestOn = DAYS[n % 5];
  return {
    ...order,
    status: STATUSES[n % 3] as Order['status'],
    locations: n % 2 ? ['DC'] : ['DC', 'LEEDS'],
    lines: order.lines.map((line) => (latestOn ? { ...line, promise: { earliestOn: latestOn, latestOn } } : line)),
    shipments: n % 6 ? [] : [shipmentOf(order, `JJD0099${n}`)],
  };
}

const shipmentOf = ({ id }: Order, trackingNumber: string): Order['shipments'][number] => ({
  id: `${id}.s1`,
  externalId: `DLV-${trackingNumber}`,
  source: 'wms-north',
  location: 'DC',
  carrier: 'Meridian Parcels',
  trackingNumber,
  shippedAtMs: 0,
  deliveredAtMs: null,
  lines: [],
});

const isIn = <Value>(values: readonly Value[] | undefined, value: Value): boolean =>
  values === undefined || values.includes(value);

/** What a search means, said the long way: for the texts that are asked for here. */
function isMeant(search: OrderSearch, order: Order): boolean {
  const { text = '', promised, placedFromMs = 0, placedBeforeMs = Infinity } = search;
  const { externalId, customer, lines, shipments, locations, placedAtMs } = order;
  const words = [externalId, customer ?? '', ...lines.map(({ sku }) => sku)]
    .concat(shipments.flatMap((each) => [each.trackingNumber ?? '', each.externalId]))
    .flatMap((held) => held.replace('ë', 'e').replace('ü', 'u').toLowerCase().split(/[- ]/));
  const asked = text.toLowerCase().split(' ');
  return (
    asked.every((each) =>
      each.length < 3 ? each === '' || words.includes(each) : words.some((w) => w.startsWith(each)),
    ) &&
    isIn(search.numbers, externalId) &&
    isIn<string | null>(search.customers, customer) &&
    isIn(search.channels, order.channel) &&
    isIn<string>(search.statuses, order.status) &&
    (!search.locations || locations.some((each) => isIn(search.locations, each))) &&
    (!search.skus || lines.some(({ sku }) => isIn(search.skus, sku))) &&
    (!promised || lines.some(({ promise: p }) => p && p.latestOn >= promised.from && p.latestOn <= promised.until)) &&
    placedAtMs >= placedFromMs &&
    placedAtMs < placedBeforeMs
  );
}

const START_MS = told('placed').occurredAtMs;

const SEARCHES: readonly OrderSearch[] = [
  {},
  { text: 'mug' },
  { text: 'MUG red' },
  { text: '1001' },
  { text: '100' },
  { text: 'muller' },
  { text: 'zoe jjd' },
  { text: 'jjd00996' },
  { text: 'w' },
  { text: '8440' },
  { text: 'nothing' },
  { numbers: ['W-1004', 'W-1005', 'W-9999'] },
  { customers: ['C-1001'], statuses: ['SHIPPED'] },
  { channels: ['WEB'], statuses: ['HELD', 'PROCESSING'] },
  { locations: ['LEEDS'], skus: ['JUG'] },
  { locations: ['LEEDS', 'DC'] },
  { skus: ['84406B', 'MUG-RED'], text: 'c' },
  { statuses: [] },
  { promised: { from: '2026-01-07', until: '2026-01-08' } },
  { promised: { from: '2026-01-08', until: '2026-01-31' }, channels: ['PHONE'] },
  { promised: { from: '2026-01-09', until: '2026-01-08' } },
  { placedFromMs: START_MS + 2_000, placedBeforeMs: START_MS + 5_000 },
  { placedBeforeMs: START_MS + 4_000, text: 'dlv' },
];

/** What finding orders promises, over a document store. */
export function orderSearchContract(name: string, open: () => Promise<OpenedDocuments>): void {
  describe(`finding orders over ${name}`, () => {
    let opened: OpenedDocuments;
    let orders: Collection<Order>;
    let index: OrderIndex;
    let ids: SequentialIds;

    beforeEach(async () => {
      opened = await open();
      orders = await opened.documents.collection<Order>({ name: 'orders', indexes: [] });
      index = await OrderIndex.open(opened.documents, orders);
      ids = new SequentialIds();
    });

    afterEach(() => opened.close());

    const save = async (count: number): Promise<readonly Order[]> => {
      const saved = Array.from({ length: count }, (_, n) => orderOf(ids.next(), n));
      await Promise.all(saved.map((order) => orders.save(order, 0)));
      return saved;
    };

    const found = async (search: OrderSearch): Promise<readonly string[]> =>
      (await searchOrders(index, search, { limit: 1_000 })).map(({ order }) => order);

    const openBuild = (): Promise<IndexBuild> => {
      const platform = { clock: new FakeClock(), telemetry: new RecordingTelemetry(), documents: opened.documents };
      return IndexBuild.open({ platform, orders, index, pauseMs: 1_000 });
    };

    test('every search finds what it means, in pages of any size, and counts it', async () => {
      const saved = await save(45);
      for (const { id } of saved) await index.takeIn(id);
      for (const search of SEARCHES) {
        const meant = saved
          .filter((order) => isMeant(search, order))
          .toSorted((a, b) => b.placedAtMs - a.placedAtMs || (a.id < b.id ? 1 : -1))
          .map(({ id }) => id);
        expect({ search, found: await found(search) }).toEqual({ search, found: meant });
        expect(await countOrders(index, search)).toEqual({ orders: meant.length, isExact: true });
        // The same by its narrowest condition.
        expect(await countOrders(index, search, 0)).toEqual({ orders: meant.length, isExact: true });
        const paged: string[] = [];
        for (let after: { placedAtMs: number; order: string } | undefined; ;) {
          const page = await searchOrders(index, search, { limit: 7, ...(after && { after }) });
          paged.push(...page.map(({ order }) => order));
          after = page.at(-1);
          if (page.length < 7) break;
        }
        expect({ search, paged }).toEqual({ search, paged: meant });
      }
    });

    test('what an order does not hold any more finds it no more, and what it has gained finds it', async () => {
      const [order] = await save(1);
      const { id } = order as Order;
      await index.takeIn(id);
      expect(await found({ text: 'c 1001', statuses: ['PROCESSING'] })).toEqual([id]);
      await orders.save({ ...(order as Order), customer: null, status: 'SHIPPED' }, 1);
      await index.takeIn(id);
      expect(await found({ text: '1001' })).toEqual([]);
      expect(await found({ customers: ['C-1001'] })).toEqual([]);
      expect(await found({ statuses: ['PROCESSING'] })).toEqual([]);
      expect(await found({ statuses: ['SHIPPED'], text: 'jug' })).toEqual([]);
      expect(await found({ statuses: ['SHIPPED'], text: 'mug w 1000' })).toEqual([id]);
      expect(await found({ text: ` ${id.toUpperCase()} ` })).toEqual([id]);
    });

    test('taking in again changes nothing, and ends what was left half done', async () => {
      const [order] = await save(1);
      const { id } = order as Order;
      const entries = await opened.documents.collection({
        name: 'orders-search-entries',
        indexes: [{ paths: ['key', 'placedAtMs'] }],
      });
      // A run that was stopped behind its first entry.
      const entry = { id: `${id}|channel:WEB`, order: id, key: 'channel:WEB', placedAtMs: (order as Order).placedAtMs };
      await entries.save(entry, 0);
      for (let times = 0; times < 2; times++) await index.takeIn(id);
      expect(await found({ channels: ['WEB'], text: 'mug 1001' })).toEqual([id]);
      await index.takeIn('no-such-order');
      expect(await countOrders(index, {})).toEqual({ orders: 1, isExact: true });
    });

    test('whoever takes in an old version at the same moment brings back nothing that is gone', async () => {
      const [order] = await save(1);
      const { id } = order as Order;
      let isLate = false;
      const late = await OrderIndex.open(
        betweenLookAndWrite(opened.documents, async () => {
          if (isLate) return;
          isLate = true;
          await orders.save({ ...(order as Order), customer: null }, 1);
          await index.takeIn(id);
        }),
        orders,
      );
      await late.takeIn(id);
      expect(isLate).toBe(true);
      expect(await found({ text: '1001' })).toEqual([]);
      expect(await found({ text: 'mug 1000' })).toEqual([id]);
    });

    test('orders from before the index are taken in, and a build that was stopped goes on', async () => {
      const saved = await save(130);
      const stopping = new AbortController();
      const first = await openBuild();
      let taken = 0;
      const stopped = await IndexBuild.open({
        platform: { clock: new FakeClock(), telemetry: new RecordingTelemetry(), documents: opened.documents },
        orders,
        index: {
          takeIn: async (id) => {
            if (++taken === 60) stopping.abort();
            await index.takeIn(id);
          },
        },
        pauseMs: 1_000,
      });
      await stopped.run(stopping.signal);
      expect([stopped.isComplete, taken]).toEqual([false, 60]);
      await first.run(new AbortController().signal);
      expect(first.isComplete).toBe(true);
      expect(await countOrders(index, {})).toEqual({ orders: saved.length, isExact: true });
      const jugs = { text: 'muller', skus: ['JUG'] };
      expect(await found(jugs)).toHaveLength(saved.filter((order) => isMeant(jugs, order)).length);
      const again = await openBuild();
      await again.run(new AbortController().signal);
      expect(again.isComplete).toBe(true);
    });
  });
}

/** Documents of which `act` happens after each look at what the index holds of an order. */
function betweenLookAndWrite(documents: Documents, act: () => Promise<void>): Documents {
  return {
    flushOutbox: () => documents.flushOutbox(),
    async collection<D extends Document>(definition: CollectionDefinition): Promise<Collection<D>> {
      const collection = await documents.collection<D>(definition);
      if (definition.name !== 'orders-search-orders') return collection;
      return {
        get: async (id) => {
          const found = await collection.get(id);
          await act();
          return found;
        },
        getMany: (ids) => collection.getMany(ids),
        save: (document, version) => collection.save(document, version),
        delete: (id, version) => collection.delete(id, version),
        find: (query) => collection.find(query),
      };
    },
  };
}
