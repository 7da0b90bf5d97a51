import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventEnvelope } from '../../model/event-envelope.ts';
import type { FieldValue } from '../../ports/documents.ts';
import { openTestPlatform, type TestPlatform } from '../../testing/open-test-platform.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { testEnvelope } from '../../testing/test-envelope.ts';
import { openEmbeddedPlatform } from './open-embedded-platform.ts';

interface Order {
  readonly id: string;
  readonly status: string;
}

/* A collection is held in memory in part: what is opened twice, fails or is repeated must show the database alone. */

const STREAM = 'TEST_EVENTS';
const SUBJECT = 'stockwire.test.p00.thing-happened';
const ORDERS = { name: 'orders', indexes: [{ paths: ['status'], unique: true }] };

let platform: TestPlatform;

beforeEach(async () => {
  platform = await openTestPlatform();
});

afterEach(() => platform.close());

test('whoever opens a collection again reads what the other one has written', async () => {
  const [one, other] = [
    await platform.documents.collection<Order>(ORDERS),
    await platform.documents.collection<Order>(ORDERS),
  ];
  await one.save({ id: 'a', status: 'PLACED' }, 0);
  expect(await other.get('a')).toEqual({ document: { id: 'a', status: 'PLACED' }, version: 1 });
  await one.save({ id: 'a', status: 'SHIPPED' }, 1);
  expect(await other.get('a')).toEqual({ document: { id: 'a', status: 'SHIPPED' }, version: 2 });
  expect(await other.getMany(['a', 'a', 'b'])).toEqual([{ document: { id: 'a', status: 'SHIPPED' }, version: 2 }]);
  await one.delete('a', 2);
  expect(await other.get('a')).toBeUndefined();
  await one.save({ id: 'a', status: 'PLACED' }, 0);
  expect(await other.get('a')).toEqual({ document: { id: 'a', status: 'PLACED' }, version: 1 });
});

test('a save that is refused leaves what is read as it was', async () => {
  const orders = await platform.documents.collection<Order>(ORDERS);
  await orders.save({ id: 'a', status: 'PLACED' }, 0);
  await orders.save({ id: 'b', status: 'SHIPPED' }, 0);
  await orders.get('a');
  await expect(orders.save({ id: 'a', status: 'SHIPPED' }, 1)).rejects.toThrow('status');
  await expect(orders.save({ id: 'a', status: 'HELD' }, 7)).rejects.toThrow('version 7');
  expect(await orders.get('a')).toEqual({ document: { id: 'a', status: 'PLACED' }, version: 1 });
});

test('saves of one turn show in the order of their versions', async () => {
  const orders = await platform.documents.collection<Order>(ORDERS);
  await orders.save({ id: 'a', status: 'S0' }, 0);
  await orders.get('a');
  const saves = [1, 2, 3].map((version) => orders.save({ id: 'a', status: `S${version}` }, version));
  const reads = saves.map(async (save) => {
    await save;
    return orders.get('a');
  });
  expect((await Promise.all(reads)).map((found) => found?.version)).toEqual([4, 4, 4]);
  expect(await orders.get('a')).toEqual({ document: { id: 'a', status: 'S3' }, version: 4 });
});

describe('documents of an earlier version, found by their own text,', () => {
  const INDEXES = [{ paths: ['isHeld', 'totals.count'] }, { paths: ['status'], unique: true }];
  const HELD = { id: 'a', status: 'PLACED', isHeld: true, totals: { count: 2.5 } };
  const OTHERS = [
    { id: 'b', status: null, isHeld: 1 },
    { id: 'c' },
    { id: 'd', isHeld: 'true', totals: { count: 2.5 } },
  ];
  let directory: TemporaryDirectory;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    const database = new DatabaseSync(join(directory.path, 'stockwire.db'));
    database.exec(`CREATE TABLE documents_held (id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
      CREATE UNIQUE INDEX "documents_held!status" ON documents_held (json_extract(body, '$.status'));
      CREATE INDEX "documents_held:isHeld" ON documents_held (json_extract(body, '$.isHeld'), id)`);
    const insert = database.prepare('INSERT INTO documents_held VALUES (?, 3, ?)');
    for (const document of [HELD, ...OTHERS]) insert.run(document.id, JSON.stringify(document));
    database.close();
  });
  afterEach(() => directory.remove());

  test.each([[INDEXES], [[...INDEXES, { paths: ['later'] }]]])(
    'are found by what is kept beside them, the types as well',
    async (indexes) => {
      const opened = await openEmbeddedPlatform({ directory: directory.path });
      const held = await opened.documents.collection<{ id: string; isHeld?: unknown }>({ name: 'held', indexes });
      const find = async (isHeld: FieldValue) => {
        const where = { isHeld: { eq: isHeld }, 'totals.count': { gte: 2.5 } };
        return (await held.find({ where, limit: 10 })).map(({ document }) => document.id);
      };
      expect([await find(true), await find('true'), await find(1)]).toEqual([['a'], ['d'], []]);
      await expect(held.save({ ...HELD, id: 'e' }, 0)).rejects.toThrow('status');
      expect(await held.save({ ...HELD, isHeld: 'true' }, 3)).toBe(4);
      expect([await find(true), await find('true')]).toEqual([[], ['a', 'd']]);
      await opened.close();
    },
  );
});

test('what an earlier version had not published yet is published at the start, in order and once', async () => {
  const directory = await temporaryDirectory();
  const before = await openEmbeddedPlatform({ directory: directory.path });
  const events = ['a', 'b', 'c'].map((key) => testEnvelope(before.ids, key, { key }));
  await before.streams.publish(STREAM, SUBJECT, events[0] as EventEnvelope);
  await before.close();
  leaveOver(directory.path, events);
  for (let start = 1; start <= 2; start++) {
    const again = await openEmbeddedPlatform({ directory: directory.path });
    const published = await again.streams.read(STREAM, 0, 10);
    expect(published.map(({ subject, envelope }) => [subject, envelope])).toEqual(
      events.map((envelope) => [SUBJECT, envelope]),
    );
    await again.close();
  }
  await directory.remove();
});

/** As it was kept beside the streams, to be published after the save. */
function leaveOver(directory: string, events: readonly EventEnvelope[]): void {
  const database = new DatabaseSync(join(directory, 'stockwire.db'));
  database.exec(`CREATE TABLE outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT NOT NULL,
    stream TEXT NOT NULL, subject TEXT NOT NULL, envelope TEXT NOT NULL) STRICT`);
  const add = database.prepare('INSERT INTO outbox (collection, stream, subject, envelope) VALUES (?, ?, ?, ?)');
  for (const event of events) add.run('orders', STREAM, SUBJECT, JSON.stringify(event));
  database.close();
}
