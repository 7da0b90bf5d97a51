import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDemoCatalogue } from '../demo-catalogue.ts';
import { posSeed } from '../demo-seeds.ts';
import { at, call, textAt } from '../testing/call.ts';
import { startWebhookCatcher } from '../testing/webhook-catcher.ts';
import type { WebhookCatcher } from '../testing/webhook-catcher.ts';
import type { SquareSimulator } from './square-simulator.ts';
import { SquareContract, startHeldSquare } from './testing/square-contract.ts';

/*
 * Goes every route of the simulator and causes every notification. What is found wrong anywhere is a fault; and each of the
 * exchanges, with one member misspelt, has to be found wrong, so the check cannot be blind to any of them.
 */

const contract = SquareContract.open('ALL') as SquareContract;
const whenPresent = SquareContract.isPresent ? describe : describe.skip;
const seed = posSeed(createDemoCatalogue(), 'SQUARE');
const LEEDS = 'STORE-LEEDS';
const token = 'square-token';

whenPresent('Square contract', () => {
  let square: SquareSimulator;
  let catcher: WebhookCatcher;

  const ask = async (path: string, body?: unknown, method?: string): Promise<unknown> => {
    const answer = await call(`${square.url}${path}`, {
      token,
      ...(body === undefined ? {} : { body }),
      ...(method === undefined ? {} : { method }),
    });
    return answer.body;
  };

  beforeAll(async () => {
    catcher = await startWebhookCatcher();
    square = await startHeldSquare(contract, seed);
    square.subscribe({ url: catcher.url, signatureKey: 'key' });
    await goEverywhere();
    await square.webhooksSettled();
  });

  afterAll(async () => {
    await square.close();
    await catcher.close();
  });

  async function goEverywhere(): Promise<void> {
    const lines = [
      { sku: 'LAMP', quantity: '2' },
      { sku: 'COFFEE-HOUSE', quantity: '0.125' },
    ];
    const sale = square.ringUpSale({ locationCode: LEEDS, lines, tender: 'GIFT_CARD' });
    const cash = square.ringUpSale({ locationCode: LEEDS, lines, tender: 'CASH', register: 2 });
    const back = square.ringUpReturn({
      locationCode: LEEDS,
      originalReceiptNumber: sale.receiptNumber,
      lines: [{ sku: 'LAMP', quantity: '1' }],
    });
    square.ringUpReturn({ locationCode: LEEDS, lines: [{ sku: 'LAMP', quantity: '1' }] });
    square.count({ locationCode: LEEDS, sku: 'LAMP', quantity: '7' });
    const [item] = seed.items;
    if (item) square.registerItem({ ...item, sku: 'NEW-1' });
    const place = square.locationId(LEEDS);
    const location_ids = [place];
    await goThroughMasterData(place);
    await ask('/v2/orders/search', { location_ids, limit: 1 });
    await ask('/v2/orders/search', { location_ids, return_entries: true });
    await ask('/v2/orders/batch-retrieve', { order_ids: [sale.orderId, back.orderId, cash.orderId] });
    const order = await ask(`/v2/orders/${sale.orderId}`);
    const payment_id = textAt(order, 'order', 'tenders', 0, 'payment_id');
    await ask(`/v2/refunds?location_id=${place}&sort_order=ASC&limit=1`);
    await ask(`/v2/refunds/${back.refundId}`);
    await ask('/v2/refunds', {
      idempotency_key: '1',
      payment_id,
      amount_money: { amount: 100, currency: 'GBP' },
      reason: 'Chipped',
    });
    await ask(`/v2/payments?location_id=${place}&sort_order=ASC&limit=1`);
    await ask(`/v2/payments/${payment_id}`);
    await goThroughInventory(place);
    await goThroughDrawers(place);
    await goThroughSubscriptions();
  }

  async function goThroughMasterData(place: string): Promise<void> {
    const variation = square.variationId('LAMP');
    await ask('/v2/locations');
    await ask(`/v2/locations/${place}`);
    await ask('/v2/catalog/list?types=ITEM,ITEM_VARIATION');
    await ask('/v2/catalog/search', { object_types: ['ITEM_VARIATION'], limit: 2, include_related_objects: true });
    await ask('/v2/catalog/batch-retrieve', { object_ids: [variation], include_related_objects: true });
    await ask(`/v2/catalog/object/${variation}`);
  }

  async function goThroughInventory(place: string): Promise<void> {
    const facts = {
      catalog_object_id: square.variationId('LAMP'),
      location_id: place,
      quantity: '3',
      occurred_at: new Date().toISOString(),
      reference_id: 'ref',
    };
    const made = await ask('/v2/inventory/changes/batch-create', {
      idempotency_key: '1',
      ignore_unchanged_counts: false,
      changes: [
        { type: 'PHYSICAL_COUNT', physical_count: { ...facts, state: 'IN_STOCK' } },
        { type: 'ADJUSTMENT', adjustment: { ...facts, from_state: 'IN_STOCK', to_state: 'WASTE' } },
      ],
    });
    await ask(`/v2/inventory/physical-counts/${textAt(made, 'changes', 0, 'physical_count', 'id')}`);
    await ask(`/v2/inventory/adjustments/${textAt(made, 'changes', 1, 'adjustment', 'id')}`);
    await ask('/v2/inventory/counts/batch-retrieve', { location_ids: [place], limit: 1 });
    await ask('/v2/inventory/changes/batch-retrieve', { location_ids: [place], limit: 1000 });
    await ask(`/v2/inventory/${facts.catalog_object_id}?location_ids=${place}`);
  }

  async function goThroughDrawers(place: string): Promise<void> {
    square.closeRegister({ locationCode: LEEDS, register: 2, countedMinor: 1 });
    const shifts = await ask(`/v2/cash-drawers/shifts?location_id=${place}&sort_order=ASC`);
    const path = `/v2/cash-drawers/shifts/${textAt(shifts, 'cash_drawer_shifts', 1, 'id')}`;
    expect(at(await ask(`${path}?location_id=${place}`), 'cash_drawer_shift', 'state')).toBe('CLOSED');
    await ask(`${path}/events?location_id=${place}&limit=10`);
  }

  async function goThroughSubscriptions(): Promise<void> {
    const subscription = { name: 'hub', notification_url: 'http://127.0.0.1:9/', event_types: ['order.created'] };
    const made = await ask('/v2/webhooks/subscriptions', { idempotency_key: 'k', subscription });
    const path = `/v2/webhooks/subscriptions/${textAt(made, 'subscription', 'id')}`;
    await ask('/v2/webhooks/subscriptions');
    await ask(path);
    await ask(path, undefined, 'DELETE');
  }

  test('is kept by every route that is served, in both directions', () => {
    expect([...contract.exchanges.keys()].sort()).toEqual([...square.routes].sort());
    expect(contract.takeFaults()).toEqual([]);
  });

  test('is kept by every notification', () => {
    expect([...contract.notifications.keys()].sort()).toEqual([...square.eventTypes].sort());
    for (const payload of contract.notifications.values()) expect(contract.faultsOfNotification(payload)).toEqual([]);
  });

  test('finds one misspelt member in the answer of any route', () => {
    for (const [route, exchange] of contract.exchanges) {
      const { answer } = exchange;
      if (JSON.stringify(answer) === '{}') continue;
      const faults = contract.faultsOfAnswer({ ...exchange, answer: misspelt(answer) }).join();
      expect([route, faults]).toEqual([route, expect.stringContaining('must NOT have additional properties')]);
    }
  });

  test('finds one misspelt member in any request, and one misspelt parameter', () => {
    for (const [route, exchange] of contract.exchanges) {
      if (exchange.text !== '') {
        const text = JSON.stringify(misspelt(JSON.parse(exchange.text)));
        expect([route, contract.faultsOfRequest({ ...exchange, text }).join()]).toEqual([
          route,
          expect.stringMatching(/additional properties|required property/),
        ]);
      }
      const query = new URLSearchParams([...exchange.query, ['locaton_id', 'L']]);
      expect(contract.faultsOfRequest({ ...exchange, query })).toEqual(['?locaton_id is no parameter']);
    }
  });

  test('finds one misspelt member in the object of any notification', () => {
    for (const payload of contract.notifications.values()) {
      const { data } = payload as { readonly data: { readonly object: unknown } };
      const told = { ...(payload as object), data: { ...data, object: misspelt(data.object) } };
      expect(contract.faultsOfNotification(told).length).toBeGreaterThan(0);
      expect(contract.faultsOfNotification({ ...(payload as object), merchant: 'm' }).length).toBe(1);
    }
    expect(contract.faultsOfNotification({ type: 'order.eaten' })).toHaveLength(1);
  });

  test('finds a wrong type, a wrong enum value, a required member that is missing and what only Square may write', () => {
    const search = contract.exchanges.get('POST /v2/orders/search');
    if (search === undefined) throw new Error('orders were not searched');
    const answer = { orders: [{ location_id: 7, state: 'SOLD' }, {}] };
    expect(contract.faultsOfAnswer({ ...search, answer }).join('\n')).toMatch(
      /location_id must be string[^]*state must be equal to one of the allowed values[^]*required property 'location_id'/,
    );
    const create = contract.exchanges.get('POST /v2/inventory/changes/batch-create');
    if (create === undefined) throw new Error('no changes were made');
    const changes = [{ type: 'ADJUSTMENT', adjustment: { transaction_id: 't' } }];
    expect(contract.faultsOfRequest({ ...create, text: JSON.stringify({ changes }) }).join('\n')).toMatch(
      /required property 'idempotency_key'[^]*additional properties: transaction_id/,
    );
  });

  test('finds a route that Square has not', () => {
    const [exchange] = contract.exchanges.values();
    if (exchange === undefined) throw new Error('nothing was asked');
    expect(contract.faultsOfAnswer({ ...exchange, route: 'GET /v2/tills' })).toEqual([
      'the contract has no such operation',
    ]);
  });

  test('is kept by errors, whatever causes them', async () => {
    square.faults.set({ throttle: 1 });
    const throttled = await call(`${square.url}/v2/locations`, { token });
    square.faults.set({ throttle: 0, outage: 'UNAVAILABLE' });
    const down = await call(`${square.url}/v2/locations`, { token });
    square.faults.clear();
    const refused = await call(`${square.url}/v2/orders/NOPE`, { token });
    const lost = await call(`${square.url}/v2/nothing`, { token });
    expect([throttled, down, refused, lost].map(({ status }) => status)).toEqual([429, 503, 404, 404]);
    expect(contract.takeFaults()).toEqual(['UNKNOWN: request the path is not served']);
  });
});

/** The first innermost member, found depth first, under another name. */
function misspelt(value: unknown): unknown {
  if (Array.isArray(value)) return [misspelt(value[0]), ...value.slice(1)];
  const entries = Object.entries(value as object);
  const inner = entries.find(([, each]) => hasNames(each));
  if (inner) return { ...(value as object), [inner[0]]: misspelt(inner[1]) };
  const [[name, kept] = ['', undefined], ...rest] = entries;
  return Object.fromEntries([[`${name}_x`, kept], ...rest]);
}

/** A list of words has no names to misspell. */
function hasNames(value: unknown): boolean {
  if (Array.isArray(value)) return hasNames(value[0]);
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
