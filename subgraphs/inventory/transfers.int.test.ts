import { afterEach, describe, expect, test } from '@jest/globals';
import type { Identity } from '../../kernel/model/identity.ts';
import { ROLES } from '../../schema/scopes.ts';
import { goodsReceived } from '../../schema/events/inbox.ts';
import {
  supplyAnnounced,
  supplyCancelled,
  supplyChanged,
  transferLost,
  transferReceived,
  transferShipped,
} from '../../schema/events/inbox-supply.ts';
import { InventoryBench } from './testing/inventory-bench.ts';

const opened: InventoryBench[] = [];

async function open(options: Parameters<typeof InventoryBench.open>[0] = {}): Promise<InventoryBench> {
  const bench = await InventoryBench.open(options);
  opened.push(bench);
  return bench;
}

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

const staffOf = (...stores: string[]): Identity => ({
  subject: stores.join(),
  clientId: 'store-app',
  scopes: [...ROLES.store],
  stores,
});

const TRANSFER = `transfer { id status expectedAt from { id } to { id }
  lines { id sku { id } quantity shipped received lost inTransit } }`;

interface TransferAnswer {
  readonly id: string;
  readonly status: string;
  readonly lines: readonly object[];
}

/** Runs a mutation and gives the transfer as it is then. */
async function change(bench: InventoryBench, mutation: string, input: string, identity?: Identity) {
  const source = `mutation { ${mutation}(input: { ${input} }) { ${TRANSFER} changeCursor } }`;
  const { data, errors } = await bench.query(source, identity);
  expect(errors).toBeUndefined();
  return (data as Record<string, { transfer: TransferAnswer }>)[mutation]?.transfer as TransferAnswer;
}

async function stock(bench: InventoryBench, location: string, sku = 'A') {
  const { data, errors } = await bench.query(`{ positions(location: "${location}", skus: ["${sku}"]) {
    edges { node { sellable allocated picked onOrder inTransitIn supply { kind fromAt quantity document } } } } }`);
  expect(errors).toBeUndefined();
  return (data as { positions: { edges: { node: object }[] } }).positions.edges[0]?.node;
}

async function receive(bench: InventoryBench, quantity: string, { sku = 'A', location = 'S1', reference = 'po' } = {}) {
  const before = await bench.available(sku);
  await bench.publish(goodsReceived, { location, reference, lines: [{ lineId: '1', sku, quantity }] });
  await bench.until(async () => (await bench.available(sku)) !== before, 'the receipt');
}

const AT = 'occurredAt: "2020-01-01T00:00:00.000Z"';
const lines = (quantity: string, more = '') => `lines: [{ sku: "A", quantity: "${quantity}"${more} }]`;

