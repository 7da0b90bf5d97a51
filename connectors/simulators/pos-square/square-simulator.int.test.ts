import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDemoCatalogue } from '../demo-catalogue.ts';
import { posSeed } from '../demo-seeds.ts';
import { at, call, listAt, textAt } from '../testing/call.ts';
import type { CallResult } from '../testing/call.ts';
import { startWebhookCatcher } from '../testing/webhook-catcher.ts';
import type { WebhookCatcher } from '../testing/webhook-catcher.ts';
import type { SquareSimulator } from './square-simulator.ts';
import { SquareContract, startHeldSquare } from './testing/square-contract.ts';

const seed = posSeed(createDemoCatalogue(), 'SQUARE');
const LEEDS = 'STORE-LEEDS';
const START_MS = Date.parse('2026-03-01T10:00:00Z');

/** What these tests ask wrongly on purpose is refused, and not held against the contract. */
const contract = SquareContract.open('ACCEPTED');

let square: SquareSimulator;
let catcher: WebhookCatcher;
let nowMs = START_MS;
const token = 'square-token';
const post = (path: string, body: unknown): Promise<CallResult> => call(`${square.url}${path}`, { token, body });
const get = (path: string): Promise<CallResult> => call(`${square.url}${path}`, { token });
const bodies = (): unknown[] => catcher.caught.map(({ body }) => JSON.parse(body) as unknown);

beforeEach(async () => {
  nowMs = START_MS;
  catcher = await startWebhookCatcher();
  square = await startHeldSquare(contract, { ...seed, now: () => nowMs, webhooks: { backoffMs: 1 } });
});

afterEach(async () => {
  await square.close();
  await catcher.close();
  expect(contract?.takeFaults() ?? []).toEqual([]);
});

