import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDemoCatalogue } from '../demo-catalogue.ts';
import { wmsSeed } from '../demo-seeds.ts';
import { at, call, listAt, textAt } from '../testing/call.ts';
import type { CallResult } from '../testing/call.ts';
import { startWebhookCatcher } from '../testing/webhook-catcher.ts';
import type { WebhookCatcher } from '../testing/webhook-catcher.ts';
import { startWmsSimulator } from './wms-simulator.ts';
import type { WmsSimulator } from './wms-simulator.ts';

const seed = wmsSeed(createDemoCatalogue());
const warehouse = 'DC-NORTH';
const token = 'wms-token';

let wms: WmsSimulator;
let catcher: WebhookCatcher;
const post = (path: string, body: unknown): Promise<CallResult> => call(`${wms.url}${path}`, { token, body });
const get = (path: string): Promise<CallResult> => call(`${wms.url}${path}`, { token });
const messages = (): unknown[] => catcher.caught.map(({ body }) => JSON.parse(body) as unknown);

beforeEach(async () => {
  catcher = await startWebhookCatcher();
  wms = await startWmsSimulator({
    ...seed,
    openingStock: [{ warehouse, sku: 'LAMP', quantity: '10' }],
    webhooks: { backoffMs: 1 },
  });
  wms.subscribe({ url: catcher.url, secret: 'secret' });
});

afterEach(async () => {
  await wms.close();
  await catcher.close();
});

function release(partner_order_id: string, quantity: string, sku = 'LAMP'): Promise<CallResult> {
  return post('/v1/orders', { partner_order_id, warehouse, lines: [{ partner_line_id: 'l1', sku, quantity }] });
}

async function lampStock(): Promise<unknown> {
  const { body } = await post('/v1/stock/query', { skus: ['LAMP'] });
  return at(body, 'data', 0);
}

