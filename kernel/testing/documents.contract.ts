import { afterEach, describe, expect, test } from '@jest/globals';
import { Defect, Refusal } from '../model/errors.ts';
import {
  FIND_LIMIT_MAX,
  IN_VALUES_MAX,
  type Collection,
  type Document,
  type Documents,
  type OutboxEvent,
  type Query,
} from '../ports/documents.ts';
import type { Streams } from '../ports/streams.ts';
import { SubjectBench, type PortSubject } from './port-subject.ts';
import { SequentialIds } from './sequential-ids.ts';
import { testEnvelope } from './test-envelope.ts';

/** Documents together with the streams that their outbox goes to. */
export interface DocumentsAndStreams {
  readonly documents: Documents;
  readonly streams: Streams;
}

interface Order extends Document {
  readonly status?: unknown;
  readonly channel?: string | null;
  readonly number?: unknown;
  readonly totals?: { readonly placedAtMs?: unknown };
}

const STREAM = 'TEST_EVENTS';

const ORDERS = {
  name: 'orders',
  indexes: [
    { paths: ['status', 'totals.placedAtMs'] },
    { paths: ['totals.placedAtMs'] },
    { paths: ['channel', 'number'], unique: true },
  ],
};

/** What every document store promises. */
export function documentsContract(name: string, create: () => Promise<PortSubject<DocumentsAndStreams>>): void {
  describe(`documents contract: ${name}`, () => {
    const bench = new SubjectBench(create);
    const ids = new SequentialIds(3);
    afterEach(() => bench.end());

    const openOrders = async (): Promise<Collection<Order>> => (await bench.open()).documents.collection<Order>(ORDERS);
    const event = (key: string, n: number): OutboxEvent => ({
      stream: STREAM,
      subject: 'stockwire.test.p00.thing-happened',
      envelope: testEnvelope(ids, key, { n }),
    });
    const published = async (streams: Streams): Promise<unknown[]> =>
      (await streams.read(STREAM, 0, 1_000)).map((message) => (message.envelope.data as { n: unknown }).n);

    describe('saving', () => {
      test('a document comes back as it was saved, with its version', async () => {
        const orders = await openOrders();
        const order = {
          id: 'o-1',
          status: 'PLACED',
          lines: [{ sku: 'A', quantity: '1.5' }],
          note: 'ü😀\u0000"',
          none: null,
        };
        await expect(orders.save(order, 0)).resolves.toBe(1);
        await expect(orders.get('o-1')).resolves.toEqual({ document: order, version: 1 });
        await expect(orders.get('o-2')).resolves.toBeUndefined();
      });

      test('each save adds one to the version and replaces the whole document', async () => {
        const orders = await openOrders();
        await orders.save({ id: 'o-1', status: 'PLACED', channel: 'WEB' }, 0);
        await expect(orders.save({ id: 'o-1', status: 'SHIPPED' }, 1)).resolves.toBe(2);
        await expect(orders.get('o-1')).resolves.toEqual({ document: { id: 'o-1', status: 'SHIPPED' }, version: 2 });
      });

      test('a save at another version than the expected one is refused and changes nothing', async () => {
        const orders = await openOrders();
        await orders.save({ id: 'o-1', status: 'PLACED' }, 0);
        await orders.save({ id: 'o-1', status: 'PICKED' }, 1);
        for (const stale of [0, 1, 3]) {
          const refused = orders.save({ id: 'o-1', status: 'STALE' }, stale);
          await expect(refused).rejects.toMatchObject({
            name: 'DocumentConflict',
            code: 'VERSION_CONFLICT',
            details: { collection: 'orders', id: 'o-1', expectedVersion: stale },
          });
        }
        await expect(orders.save({ id: 'o-2' }, 1)).rejects.toMatchObject({ name: 'DocumentConflict' });
        await expect(orders.get('o-1')).resolves.toEqual({ document: { id: 'o-1', status: 'PICKED' }, version: 2 });
        await expect(orders.get('o-2')).resolves.toBeUndefined();
      });

      test('of saves at the same version exactly one wins', async () => {
        const orders = await openOrders();
        await orders.save({ id: 'o-1', status: 0 }, 0);
        const outcomes = await Promise.allSettled(
          Array.from({ length: 20 }, (_, n) => orders.save({ id: 'o-1', status: n + 1 }, 1)),
        );
        const winners = outcomes.flatMap((outcome, n) => (outcome.status === 'fulfilled' ? [n + 1] : []));
        expect(winners).toHaveLength(1);
        await expect(orders.get('o-1')).resolves.toEqual({ document: { id: 'o-1', status: winners[0] }, version: 2 });
      });

      test('a unique index refuses the second document, at the first save and at a later one', async () => {
        const orders = await openOrders();
        await orders.save({ id: 'o-1', channel: 'WEB', number: '7' }, 0);
        await orders.save({ id: 'o-2', channel: 'WEB', number: '8' }, 0);
        const violation = {
          name: 'UniqueViolation',
          code: 'VERSION_CONFLICT',
          details: { collection: 'orders', paths: ['channel', 'number'] },
        };
        await expect(orders.save({ id: 'o-3', channel: 'WEB', number: '7' }, 0)).rejects.toMatchObject(violation);
        await expect(orders.save({ id: 'o-2', channel: 'WEB', number: '7' }, 1)).rejects.toMatchObject(violation);
        await expect(orders.get('o-3')).resolves.toBeUndefined();
        await expect(orders.get('o-2')).resolves.toMatchObject({ version: 1, document: { number: '8' } });
        await orders.save({ id: 'o-4', channel: 'SHOP', number: '7' }, 0);
      });

      test('documents that lack one of the paths, or hold null there, are left out of a unique index', async () => {
        const orders = await openOrders();
        for (const id of ['o-1', 'o-2']) await orders.save({ id, channel: 'WEB' }, 0);
        for (const id of ['o-3', 'o-4']) await orders.save({ id, channel: null, number: '7' }, 0);
        await expect(orders.getMany(['o-1', 'o-2', 'o-3', 'o-4'])).resolves.toHaveLength(4);
      });

      test('a value of a unique index is free again when its document changes or goes', async () => {
        const orders = await openOrders();
        await orders.save({ id: 'o-1', channel: 'WEB', number: '7' }, 0);
        await orders.save({ id: 'o-1', channel: 'WEB', number: '8' }, 1);
        await orders.save({ id: 'o-2', channel: 'WEB', number: '7' }, 0);
        await orders.delete('o-2', 1);
        await orders.save({ id: 'o-3', channel: 'WEB', number: '7' }, 0);
      });

      test('a deleted document is gone, and a delete at another version is refused', async () => {
        const orders = await openOrders();
        await orders.save({ id: 'o-1' }, 0);
        await expect(orders.delete('o-1', 2)).rejects.toMatchObject({ name: 'DocumentConflict' });
        await orders.delete('o-1', 1);
        await expect(orders.get('o-1')).resolves.toBeUndefined();
        await expect(orders.delete('o-1', 1)).rejects.toMatchObject({ name: 'DocumentConflict' });
        await expect(orders.save({ id: 'o-1' }, 0)).resolves.toBe(1);
      });

      test('getMany gives those that exist, also of many ids', async () => {
        const orders = await openOrders();
        await Promise.all(Array.from({ length: 1_500 }, (_, n) => orders.save({ id: `o-${n}` }, 0)));
        const found = await orders.getMany(Array.from({ length: 3_000 }, (_, n) => `o-${n}`));
        expect(new Set(found.map((each) => each.document.id)).size).toBe(1_500);
        await expect(orders.getMany([])).resolves.toEqual([]);
      });

      test('what the caller changes after the call is not saved', async () => {
        const orders = await openOrders();
        const order = { id: 'o-1', status: 'PLACED' };
        const saved = orders.save(order, 0);
        order.status = 'CHANGED';
        await saved;
        await expect(orders.get('o-1')).resolves.toMatchObject({ document: { status: 'PLACED' } });
      });

      test('documents are there after a restart, and so are versions and unique indexes', async () => {
        const orders = await openOrders();
        await orders.save({ id: 'o-1', channel: 'WEB', number: '7' }, 0);
        await orders.save({ id: 'o-1', channel: 'WEB', number: '7', status: 'PICKED' }, 1);
        const again = await (await bench.restart()).documents.collection<Order>(ORDERS);
        await expect(again.get('o-1')).resolves.toMatchObject({ version: 2, document: { status: 'PICKED' } });
        await expect(again.save({ id: 'o-2', channel: 'WEB', number: '7' }, 0)).rejects.toMatchObject({
          name: 'UniqueViolation',
        });
      });

      test('collections are apart', async () => {
        const { documents } = await bench.open();
        const [orders, returns] = [
          await documents.collection<Order>(ORDERS),
          await documents.collection<Order>({ ...ORDERS, name: 'returns' }),
        ];
        await orders.save({ id: 'x', channel: 'WEB', number: '7' }, 0);
        await expect(returns.get('x')).resolves.toBeUndefined();
        await expect(returns.save({ id: 'x', channel: 'WEB', number: '7' }, 0)).resolves.toBe(1);
      });

      test('a document beyond the limit of size is refused, and the limit is named', async () => {
        const orders = await openOrders();
        const huge = { id: 'o-1', note: 'x'.repeat(20 * 1_024 * 1_024) };
        await expect(orders.save(huge, 0)).rejects.toThrow(Refusal);
        await expect(orders.get('o-1')).resolves.toBeUndefined();
      });
    });

    describe('finding', () => {
      const found = async (orders: Collection<Order>, query: Query): Promise<string[]> =>
        (await orders.find(query)).map((each) => each.document.id);

      const openFilled = async (): Promise<Collection<Order>> => {
        const orders = await openOrders();
        const filled: Order[] = [
          { id: 'a', status: 'PLACED', totals: { placedAtMs: 30 } },
          { id: 'b', status: 'PLACED', totals: { placedAtMs: 10 } },
          { id: 'c', status: 'SHIPPED', totals: { placedAtMs: 20 } },
          { id: 'd', status: 'PLACED', totals: { placedAtMs: 10 } },
          { id: 'e', status: 'SHIPPED', totals: {} },
          { id: 'f', status: null },
        ];
        await Promise.all(filled.map((order) => orders.save(order, 0)));
        return orders;
      };

      test('without a filter it gives everything by ascending id', async () => {
        const orders = await openFilled();
        await expect(found(orders, { limit: 10 })).resolves.toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
        await expect(found(orders, { limit: 2 })).resolves.toEqual(['a', 'b']);
        await expect(found(orders, { limit: 2, after: { id: 'b', value: null } })).resolves.toEqual(['c', 'd']);
      });

      test('filters are joined by AND', async () => {
        const orders = await openFilled();
        const at = 'totals.placedAtMs';
        await expect(found(orders, { where: { status: { eq: 'PLACED' } }, limit: 10 })).resolves.toEqual([
          'a',
          'b',
          'd',
        ]);
        await expect(found(orders, { where: { status: { in: ['SHIPPED', 'NEVER'] } }, limit: 10 })).resolves.toEqual([
          'c',
          'e',
        ]);
        await expect(found(orders, { where: { status: { in: [] } }, limit: 10 })).resolves.toEqual([]);
        await expect(found(orders, { where: { [at]: { gt: 10 } }, limit: 10 })).resolves.toEqual(['a', 'c']);
        await expect(found(orders, { where: { [at]: { gte: 10, lt: 30 } }, limit: 10 })).resolves.toEqual([
          'b',
          'c',
          'd',
        ]);
        await expect(found(orders, { where: { [at]: { lte: 10 } }, limit: 10 })).resolves.toEqual(['b', 'd']);
        const both = { where: { status: { eq: 'PLACED' }, [at]: { gte: 20 } }, limit: 10 };
        await expect(found(orders, both)).resolves.toEqual(['a']);
      });

      test('it finds by the type as well: 1, "1" and true are three values', async () => {
        const orders = await openOrders();
        const values: unknown[] = [1, '1', true, 0, false, '', { a: 1 }, [1], null];
        await Promise.all(values.map((status, n) => orders.save({ id: `v${n}`, status }, 0)));
        await orders.save({ id: 'v9' }, 0);
        const by = (filter: NonNullable<Query['where']>[string]): Promise<string[]> =>
          found(orders, { where: { status: filter }, limit: 10 });
        await expect(by({ eq: 1 })).resolves.toEqual(['v0']);
        await expect(by({ eq: '1' })).resolves.toEqual(['v1']);
        await expect(by({ eq: true })).resolves.toEqual(['v2']);
        await expect(by({ eq: false })).resolves.toEqual(['v4']);
        await expect(by({ eq: '' })).resolves.toEqual(['v5']);
        await expect(by({ eq: '{"a":1}' })).resolves.toEqual([]);
        await expect(by({ in: [0, '1', true] })).resolves.toEqual(['v1', 'v2', 'v3']);
        await expect(by({ gte: 0 })).resolves.toEqual(['v0', 'v3']);
        await expect(by({ gte: '' })).resolves.toEqual(['v1', 'v5']);
        await expect(by({ lt: '2' })).resolves.toEqual(['v1', 'v5']);
      });

      test('text is compared as it stands: case, accents and quotes matter', async () => {
        const orders = await openOrders();
        const values = ['a', 'A', 'ä', "o'b", 'o"b', 'a%', '$x'];
        await Promise.all(values.map((status) => orders.save({ id: `id-${status}`, status }, 0)));
        for (const value of values) {
          await expect(found(orders, { where: { status: { eq: value } }, limit: 10 })).resolves.toEqual([
            `id-${value}`,
          ]);
        }
      });

      test('an order path sorts both ways, ties by id in the same direction, the missing first or last', async () => {
        const orders = await openFilled();
        const path = 'totals.placedAtMs';
        await expect(found(orders, { orderBy: { path, direction: 'asc' }, limit: 10 })).resolves.toEqual([
          'e',
          'f',
          'b',
          'd',
          'c',
          'a',
        ]);
        await expect(found(orders, { orderBy: { path, direction: 'desc' }, limit: 10 })).resolves.toEqual([
          'a',
          'c',
          'd',
          'b',
          'f',
          'e',
        ]);
      });

      test('keyset paging gives every document once, in either direction and any size of page', async () => {
        const orders = await openFilled();
        const path = 'totals.placedAtMs';
        for (const direction of ['asc', 'desc'] as const) {
          const whole = await found(orders, { orderBy: { path, direction }, limit: 10 });
          for (const limit of [1, 2, 4]) {
            await expect(allPages(orders, { orderBy: { path, direction }, limit })).resolves.toEqual(whole);
          }
        }
      });

      test('paging keeps its place while documents come and go', async () => {
        const orders = await openFilled();
        const query: Query = {
          where: { status: { eq: 'PLACED' } },
          orderBy: { path: 'totals.placedAtMs', direction: 'asc' },
          limit: 1,
        };
        const [first] = await orders.find(query);
        expect(first?.document.id).toBe('b');
        await orders.delete('b', 1);
        await orders.save({ id: 'aa', status: 'PLACED', totals: { placedAtMs: 5 } }, 0);
        await expect(found(orders, { ...query, after: { id: 'b', value: 10 }, limit: 10 })).resolves.toEqual([
          'd',
          'a',
        ]);
      });

      test('a path that no index declares is a defect, and so is a limit out of range', async () => {
        const orders = await openFilled();
        await expect(orders.find({ where: { total: { eq: 1 } }, limit: 1 })).rejects.toThrow(Defect);
        await expect(orders.find({ orderBy: { path: 'note', direction: 'asc' }, limit: 1 })).rejects.toThrow(Defect);
        for (const limit of [0, -1, 1.5, FIND_LIMIT_MAX + 1])
          await expect(orders.find({ limit })).rejects.toThrow(Defect);
        const tooMany = Array.from({ length: IN_VALUES_MAX + 1 }, (_, n) => n);
        await expect(orders.find({ where: { status: { in: tooMany } }, limit: 1 })).rejects.toThrow(Defect);
      });

      test('a declared index may come later and go again; documents saved before are found by it', async () => {
        const plain = { name: 'orders', indexes: [] };
        const first = await (await bench.open()).documents.collection<Order>(plain);
        await first.save({ id: 'a', status: 'PLACED' }, 0);
        const indexed = await (await bench.restart()).documents.collection<Order>(ORDERS);
        await expect(found(indexed, { where: { status: { eq: 'PLACED' } }, limit: 1 })).resolves.toEqual(['a']);
        const again = await (await bench.restart()).documents.collection<Order>(plain);
        for (const id of ['b', 'c']) await again.save({ id, channel: 'WEB', number: '1' }, 0);
        await expect(found(again, { limit: 9 })).resolves.toEqual(['a', 'b', 'c']);
      });
    });

    describe('outbox', () => {
      test('the events of a collection are published in the order of their saves', async () => {
        const { documents, streams } = await bench.open();
        const orders = await documents.collection<Order>(ORDERS);
        await Promise.all(
          Array.from({ length: 300 }, (_, n) =>
            orders.save({ id: `o-${n}` }, 0, [event('a', 2 * n), event('b', 2 * n + 1)]),
          ),
        );
        await documents.flushOutbox();
        expect(await published(streams)).toEqual(Array.from({ length: 600 }, (_, n) => n));
      });

      test('a save that is refused publishes nothing', async () => {
        const { documents, streams } = await bench.open();
        const orders = await documents.collection<Order>(ORDERS);
        await orders.save({ id: 'o-1', channel: 'WEB', number: '7' }, 0, [event('a', 1)]);
        await expect(orders.save({ id: 'o-1' }, 0, [event('a', 2)])).rejects.toMatchObject({
          name: 'DocumentConflict',
        });
        await expect(orders.save({ id: 'o-2', channel: 'WEB', number: '7' }, 0, [event('a', 3)])).rejects.toMatchObject(
          {
            name: 'UniqueViolation',
          },
        );
        await documents.flushOutbox();
        expect(await published(streams)).toEqual([1]);
      });

      test('events are published under their own ids, with subject and content as they were', async () => {
        const { documents, streams } = await bench.open();
        const orders = await documents.collection<Order>(ORDERS);
        const saved = event('a', 1);
        await orders.save({ id: 'o-1' }, 0, [saved]);
        await documents.flushOutbox();
        expect(await streams.read(STREAM, 0, 10)).toMatchObject([{ subject: saved.subject, envelope: saved.envelope }]);
      });

      test('events may go to several streams', async () => {
        const { documents, streams } = await bench.open();
        const orders = await documents.collection<Order>(ORDERS);
        await orders.save({ id: 'o-1' }, 0, [
          event('a', 1),
          { ...event('a', 2), stream: 'OTHER_EVENTS' },
          event('a', 3),
        ]);
        await documents.flushOutbox();
        expect(await published(streams)).toEqual([1, 3]);
        expect(await streams.read('OTHER_EVENTS', 0, 10)).toHaveLength(1);
      });

      test('what an orderly end left in the outbox is published after the restart', async () => {
        const { documents } = await bench.open();
        const orders = await documents.collection<Order>(ORDERS);
        const saves = Array.from({ length: 50 }, (_, n) => orders.save({ id: `o-${n}` }, 0, [event('a', n)]));
        await Promise.all(saves);
        const again = await bench.restart();
        await again.documents.flushOutbox();
        expect(await published(again.streams)).toEqual(Array.from({ length: 50 }, (_, n) => n));
      });

      test('flushing an empty outbox resolves at once', async () => {
        const { documents } = await bench.open();
        await expect(documents.flushOutbox()).resolves.toBeUndefined();
      });
    });
  });
}

async function allPages(orders: Collection<Order>, query: Query): Promise<string[]> {
  const ids: string[] = [];
  let page = await orders.find(query);
  for (let pages = 0; page.length > 0 && pages < 20; pages++) {
    ids.push(...page.map((each) => each.document.id));
    const last = page.at(-1)?.document as Order;
    const value = (last.totals?.placedAtMs ?? null) as number | null;
    page = await orders.find({ ...query, after: { id: last.id, value } });
  }
  return ids;
}
