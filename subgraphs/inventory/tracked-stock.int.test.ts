import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Identity } from '../../kernel/model/identity.ts';
import { ROLES } from '../../schema/scopes.ts';
import { goodsReceived, stockCounted, storeSaleRecorded } from '../../schema/events/inbox.ts';
import { stockExceptionCleared, type StockExceptionRaised } from '../../schema/events/inventory.ts';
import { skuRegistered } from '../../schema/events/products.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { InventoryBench } from './testing/inventory-bench.ts';

let bench: InventoryBench;

/** Milk by lots, phones by serial numbers, and some of both at S1. */
beforeEach(async () => {
  bench = await InventoryBench.open();
  const base = { baseUnit: 'EA', step: '1', categories: [] } as const;
  await bench.publish(skuRegistered, { ...base, sku: 'MILK', tracking: 'LOT', categories: [] });
  await bench.publish(skuRegistered, { ...base, sku: 'PHONE', tracking: 'SERIAL', categories: [] });
  const lines = [
    { lineId: '1', sku: 'MILK', quantity: '5', lot: 'N2', expiresOn: '2027-03-31' },
    { lineId: '2', sku: 'MILK', quantity: '3', lot: 'N1', expiresOn: '2027-01-31' },
    { lineId: '3', sku: 'MILK', quantity: '2' },
    { lineId: '4', sku: 'PHONE', quantity: '2', serials: ['P1', 'P2'] },
  ];
  await bench.publish(goodsReceived, { location: 'S1', reference: 'po-7', lines }, { eventId: 'receipt' });
  await bench.until(async () => (await bench.available('PHONE')) === '2', 'the receipt');
});

afterEach(() => bench.close());

const staff: Identity = { subject: 's', clientId: 'app', scopes: [...ROLES.store], stores: ['S2'] };

const position = async (sku: string, fields: string) => {
  const { data, errors } = await bench.query(
    `{ positions(location: "S1", skus: ["${sku}"]) { edges { node { ${fields} } } } }`,
  );
  expect(errors).toBeUndefined();
  return (data as { positions: { edges: { node: object }[] } }).positions.edges[0]?.node;
};

const serial = (name: string) => `{ serial(sku: "PHONE", serial: "${name}") {
  serial bucket gone document location { id } } }`;

test('a position tells its lots by their days, page by page, and what goes with none', async () => {
  const lots = `lots(first: 1) { edges { cursor node { lot expiresOn stock { onHand sellable } } } pageInfo { hasNextPage } }`;
  const first = (await position('MILK', `${lots} serials { edges { cursor } } unidentified { onHand sellable }`)) as {
    lots: { edges: { cursor: string }[] };
  };
  expect(first).toMatchObject({
    lots: {
      edges: [{ node: { lot: 'N1', expiresOn: '2027-01-31', stock: { onHand: '3', sellable: '3' } } }],
      pageInfo: { hasNextPage: true },
    },
    serials: null,
    unidentified: { onHand: '2', sellable: '2' },
  });
  const after = lots.replace('first: 1', `first: 1, after: "${first.lots.edges[0]?.cursor}"`);
  expect(await position('MILK', after)).toMatchObject({
    lots: { edges: [{ node: { lot: 'N2', expiresOn: '2027-03-31' } }], pageInfo: { hasNextPage: false } },
  });
});

