import { afterEach, expect, test } from '@jest/globals';
import { goodsReceived } from '../../schema/events/inbox.ts';
import { skuRegistered } from '../../schema/events/products.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { InventoryBench } from './testing/inventory-bench.ts';

let bench: InventoryBench;

afterEach(() => bench.close());

/** A kit of one A and two B, B by the case of six, and ten A and one case of B at S1. */
async function openShop(options: Parameters<typeof InventoryBench.open>[0] = {}): Promise<void> {
  bench = await InventoryBench.open(options);
  const base = { baseUnit: 'EA', step: '1', tracking: 'NONE', categories: [] } as const;
  const conversions = [{ unit: 'CS', numerator: 6, denominator: 1 }];
  const components = [
    { sku: 'A', quantity: '1' },
    { sku: 'B', quantity: '2' },
  ];
  await bench.publish(skuRegistered, { ...base, sku: 'K', components, categories: [] });
  await bench.publish(skuRegistered, { ...base, sku: 'B', conversions, categories: [] });
  const lines = [
    { lineId: '1', sku: 'A', quantity: '10' },
    { lineId: '2', sku: 'B', quantity: '1', unit: 'CS' },
  ];
  await bench.publish(goodsReceived, { location: 'S1', reference: 'po', lines });
  await bench.until(async () => (await bench.available('K')) === '3', 'the kit');
}

const reserve = (key: string, lines: string) =>
  `mutation { reserveStock(input: { idempotencyKey: "${key}", channel: "WEB", lines: [${lines}] }) {
    reservations { id sku { id } quantity } } }`;

test('a kit is sold as far as its components allow, explained, and told live when a component changes', async () => {
  await openShop();
  const { data, errors } = await bench.query(reserve('1', '{ sku: "K", quantity: "2" }, { sku: "B", quantity: "1" }'));
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    reserveStock: { reservations: [{ sku: { id: 'K' }, quantity: '2' }, { quantity: '1' }] },
  });
  expect([await bench.available('A'), await bench.available('B'), await bench.available('K')]).toEqual(['8', '1', '0']);
  const told = await bench.until(() => {
    const record = bench.held('availability-changed').get('K|WEB');
    return record?.value['available'] === '0' ? record : undefined;
  }, 'the change of the kit');
  expect(told.value).toMatchObject({ sku: 'K', available: '0', band: 'NONE' });

  const refused = await bench.query(reserve('2', '{ sku: "K", quantity: "1" }'));
  expect(refused.errors?.[0]?.originalError).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    details: { lines: [{ sku: 'K', asked: '1', available: '0' }] },
  });
  await bench.publish(goodsReceived, {
    location: 'S2',
    reference: 'po',
    lines: [{ lineId: '1', sku: 'B', quantity: '2', unit: 'CS' }],
  });
  await bench.until(async () => (await bench.available('K')) === '6', 'the next cases');
  const explained = await bench.query(
    '{ availability(skus: ["K"], channel: "WEB") { available terms { kind quantity } } }',
  );
  expect(explained.data).toEqual({
    availability: [{ available: '6', terms: [{ kind: 'COMPONENTS', quantity: '6' }] }],
  });
});

test.each([
  ['of a component', 'sku: "A"'],
  ['of a location', 'location: "S1"'],
])('is told live when a rule %s changes what may be sold of it', async (_whose, scope) => {
  await openShop();
  const rules = `[{ kind: SAFETY_QUANTITY, ${scope}, quantity: "9" }]`;
  const { errors } = await bench.query(
    `mutation { changeAvailabilityRules(input: { idempotencyKey: "1", rules: ${rules} }) { version { number } } }`,
  );
  expect(errors).toBeUndefined();
  const available = await bench.available('K');
  expect(available).not.toBe('3');
  const told = () => bench.held('availability-changed').get('K|WEB')?.value['available'] === available;
  await bench.until(told, 'the change of the kit');
});