describe('a transfer over the graph', () => {
  test('goes from request to receipt in parts, with a loss, and sells nothing that is on its way', async () => {
    const bench = await open();
    await receive(bench, '10');
    const source = staffOf('S1');
    const destination = staffOf('S2');
    const eta = '2026-12-01T08:00:00.000Z';
    const request = `idempotencyKey: "r", from: "S1", to: "S2", expectedAt: "${eta}", ${lines('6')}`;
    const { id, status } = await change(bench, 'requestTransfer', request, destination);
    expect(status).toBe('DRAFT');
    expect(await bench.available()).toBe('10');

    const which = (key: string) => `idempotencyKey: "${key}", transfer: "${id}"`;
    expect(await change(bench, 'approveTransfer', which('a'), source)).toMatchObject({ status: 'APPROVED' });
    expect(await stock(bench, 'S1')).toMatchObject({ sellable: '10', allocated: '6', picked: '0' });
    expect(await bench.available()).toBe('4');
    expect(await change(bench, 'stageTransfer', which('s'), source)).toMatchObject({ status: 'READY' });
    expect(await stock(bench, 'S1')).toMatchObject({ allocated: '6', picked: '6' });

    const shipped = await change(bench, 'shipTransfer', `${which('x')}, ${AT}, ${lines('6')}`, source);
    expect(shipped).toMatchObject({ status: 'IN_TRANSIT', lines: [{ shipped: '6', inTransit: '6' }] });
    expect(await stock(bench, 'S1')).toMatchObject({ sellable: '4', allocated: '0', picked: '0' });
    expect(await stock(bench, 'S2')).toMatchObject({
      sellable: '0',
      inTransitIn: '6',
      supply: [{ kind: 'IN_TRANSIT', fromAt: eta, quantity: '6', document: id }],
    });
    expect(await bench.available()).toBe('4');

    const part = await change(bench, 'receiveTransfer', `${which('p')}, ${AT}, ${lines('2')}`, destination);
    expect(part.status).toBe('PARTIALLY_RECEIVED');
    const damaged = `${which('d')}, ${AT}, ${lines('1', ', bucket: DAMAGED')}`;
    await change(bench, 'receiveTransfer', damaged, destination);
    expect(await bench.available()).toBe('6');
    const lost = await change(bench, 'loseTransfer', `${which('l')}, ${AT}, ${lines('3')}`, destination);
    expect(lost).toMatchObject({
      status: 'RECEIVED',
      lines: [{ quantity: '6', shipped: '6', received: '3', lost: '3', inTransit: '0' }],
    });

    // What was given up turns up after all.
    await bench.publish(transferReceived, {
      transfer: id,
      location: 'S2',
      lines: [{ lineId: '1', sku: 'A', quantity: '2' }],
    });
    await bench.until(async () => (await bench.available()) === '8', 'the find');
    const { data } = await bench.query(`{ transfer(id: "${id}") { status lines { received lost inTransit } } }`);
    expect(data).toMatchObject({
      transfer: { status: 'RECEIVED', lines: [{ received: '5', lost: '1', inTransit: '0' }] },
    });
  });

  test('answers the first outcome under the same key', async () => {
    const bench = await open();
    const request = `idempotencyKey: "r", from: "S1", to: "S2", ${lines('6')}`;
    const first = await change(bench, 'requestTransfer', request);
    expect(await change(bench, 'requestTransfer', request)).toEqual(first);
    const { data } = await bench.query('{ transfers(location: "S2") { edges { node { id } } } }');
    expect(data).toEqual({ transfers: { edges: [{ node: { id: first.id } }] } });
  });

  test('is refused what it may not take, and gives back what will not leave', async () => {
    const bench = await open();
    await receive(bench, '5');
    const { id } = await change(bench, 'requestTransfer', `idempotencyKey: "r", from: "S1", to: "S2", ${lines('6')}`);
    const which = (key: string) => `input: { idempotencyKey: "${key}", transfer: "${id}"`;
    const codeOf = (mutation: string, input: string, identity?: Identity) =>
      bench.codeOf(`mutation { ${mutation}(${input} }) { changeCursor } }`, identity);
    expect(await codeOf('approveTransfer', which('1'))).toBe('INSUFFICIENT_STOCK');
    expect(await codeOf('shipTransfer', `${which('2')}, ${AT}, ${lines('1')}`)).toBe('ILLEGAL_TRANSITION');
    expect(await codeOf('approveTransfer', which('3'), staffOf('S2'))).toBe('FORBIDDEN');
    expect(await codeOf('receiveTransfer', `${which('4')}, ${AT}, ${lines('1')}`, staffOf('S1'))).toBe('FORBIDDEN');
    expect(await codeOf('approveTransfer', 'input: { idempotencyKey: "5", transfer: "none"')).toBe('UNKNOWN_TRANSFER');
    expect(await codeOf('requestTransfer', `input: { idempotencyKey: "6", from: "S1", to: "S1", ${lines('1')}`)).toBe(
      'BAD_USER_INPUT',
    );

    await receive(bench, '5');
    await change(bench, 'approveTransfer', `idempotencyKey: "7", transfer: "${id}"`);
    expect(await codeOf('shipTransfer', `${which('8')}, ${AT}, ${lines('7')}`)).toBe('INSUFFICIENT_STOCK');
    await change(bench, 'shipTransfer', `idempotencyKey: "9", transfer: "${id}", ${AT}, isFinal: true, ${lines('4')}`);
    expect(await bench.available()).toBe('6');
    expect(await codeOf('loseTransfer', `${which('10')}, ${AT}, ${lines('5')}`)).toBe('INSUFFICIENT_STOCK');
    expect(await codeOf('cancelTransfer', which('11'))).toBe('ILLEGAL_TRANSITION');
    await change(bench, 'receiveTransfer', `idempotencyKey: "12", transfer: "${id}", ${AT}, ${lines('4')}`);
    const { data } = await bench.query(`{ transfers(location: "S1", statuses: [RECEIVED]) { edges { node { id } } } }`);
    expect(data).toEqual({ transfers: { edges: [{ node: { id } }] } });
  });

  test('is shown to the staff of its ends alone', async () => {
    const bench = await open();
    await bench.registerLocation('S3');
    const request = `idempotencyKey: "r", from: "S1", to: "S2", ${lines('1')}`;
    const { id } = await change(bench, 'requestTransfer', request);
    const ask = `{ transfer(id: "${id}") { id } }`;
    expect((await bench.query(ask, staffOf('S2'))).data).toEqual({ transfer: { id } });
    expect((await bench.query(ask, staffOf('S3'))).data).toEqual({ transfer: null });
    expect(await bench.codeOf('{ transfers(location: "S2") { pageInfo { hasNextPage } } }', staffOf('S3'))).toBe(
      'FORBIDDEN',
    );
  });
});