test('a serial number is found where it lies and where it went, by those who may see the place', async () => {
  expect(await position('PHONE', 'lots { edges { cursor } } serials { edges { node { serial bucket } } }')).toEqual({
    lots: null,
    serials: {
      edges: [{ node: { serial: 'P1', bucket: 'SELLABLE' } }, { node: { serial: 'P2', bucket: 'SELLABLE' } }],
    },
  });
  const lying = { serial: 'P1', bucket: 'SELLABLE', gone: null, document: 'po-7', location: { id: 'S1' } };
  expect((await bench.query(serial('P1'))).data).toEqual({ serial: lying });
  expect(await bench.codeOf(serial('P1'), staff)).toBe('FORBIDDEN');
  expect((await bench.query(serial('P9'))).data).toEqual({ serial: null });

  const sold = { lineId: '1', sku: 'PHONE', quantity: '1', unitPriceMinor: 1, serials: ['P1'] };
  const sale = { channel: 'STORE:S1', externalId: 'r-1', location: 'S1', currency: 'GBP', charges: [], tenders: [] };
  await bench.publish(storeSaleRecorded, { ...sale, lines: [sold] });
  await bench.until(async () => (await bench.available('PHONE')) === '1', 'the sale');
  const gone = { serial: 'P1', bucket: null, gone: 'CUSTOMER', document: 'r-1', location: { id: 'S1' } };
  expect((await bench.query(serial('P1'))).data).toEqual({ serial: gone });
});

/** Open exceptions of the tracking, as they were told to others. */
async function openExceptions(): Promise<number> {
  const open = new Set<string>();
  for (const { envelope } of await bench.platform.streams.read(streamOf('inventory'), 0, 1_000)) {
    const { exceptionId, class: kind } = envelope.data as Partial<StockExceptionRaised>;
    if (exceptionId === undefined) continue;
    if (envelope.type === stockExceptionCleared.type) open.delete(exceptionId);
    else if (kind === 'TRACKING_MISMATCH') open.add(exceptionId);
  }
  return open.size;
}

test('what was not told is one exception until a count tells it, also after a crash', async () => {
  await bench.until(async () => (await openExceptions()) === 1, 'the exception');
  const counted = ['N1', 'N2', 'N3'].map((lot, index) => ({
    lineId: lot,
    sku: 'MILK',
    quantity: String(index + 3),
    lot,
  }));
  await bench.publish(stockCounted, { location: 'S1', lines: counted }, { eventId: 'count' });
  await bench.until(async () => (await openExceptions()) === 0, 'the end of the exception');
  await bench.killAndStart();
  expect(await position('MILK', 'unidentified { onHand } lots { edges { node { lot stock { onHand } } } }')).toEqual({
    unidentified: { onHand: '0' },
    lots: { edges: counted.map(({ lot, quantity: onHand }) => ({ node: { lot, stock: { onHand } } })) },
  });
});

test('the history of a position says which lots and serial numbers moved', async () => {
  const fields = 'history { edges { node { kind quantity lot serials } } }';
  expect(await position('PHONE', fields)).toEqual({
    history: { edges: [{ node: { kind: 'RECEIPT', quantity: '2', lot: null, serials: ['P1', 'P2'] } }] },
  });
  const node = { kind: 'RECEIPT', serials: [] };
  expect(await position('MILK', fields)).toEqual({
    history: {
      edges: [
        { node: { ...node, quantity: '2', lot: null } },
        { node: { ...node, quantity: '3', lot: 'N1' } },
        { node: { ...node, quantity: '5', lot: 'N2' } },
      ],
    },
  });
});

test('who disposes of tracked stock must name what lies there', async () => {
  const dispose = (units: string) => `mutation { disposeStock(input: { idempotencyKey: "${units.replaceAll('"', '')}",
    location: "S1", occurredAt: "2026-01-01T00:00:00.000Z",
    lines: [{ sku: "PHONE", quantity: "1", from: DAMAGED, to: SHRINK, reason: DAMAGE ${units} }] }) {
      positions { damaged } } }`;
  const { errors } = await bench.query(dispose('serials: ["P9"]'));
  expect(errors?.[0]?.originalError).toMatchObject({
    code: 'BAD_USER_INPUT',
    details: { field: 'serials', sku: 'PHONE', serial: 'P9' },
  });
  expect(await bench.codeOf(dispose('lot: "N1"'))).toBe('BAD_USER_INPUT');
  const long = 'x'.repeat(65);
  expect(await bench.codeOf(dispose(`serials: ["${long}"]`))).toBe('BAD_USER_INPUT');
});