describe('Square simulator', () => {
  test('a sale is an order that many ids fetch in one call, unknown ids left out', async () => {
    const first = square.ringUpSale({
      locationCode: LEEDS,
      lines: [{ sku: 'MUG-WHITE', quantity: '2' }],
      tender: 'CASH',
    });
    const second = square.ringUpSale({
      locationCode: 'STORE-YORK',
      lines: [{ sku: 'COFFEE-HOUSE', quantity: '0.125' }],
    });
    const { body } = await post('/v2/orders/batch-retrieve', { order_ids: [second.orderId, 'NOPE', first.orderId] });
    expect(listAt(body, 'orders').map((order) => at(order, 'id'))).toEqual([second.orderId, first.orderId]);
    expect(at(body, 'orders', 1)).toMatchObject({
      reference_id: first.receiptNumber,
      location_id: square.locationId(LEEDS),
      state: 'COMPLETED',
      total_money: { amount: 2400, currency: 'GBP' },
      total_tax_money: { amount: 400, currency: 'GBP' },
      line_items: [{ quantity: '2', catalog_object_id: square.variationId('MUG-WHITE') }],
      tenders: [{ type: 'CASH', amount_money: { amount: 2400, currency: 'GBP' } }],
    });
    expect(at(body, 'orders', 0)).toMatchObject({
      total_money: { amount: 306, currency: 'GBP' },
      line_items: [{ quantity: '0.125', quantity_unit: { precision: 3 } }],
    });
    expect(square.countOf('POST /v2/orders/batch-retrieve')).toBe(1);
  });

  test('order search pages by cursor, sorts, and filters by update time', async () => {
    const ids = ['1', '2', '3'].map((quantity) => {
      nowMs += 60_000;
      return square.ringUpSale({ locationCode: LEEDS, lines: [{ sku: 'MUG-WHITE', quantity }] }).orderId;
    });
    const query = {
      filter: { date_time_filter: { updated_at: { start_at: new Date(START_MS + 90_000).toISOString() } } },
      sort: { sort_field: 'UPDATED_AT', sort_order: 'ASC' },
    };
    const scope = { location_ids: [square.locationId(LEEDS)], limit: 1, query };
    const first = await post('/v2/orders/search', scope);
    const second = await post('/v2/orders/search', { ...scope, cursor: textAt(first.body, 'cursor') });
    expect([at(first.body, 'orders', 0, 'id'), at(second.body, 'orders', 0, 'id')]).toEqual(ids.slice(1));
    expect(at(second.body, 'cursor')).toBeUndefined();
  });

  test('refuses a time filter that is sorted by another time, as Square does', async () => {
    const query = { filter: { date_time_filter: { updated_at: {} } }, sort: { sort_field: 'CREATED_AT' } };
    const answer = await post('/v2/orders/search', { location_ids: [square.locationId(LEEDS)], query });
    expect([answer.status, at(answer.body, 'errors', 0, 'category')]).toEqual([400, 'INVALID_REQUEST_ERROR']);
  });

  test('a linked return names its sale and line, moves stock back and refunds; the rest of the line cannot go twice', async () => {
    const sale = square.ringUpSale({ locationCode: LEEDS, lines: [{ sku: 'MUG-WHITE', quantity: '2' }] });
    const takeBack = (): { orderId: string; refundId: string } =>
      square.ringUpReturn({
        locationCode: LEEDS,
        originalReceiptNumber: sale.receiptNumber,
        lines: [{ sku: 'MUG-WHITE', quantity: '1' }],
        reason: 'Chipped',
      });
    const { orderId, refundId } = takeBack();
    const { body } = await get(`/v2/orders/${orderId}`);
    expect(at(body, 'order', 'returns', 0)).toMatchObject({
      source_order_id: sale.orderId,
      return_line_items: [{ quantity: '1', total_money: { amount: 1200 } }],
    });
    const refund = await get(`/v2/refunds/${refundId}`);
    expect(at(refund.body, 'refund')).toMatchObject({
      unlinked: false,
      amount_money: { amount: 1200 },
      reason: 'Chipped',
    });
    takeBack();
    expect(takeBack).toThrow(/not that much/);
  });

  test('a blind return has no source order and an unlinked refund', async () => {
    const { orderId, refundId } = square.ringUpReturn({ locationCode: LEEDS, lines: [{ sku: 'LAMP', quantity: '1' }] });
    const { body } = await get(`/v2/orders/${orderId}`);
    expect(at(body, 'order', 'returns', 0, 'source_order_id')).toBeUndefined();
    expect(at((await get(`/v2/refunds/${refundId}`)).body, 'refund', 'unlinked')).toBe(true);
  });

  test('a refund is made once per idempotency key and never above what was paid', async () => {
    const sale = square.ringUpSale({ locationCode: LEEDS, lines: [{ sku: 'LAMP', quantity: '1' }] });
    const order = await get(`/v2/orders/${sale.orderId}`);
    const payment_id = textAt(order.body, 'order', 'tenders', 0, 'payment_id');
    const ask = (idempotency_key: string, amount: number): Promise<CallResult> =>
      post('/v2/refunds', { idempotency_key, payment_id, amount_money: { amount, currency: 'GBP' } });
    const first = await ask('k1', 6000);
    const again = await ask('k1', 6000);
    expect(at(again.body, 'refund', 'id')).toBe(textAt(first.body, 'refund', 'id'));
    expect(at((await ask('k1', 5000)).body, 'errors', 0, 'code')).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(at((await ask('k2', 1000)).body, 'errors', 0, 'code')).toBe('REFUND_AMOUNT_INVALID');
    expect(listAt((await get('/v2/refunds')).body, 'refunds')).toHaveLength(1);
  });

  test('counts show sales at once as decimal text, and page', async () => {
    square.ringUpSale({ locationCode: LEEDS, lines: [{ sku: 'COFFEE-HOUSE', quantity: '0.250' }] });
    const opening = seed.openingStock.find(({ locationCode, sku }) => locationCode === LEEDS && sku === 'COFFEE-HOUSE');
    const scope = {
      catalog_object_ids: [square.variationId('COFFEE-HOUSE')],
      location_ids: [square.locationId(LEEDS)],
    };
    const { body } = await post('/v2/inventory/counts/batch-retrieve', scope);
    expect(listAt(body, 'counts')).toHaveLength(1);
    expect(Number(at(body, 'counts', 0, 'quantity'))).toBeCloseTo(Number(opening?.quantity) - 0.25, 4);
    const page = await post('/v2/inventory/counts/batch-retrieve', { limit: 100 });
    const rest = await post('/v2/inventory/counts/batch-retrieve', { limit: 100, cursor: textAt(page.body, 'cursor') });
    expect(listAt(page.body, 'counts').length + listAt(rest.body, 'counts').length).toBe(seed.openingStock.length);
  });

  test('a batch of changes is idempotent and all or nothing', async () => {
    const count = (quantity: string): unknown => ({
      type: 'PHYSICAL_COUNT',
      physical_count: {
        catalog_object_id: square.variationId('LAMP'),
        location_id: square.locationId(LEEDS),
        state: 'IN_STOCK',
        quantity,
        occurred_at: new Date(nowMs).toISOString(),
        reference_id: 'hub-1',
      },
    });
    const path = '/v2/inventory/changes/batch-create';
    const faulty = await post(path, { idempotency_key: 'a', changes: [count('77'), count('-1')] });
    expect([faulty.status, at(faulty.body, 'errors', 0, 'field')]).toEqual([400, 'quantity']);
    const batch = { idempotency_key: 'b', changes: [count('77')] };
    const first = await post(path, batch);
    expect(at(first.body, 'counts', 0, 'quantity')).toBe('77');
    expect((await post(path, batch)).body).toEqual(first.body);
    const history = await post('/v2/inventory/changes/batch-retrieve', {
      catalog_object_ids: [square.variationId('LAMP')],
      location_ids: [square.locationId(LEEDS)],
    });
    const counted = listAt(history.body, 'changes').map((change) => at(change, 'physical_count', 'quantity'));
    expect(counted.filter((quantity) => quantity === '77')).toHaveLength(1);
  });

  test('the catalogue is found by SKU and by id, in batches', async () => {
    const query = { set_query: { attribute_name: 'sku', attribute_values: ['LAMP', 'MUG-WHITE', 'NOPE'] } };
    const found = await post('/v2/catalog/search', { object_types: ['ITEM_VARIATION'], query });
    const ids = listAt(found.body, 'objects').map((object) => textAt(object, 'id'));
    const { body } = await post('/v2/catalog/batch-retrieve', { object_ids: ids, include_related_objects: true });
    expect(listAt(body, 'objects').map((object) => at(object, 'item_variation_data', 'sku'))).toEqual([
      'MUG-WHITE',
      'LAMP',
    ]);
    expect(listAt(body, 'related_objects').map((object) => at(object, 'item_data', 'name'))).toEqual([
      'Stoneware mug',
      'Desk lamp',
    ]);
  });

  test('notifications are signed over address and raw body and name the order only', async () => {
    square.subscribe({
      url: catcher.url,
      signatureKey: 'key',
      eventTypes: ['order.created', 'inventory.count.updated'],
    });
    const sale = square.ringUpSale({ locationCode: LEEDS, lines: [{ sku: 'LAMP', quantity: '1' }] });
    await square.webhooksSettled();
    expect(bodies().map((body) => at(body, 'type'))).toEqual(['order.created', 'inventory.count.updated']);
    expect(at(bodies()[0], 'data', 'object', 'order_created')).toEqual({
      order_id: sale.orderId,
      location_id: square.locationId(LEEDS),
      state: 'COMPLETED',
      version: 1,
      created_at: '2026-03-01T10:00:00.000Z',
    });
    for (const { headers, body } of catcher.caught) {
      const expected = createHmac('sha256', 'key')
        .update(catcher.url + body)
        .digest('base64');
      expect(headers['x-square-hmacsha256-signature']).toBe(expected);
    }
  });

  test('a subscription made over HTTP shows its key once and signs with it', async () => {
    const subscription = { notification_url: catcher.url, event_types: ['order.created'] };
    const made = await post('/v2/webhooks/subscriptions', { idempotency_key: 'x', subscription });
    const key = textAt(made.body, 'subscription', 'signature_key');
    const id = textAt(made.body, 'subscription', 'id');
    expect(at((await get(`/v2/webhooks/subscriptions/${id}`)).body, 'subscription', 'signature_key')).toBeUndefined();
    square.ringUpSale({ locationCode: LEEDS, lines: [{ sku: 'LAMP', quantity: '1' }] });
    await square.webhooksSettled();
    const [message] = catcher.caught;
    const signature = createHmac('sha256', key)
      .update(catcher.url + String(message?.body))
      .digest('base64');
    expect(message?.headers['x-square-hmacsha256-signature']).toBe(signature);
    await call(`${square.url}/v2/webhooks/subscriptions/${id}`, { token, method: 'DELETE' });
    square.ringUpSale({ locationCode: LEEDS, lines: [{ sku: 'LAMP', quantity: '1' }] });
    await square.webhooksSettled();
    expect(catcher.caught).toHaveLength(1);
  });

  test('errors have the vendor shape: wrong token, unknown path, broken JSON, oversize', async () => {
    const shapes = await Promise.all([
      call(`${square.url}/v2/locations`, { token: 'other' }),
      get('/v2/nothing'),
      call(`${square.url}/v2/orders/search`, { token, body: '{' }),
      call(`${square.url}/v2/orders/search`, { token, body: 'x'.repeat(1_100_000) }),
    ]);
    expect(
      shapes.map(({ status, body }) => [status, at(body, 'errors', 0, 'category'), at(body, 'errors', 0, 'code')]),
    ).toEqual([
      [401, 'AUTHENTICATION_ERROR', 'UNAUTHORIZED'],
      [404, 'INVALID_REQUEST_ERROR', 'NOT_FOUND'],
      [400, 'INVALID_REQUEST_ERROR', 'BAD_REQUEST'],
      [413, 'INVALID_REQUEST_ERROR', 'REQUEST_ENTITY_TOO_LARGE'],
    ]);
  });

  test('a till that was offline reports old times late', async () => {
    const occurredAtMs = START_MS - 3_600_000;
    const { orderId } = square.ringUpSale({
      locationCode: LEEDS,
      lines: [{ sku: 'LAMP', quantity: '1' }],
      occurredAtMs,
    });
    const { body } = await get(`/v2/orders/${orderId}`);
    expect(at(body, 'order')).toMatchObject({
      created_at: '2026-03-01T09:00:00.000Z',
      updated_at: '2026-03-01T10:00:00.000Z',
    });
  });

  test('theft shows in the physical truth alone, until a count', () => {
    square.count({ locationCode: LEEDS, sku: 'LAMP', quantity: '9' });
    square.changeTruth({ locationCode: LEEDS, sku: 'LAMP', quantity: '-2' });
    const truth = square.physicalTruth().find(({ location, sku }) => location === LEEDS && sku === 'LAMP');
    expect(truth?.units).toBe(70_000);
  });
});