describe('a transfer that outside systems tell', () => {
  const line = (quantity: string) => [{ lineId: '1', sku: 'A', quantity }];

  test('needs no request, and its receipt may come to light before its shipment', async () => {
    const bench = await open();
    await receive(bench, '10');
    const told = { transfer: 'TO-7', location: 'S2', from: 'S1', lines: line('4') };
    await bench.publish(transferReceived, told, { eventId: 'in', system: 'pos-b' });
    await bench.until(async () => (await bench.available()) === '14', 'the receipt');
    await bench.publish(transferShipped, { transfer: 'TO-7', location: 'S1', to: 'S2', lines: line('6') });
    await bench.publish(transferReceived, told, { eventId: 'in', system: 'pos-b' });
    await bench.until(async () => (await bench.available()) === '8', 'the late shipment');
    expect(await stock(bench, 'S2')).toMatchObject({ sellable: '4', inTransitIn: '2' });
    await bench.publish(transferLost, { transfer: 'TO-7', location: 'S2', lines: line('2') });
    const status = async () => (await bench.query('{ transfer(id: "TO-7") { status } }')).data?.['transfer'];
    await bench.until(async () => ((await status()) as { status: string }).status === 'RECEIVED', 'the loss');
    expect(await stock(bench, 'S2')).toMatchObject({ sellable: '4', inTransitIn: '0' });
  });

  test('waits for its destination to be registered, and survives a crash', async () => {
    const bench = await open();
    await receive(bench, '10');
    await bench.publish(transferShipped, { transfer: 'TO-8', location: 'S1', to: 'S9', lines: line('6') });
    await bench.until(() => bench.telemetry.total('inventory_parked_lines_total') === 1, 'the parked line');
    await bench.registerLocation('S9');
    await bench.until(async () => (await bench.available()) === '4', 'the replay');
    await bench.killAndStart();
    expect(await stock(bench, 'S9')).toMatchObject({ inTransitIn: '6' });
    await bench.stop();
    await bench.start();
    expect(await stock(bench, 'S9')).toMatchObject({ inTransitIn: '6' });
  });
});

describe('expected supply', () => {
  const orderLine = (quantity: string, more: object = {}) => [
    { lineId: '1', documentLine: '1', sku: 'A', quantity, ...more },
  ];
  const [SOON, LATER] = ['2026-12-01T00:00:00.000Z', '2026-12-09T00:00:00.000Z'];

  test('is announced, changed, reduced by receipts and cancelled, and is told with the position', async () => {
    const bench = await open();
    const document = 'PO-1';
    await bench.publish(supplyAnnounced, { document, location: 'S1', lines: orderLine('10', { expectedAt: SOON }) });
    const figure = async () => ((await stock(bench, 'S1')) as { onOrder: string } | undefined)?.onOrder;
    await bench.until(async () => (await figure()) === '10', 'the announcement');
    const held = await bench.until(() => bench.held('position-changed').get('A|S1'), 'the record');
    expect(held.value).toMatchObject({ onHand: '0', onOrder: '10' });
    expect(await bench.available()).toBe('0');

    await bench.publish(supplyChanged, { document, location: 'S1', lines: orderLine('8', { expectedAt: LATER }) });
    await bench.until(async () => (await figure()) === '8', 'the change');
    await receive(bench, '3', { reference: document });
    expect(await stock(bench, 'S1')).toMatchObject({
      sellable: '3',
      onOrder: '5',
      supply: [{ kind: 'ON_ORDER', fromAt: LATER, quantity: '5', document }],
    });

    await bench.publish(supplyCancelled, {
      document,
      location: 'S1',
      lines: [{ lineId: '1', documentLine: '1', sku: 'A' }],
    });
    await bench.until(async () => (await figure()) === '0', 'the cancellation');
    expect(await bench.available()).toBe('3');
  });

  test('is dated in the availability of a channel, without documents for those who may not see them', async () => {
    const bench = await open();
    await bench.publish(supplyAnnounced, {
      document: 'PO-1',
      location: 'S2',
      lines: orderLine('4', { expectedAt: LATER }),
    });
    await bench.publish(supplyAnnounced, {
      document: 'PO-2',
      location: 'S1',
      lines: orderLine('2', { expectedAt: SOON }),
    });
    const ask = (fields: string) =>
      `{ availability(skus: ["A"], channel: "WEB") { available supply { fromAt quantity location { id } ${fields} } } }`;
    const all = [
      { fromAt: SOON, quantity: '2', location: { id: 'S1' } },
      { fromAt: LATER, quantity: '4', location: { id: 'S2' } },
    ];
    const anonymous: Identity = { subject: 'any', clientId: 'shop', scopes: [...ROLES.anonymous], stores: [] };
    const told = async () => (await bench.query(ask(''), anonymous)).data?.['availability'] as { supply: object[] }[];
    await bench.until(async () => (await told())[0]?.supply.length === 2, 'both announcements');
    expect(await told()).toEqual([{ available: '0', supply: all }]);
    expect(await bench.codeOf(ask('document'), anonymous)).toBe('FORBIDDEN');
    expect((await bench.query(ask('document'))).data).toMatchObject({
      availability: [{ supply: [{ document: 'PO-2' }, { document: 'PO-1' }] }],
    });
  });
});
