import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Document } from '../../kernel/ports/documents.ts';
import { describeMongo, sharedMongo } from '../../scripts/servers/testing/mongo-suite.ts';
import { openMongoBench, type MongoBench } from './mongo-bench.ts';

interface Order extends Document {
  readonly channel?: string;
  readonly number?: string;
}

const UNIQUE = { name: 'orders', indexes: [{ paths: ['channel', 'number'], unique: true }] };
const PLAIN = { name: 'orders', indexes: [] };

describeMongo('records on MongoDB', (mongo) => {
  const newDatabase = sharedMongo(mongo);
  let bench: MongoBench;
  beforeEach(async () => {
    bench = await openMongoBench(newDatabase());
  });
  afterEach(() => bench.end());

  test('hold documents that a server or the driver would take for something else', async () => {
    const things = await (await bench.open()).collection(PLAIN);
    const members = ['$set', 'a.b', 'a%2Eb', '', '%', '_bsontype', '__proto__', 'toBSON', '\u0000', '_id', '$'];
    const nested = Object.fromEntries(members.map((name, n) => [name, { $ref: n, _bsontype: 'ObjectId' }]));
    const document = JSON.parse(JSON.stringify({ id: 'odd', nested })) as Document;
    const numbers = { id: 'numbers', numbers: [0, -1, 1.5, 2 ** 31, 2 ** 53 - 1, -(2 ** 53), 1e300, 5e-324] };
    for (const each of [document, numbers]) {
      await things.save(each, 0);
      const found = await things.get(each.id);
      expect(JSON.stringify(found?.document)).toBe(JSON.stringify(each));
    }
  });

  test('are indexed as the definition says', async () => {
    const definition = { ...UNIQUE, indexes: [...UNIQUE.indexes, { paths: ['totals.placedAtMs'] }] };
    await (await bench.open()).collection(definition);
    const indexes = await bench.raw.collection('orders').listIndexes().toArray();
    const told = indexes.map(({ key, unique, sparse }) => ({ key: Object.keys(key as object), unique, sparse }));
    expect(told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: ['body.channel', 'body.number', '_id'] }),
        expect.objectContaining({ key: ['keys.channel+number'], unique: true, sparse: true }),
        expect.objectContaining({ key: ['body.totals.placedAtMs', '_id'] }),
        expect.objectContaining({ key: ['pendingSeq'], sparse: true }),
      ]),
    );
  });

  test('saved by a process that does not know a unique index get their keys when one comes that does', async () => {
    const before = await (await bench.open()).collection<Order>(PLAIN);
    for (let n = 0; n < 450; n++) await before.save({ id: `o-${n}`, channel: 'WEB', number: `${n}` }, 0);
    const after = await (await bench.open()).collection<Order>(UNIQUE);
    for (const number of ['0', '250', '449']) {
      const second = after.save({ id: `second-${number}`, channel: 'WEB', number }, 0);
      await expect(second).rejects.toMatchObject({ name: 'UniqueViolation' });
    }
    await expect(before.save({ id: 'o-1', channel: 'WEB', number: '1' }, 1)).resolves.toBe(2);
  });

  test('of which two have the same values keep a unique index from being opened', async () => {
    const before = await (await bench.open()).collection<Order>(PLAIN);
    for (const id of ['a', 'b']) await before.save({ id, channel: 'WEB', number: '1' }, 0);
    const opening = (await bench.open()).collection<Order>(UNIQUE);
    await expect(opening).rejects.toMatchObject({ name: 'UniqueViolation' });
  });

  test('are compared and set at the server: of many processes exactly one wins each version', async () => {
    const processes = await Promise.all(Array.from({ length: 4 }, () => bench.open()));
    const collections = await Promise.all(processes.map((documents) => documents.collection<Order>(PLAIN)));
    await collections[0]?.save({ id: 'a' }, 0);
    for (let version = 1; version <= 20; version++) {
      const saves = collections.flatMap((orders) => [1, 2].map(() => orders.save({ id: 'a' }, version)));
      const outcomes = await Promise.allSettled(saves);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
    await expect(collections[3]?.get('a')).resolves.toMatchObject({ version: 21 });
  });
});