describe('WMS simulator', () => {
  test('one call answers many SKUs with statuses and bins; unknown ones stand under errors', async () => {
    const { body } = await post('/v1/stock/query', { skus: ['LAMP', 'NOPE', 'TEAPOT', 'LAMP'], warehouse });
    expect(listAt(body, 'data').map((row) => [at(row, 'sku'), at(row, 'on_hand')])).toEqual([
      ['LAMP', '10'],
      ['TEAPOT', '0'],
    ]);
    expect(at(body, 'data', 0)).toMatchObject({
      warehouse,
      allocated: '0',
      statuses: { available: '10', hold: '0', damaged: '0', quarantine: '0' },
      bins: [{ status: 'available', quantity: '10' }],
    });
    expect(at(body, 'errors')).toMatchObject([{ sku: 'NOPE', code: 'UNKNOWN_SKU' }]);
  });

  test('the same order released twice is one order; with other content it is refused', async () => {
    const [first, again, other] = [await release('p1', '2'), await release('p1', '2'), await release('p1', '3')];
    expect([first.status, again.status, other.status]).toEqual([201, 200, 409]);
    expect(at(again.body, 'data', 'id')).toBe(textAt(first.body, 'data', 'id'));
    expect(at(other.body, 'errors', 0, 'code')).toBe('PARTNER_ORDER_ID_REUSED');
    expect(await lampStock()).toMatchObject({ on_hand: '10', allocated: '2', available_to_allocate: '8' });
  });

  test('an order runs from release to delivery and says each step once, in sequence, signed over the raw body', async () => {
    await release('p1', '2');
    wms.work.pick('p1');
    wms.work.pack('p1');
    wms.work.ship('p1', { carrier: 'DPD', trackingNumber: 'T1' });
    wms.work.deliver('p1');
    await wms.webhooksSettled();
    expect(
      messages().map((message) => [
        at(message, 'sequence'),
        at(message, 'webhook_type'),
        at(message, 'data', 'status'),
      ]),
    ).toEqual([
      [1, 'order_allocated', undefined],
      [2, 'order_picked', undefined],
      [3, 'order_packed', undefined],
      [4, 'shipment_update', 'shipped'],
      [5, 'shipment_update', 'delivered'],
    ]);
    for (const message of messages()) {
      expect(at(message, 'data', 'lines', 0)).toMatchObject({
        sku: 'LAMP',
        warehouse,
        quantity: '2',
        partner_line_id: 'l1',
      });
    }
    for (const { headers, body } of catcher.caught) {
      expect(headers['x-shiphero-hmac-sha256']).toBe(createHmac('sha256', 'secret').update(body).digest('base64'));
      expect(headers['x-shiphero-message-id']).toBe(at(JSON.parse(body), 'message_id'));
    }
    const order = await get('/v1/orders/p1');
    expect(at(order.body, 'data')).toMatchObject({
      status: 'delivered',
      shipments: [{ carrier: 'DPD', tracking_number: 'T1' }],
    });
    expect(await lampStock()).toMatchObject({ on_hand: '8', allocated: '0' });
  });

  test('a short pick moves the missing units to hold and frees them from the order', async () => {
    await release('p1', '3');
    wms.work.pick('p1', { short: { LAMP: '1' } });
    expect(await lampStock()).toMatchObject({ on_hand: '10', allocated: '2', statuses: { available: '9', hold: '1' } });
    const events = await get('/v1/events?after=1');
    expect(at(events.body, 'data', 0, 'data', 'lines', 0)).toMatchObject({
      quantity: '2',
      quantity_short: '1',
      short_reason: 'NOT_FOUND',
    });
  });

  test('a picker finds only what is really there', async () => {
    wms.changeTruth({ warehouse, sku: 'LAMP', quantity: '-9' });
    await release('p1', '3');
    const order = wms.work.pick('p1');
    expect(order.lines.map(({ picked, short }) => [picked, short])).toEqual([[10_000, 20_000]]);
    expect(wms.physicalTruth().find(({ sku, status }) => sku === 'LAMP' && status === 'available')?.units).toBe(10_000);
  });

  test('an order shipped in two parcels is partial in between', async () => {
    await release('p1', '3');
    wms.work.pick('p1');
    wms.work.pack('p1');
    expect(wms.work.ship('p1', { lines: [{ sku: 'LAMP', quantity: '1' }] }).status).toBe('partially_shipped');
    expect(() => wms.work.ship('p1', { lines: [{ sku: 'LAMP', quantity: '3' }] })).toThrow(/not that much/);
    expect(wms.work.ship('p1').status).toBe('shipped');
    expect(wms.work.deliver('p1').status).toBe('shipped');
    expect(wms.work.deliver('p1').status).toBe('delivered');
  });

  test('what cannot be allocated is short from the beginning', async () => {
    const { body } = await release('p1', '12');
    expect(at(body, 'data', 'lines', 0)).toMatchObject({
      quantity: '12',
      quantity_allocated: '10',
      quantity_short: '2',
    });
  });

  test('an order is cancelled until it is packed, and its stock is free again', async () => {
    await release('p1', '2');
    wms.work.pick('p1');
    const canceled = await post('/v1/orders/p1/cancel', { reason: 'CUSTOMER' });
    expect(at(canceled.body, 'data', 'status')).toBe('canceled');
    expect(await lampStock()).toMatchObject({ on_hand: '10', allocated: '0' });
    await release('p2', '2');
    wms.work.pick('p2');
    wms.work.pack('p2');
    const late = await post('/v1/orders/p2/cancel', { reason: 'CUSTOMER' });
    expect([late.status, at(late.body, 'errors', 0, 'code')]).toEqual([409, 'TOO_LATE_TO_CANCEL']);
  });

  test('receipts, adjustments, counts and returns change stock and tell it line by line', async () => {
    wms.receive({ warehouse, sku: 'LAMP', quantity: '5', reference: 'PO1' });
    wms.adjust({ warehouse, sku: 'LAMP', quantity: '1', from: 'available', to: 'damaged', reason: 'DAMAGE' });
    wms.adjust({ warehouse, sku: 'LAMP', quantity: '1', from: 'damaged', reason: 'DONATION' });
    wms.receiveReturn({ warehouse, rma: 'RMA1', lines: [{ sku: 'LAMP', quantity: '1', condition: 'B' }] });
    wms.count({ warehouse, sku: 'LAMP', quantity: '13' });
    expect(await lampStock()).toMatchObject({ statuses: { available: '13', hold: '1', damaged: '0' } });
    const { body } = await get('/v1/events?after=0');
    expect(
      listAt(body, 'data').map((event) => [at(event, 'webhook_type'), at(event, 'data', 'lines', 0)]),
    ).toMatchObject([
      ['inventory_receipt', { quantity: '5', status: 'available' }],
      ['inventory_adjustment', { quantity: '1', from_status: 'available', to_status: 'damaged' }],
      ['inventory_adjustment', { quantity: '1', from_status: 'damaged', to_status: null }],
      ['return_received', { quantity: '1', status: 'hold', condition: 'B' }],
      ['inventory_count', { quantity: '13', quantity_before: '14', status: 'available' }],
    ]);
  });

  test('a partner adjustment happens once per reference and carries it back', async () => {
    const adjustment = { warehouse, sku: 'LAMP', quantity: '2', from_status: 'available', to_status: 'quarantine' };
    const ask = (change: object): Promise<CallResult> =>
      post('/v1/inventory/adjustments', { ...adjustment, reason: 'RECALL', partner_reference: 'hub-1', ...change });
    const answers = [await ask({}), await ask({}), await ask({ quantity: '3' })];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 409]);
    expect(await lampStock()).toMatchObject({ statuses: { available: '8', quarantine: '2' } });
    const { body } = await get('/v1/events');
    expect(listAt(body, 'data')).toHaveLength(1);
    expect(at(body, 'data', 0, 'data', 'partner_reference')).toBe('hub-1');
    const tooMuch = await ask({ partner_reference: 'hub-2', quantity: '99' });
    expect([tooMuch.status, at(tooMuch.body, 'errors', 0, 'code')]).toEqual([409, 'INSUFFICIENT_STOCK']);
  });

  test('a poller catches up what a lossy webhook never brought', async () => {
    wms.faults.set({ drop: 1 });
    for (const reference of ['a', 'b', 'c']) wms.receive({ warehouse, sku: 'LAMP', quantity: '1', reference });
    await wms.webhooksSettled();
    expect(catcher.caught).toHaveLength(0);
    const first = await get('/v1/events?after=0&limit=2');
    const second = await get(`/v1/events?limit=2&after=${String(at(first.body, 'next_after'))}`);
    expect([at(first.body, 'has_more'), at(second.body, 'has_more'), at(second.body, 'head')]).toEqual([
      true,
      false,
      3,
    ]);
    const references = [...listAt(first.body, 'data'), ...listAt(second.body, 'data')].map((event) =>
      at(event, 'data', 'reference'),
    );
    expect(references).toEqual(['a', 'b', 'c']);
  });

  test('after a restart under higher numbers a poller of the last run is told that its place is gone', async () => {
    await wms.close();
    wms = await startWmsSimulator({ ...seed, numbersFrom: 500 });
    wms.receive({ warehouse, sku: 'LAMP', quantity: '1', reference: 'a' });
    expect((await get('/v1/events?after=17')).status).toBe(410);
    expect((await get('/v1/events?after=502')).status).toBe(410);
    expect(at((await get('/v1/events')).body, 'data', 0, 'sequence')).toBe(501);
    expect((await get('/v1/events?after=501')).body).toEqual({ data: [], next_after: 501, head: 501, has_more: false });
  });

  test('a webhook made over HTTP is given its secret once', async () => {
    const made = await post('/v1/webhooks', { url: catcher.url });
    expect(textAt(made.body, 'data', 'shared_signature_secret')).toMatch(/^[0-9a-f]{32}$/);
    expect(at((await get('/v1/webhooks')).body, 'data', 1)).toEqual({
      id: textAt(made.body, 'data', 'id'),
      url: catcher.url,
    });
  });

  test('the autopilot takes an order to its delivery', async () => {
    await release('p1', '1');
    wms.work.autopilot({ stepMs: 1 });
    for (;;) {
      const { body } = await get('/v1/orders/p1');
      if (at(body, 'data', 'status') === 'delivered') break;
    }
    expect(await lampStock()).toMatchObject({ on_hand: '9', allocated: '0' });
  });

  test('unknown SKUs, false quantities and an unknown warehouse are refused and change nothing', async () => {
    const refused = [
      await release('p1', '1', 'NOPE'),
      await release('p1', '0.5'),
      await release('p1', '0'),
      await release('p1', '-1'),
    ];
    const elsewhere = await post('/v1/stock/query', { skus: ['LAMP'], warehouse: 'DC-SOUTH' });
    expect([...refused, elsewhere].map(({ status, body }) => [status, at(body, 'errors', 0, 'code')])).toEqual([
      [422, 'UNKNOWN_SKU'],
      [422, 'INVALID_QUANTITY'],
      [422, 'INVALID_QUANTITY'],
      [422, 'INVALID_QUANTITY'],
      [422, 'UNKNOWN_WAREHOUSE'],
    ]);
    expect(wms.orders()).toHaveLength(0);
  });
});