test('tells how many kits each location could serve, as the location itself does', async () => {
  await openShop();
  await bench.publish(goodsReceived, {
    location: 'S2',
    reference: 'po',
    lines: [
      { lineId: '1', sku: 'A', quantity: '1' },
      { lineId: '2', sku: 'B', quantity: '2', unit: 'CS' },
    ],
  });
  await bench.until(async () => (await bench.available('K')) === '9', 'the components');
  const nodes = async () =>
    (await bench.query('{ availability(skus: ["K"], channel: "WEB") { nodes { location { id } available band } } }'))
      .data;
  expect(await nodes()).toEqual({
    availability: [
      {
        nodes: [
          { location: { id: 'S1' }, available: '3', band: 'LOW' },
          { location: { id: 'S2' }, available: '1', band: 'LOW' },
        ],
      },
    ],
  });
  await bench.query(reserve('1', '{ sku: "K", quantity: "8" }'));
  const left = { location: { id: 'S1' }, available: '1', band: 'LOW' };
  expect(await nodes()).toMatchObject({ availability: [{ nodes: [left, { available: '1' }] }] });
  const one = '{ nodeAvailability(skus: ["K"], channel: "WEB", location: "S1") { location { id } available band } }';
  expect((await bench.query(one)).data).toEqual({ nodeAvailability: [left] });
});

test('a kit that the ledger refuses is an exception, holds up neither itself nor others, and closes when it is mended', async () => {
  await openShop({ limits: { refusedSkuDeliveriesMax: 2 } });
  const base = { baseUnit: 'EA', step: '1', tracking: 'NONE', categories: [] } as const;
  const kit = (sku: string, part: string) =>
    bench.publish(skuRegistered, { ...base, sku, components: [{ sku: part, quantity: '1' }], categories: [] });
  const told = async () =>
    (await bench.platform.streams.read(streamOf('inventory'), 0, 100)).flatMap(({ envelope: { type, data } }) => {
      const { sku, class: kind, summary } = data as Record<string, string | undefined>;
      if (type === 'stock-exception-cleared') return ['cleared'];
      return kind === 'MASTER_DATA_REFUSED' ? [`${sku}: ${summary}`] : [];
    });
  await kit('SET', 'K');
  const refused = 'SET: The settings of SET were refused: SET would be a kit within a kit.';
  await bench.until(async () => (await told()).length === 1, 'the exception');
  await kit('SET', 'A');
  await bench.until(async () => (await told()).length === 2, 'the mended kit');
  expect([await told(), await bench.available('SET')]).toEqual([[refused, 'cleared'], '10']);
  await kit('K', 'SET');
  await bench.until(async () => (await told()).length === 3, 'another exception');
  expect([await bench.available('K'), await bench.platform.streams.deadLetters(streamOf('products'), 10)]).toEqual([
    '3',
    [],
  ]);
});

test('a kit whose part is a kit no more is registered, in whatever order both are heard', async () => {
  await openShop();
  const base = { baseUnit: 'EA', step: '1', tracking: 'NONE', categories: [] } as const;
  await bench.publish(skuRegistered, {
    ...base,
    sku: 'SET',
    components: [{ sku: 'K', quantity: '2' }],
    categories: [],
  });
  await bench.publish(skuRegistered, { ...base, sku: 'K', categories: [] });
  await bench.publish(goodsReceived, {
    location: 'S1',
    reference: 'po',
    lines: [{ lineId: '1', sku: 'K', quantity: '9' }],
  });
  await bench.until(async () => (await bench.available('SET')) === '4', 'the kit');
});

test('a reservation may name a pack, and is refused what is no whole step of it', async () => {
  await openShop();
  expect(await bench.codeOf(reserve('1', '{ sku: "B", quantity: "0.25", unit: "CS" }'))).toBe('INVALID_QUANTITY');
  expect(await bench.codeOf(reserve('2', '{ sku: "B", quantity: "1", unit: "PALLET" }'))).toBe('INVALID_QUANTITY');
  const { data } = await bench.query(reserve('3', '{ sku: "B", quantity: "0.5", unit: "CS" }'));
  expect(data).toMatchObject({ reserveStock: { reservations: [{ quantity: '3' }] } });
});

test('a claim on a kit survives a crash and a snapshot, and is given back whole', async () => {
  await openShop();
  const { data } = await bench.query(reserve('1', '{ sku: "K", quantity: "2" }'));
  const { reserveStock } = data as { reserveStock: { reservations: { id: string }[] } };
  await bench.killAndStart();
  expect(await bench.available('B')).toBe('2');
  await bench.stop();
  await bench.start();
  expect(await bench.available('K')).toBe('1');
  await bench.query(`mutation { cancelReservation(input: { idempotencyKey: "c",
    reservation: "${reserveStock.reservations[0]?.id}" }) { changeCursor } }`);
  expect([await bench.available('A'), await bench.available('B'), await bench.available('K')]).toEqual([
    '10',
    '6',
    '3',
  ]);
});
