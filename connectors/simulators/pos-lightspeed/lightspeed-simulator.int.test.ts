import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDemoCatalogue } from '../demo-catalogue.ts';
import { posSeed } from '../demo-seeds.ts';
import { at, call, listAt } from '../testing/call.ts';
import type { CallResult } from '../testing/call.ts';
import { startWebhookCatcher } from '../testing/webhook-catcher.ts';
import type { WebhookCatcher } from '../testing/webhook-catcher.ts';
import { startLightspeedSimulator } from './lightspeed-simulator.ts';
import type { LightspeedSimulator } from './lightspeed-simulator.ts';

const seed = posSeed(createDemoCatalogue(), 'LIGHTSPEED');
const BATH = 'STORE-BATH';

let lightspeed: LightspeedSimulator;
let catcher: WebhookCatcher;
const get = (path: string): Promise<CallResult> => call(`${lightspeed.url}${path}`, { token: 'lightspeed-token' });
const sell = (sku: string, quantity: string): { saleId: string; receiptNumber: string } =>
  lightspeed.ringUpSale({ locationCode: BATH, lines: [{ sku, quantity }] });

beforeEach(async () => {
  catcher = await startWebhookCatcher();
  lightspeed = await startLightspeedSimulator({ ...seed, webhooks: { backoffMs: 1 } });
});

afterEach(async () => {
  await lightspeed.close();
  await catcher.close();
});

async function walk(path: string): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  let after: unknown = 0;
  for (;;) {
    const { body } = await get(`${path}?after=${String(after)}&page_size=50`);
    const page = listAt(body, 'data');
    if (page.length === 0) return rows;
    rows.push(...page);
    after = at(body, 'version', 'max');
  }
}

describe('Lightspeed simulator', () => {
  test('the version cursor walks every record once, and an edited sale reappears with a higher version', async () => {
    const ids = Array.from({ length: 3 }, () => sell('LAMP', '1').saleId);
    const before = await walk('/api/2.0/sales');
    expect(before.map((sale) => at(sale, 'id'))).toEqual(ids);
    lightspeed.amendSale(String(ids[0]), { note: 'gift' });
    const { body } = await get(`/api/2.0/sales?after=${String(at(before[2], 'version'))}`);
    expect(listAt(body, 'data').map((sale) => [at(sale, 'id'), at(sale, 'note')])).toEqual([[ids[0], 'gift']]);
    expect(await walk('/api/2.0/products')).toHaveLength(seed.items.length);
    expect(await walk('/api/2.0/inventory')).toHaveLength(seed.openingStock.length);
    expect(await walk('/api/2.0/outlets')).toHaveLength(3);
  });

  test('many receipts are looked up in one call, unknown ones left out', async () => {
    const [first, second] = [sell('LAMP', '1'), sell('COFFEE-HOUSE', '0.125')];
    const query = [first.receiptNumber, 'NOPE', second.receiptNumber]
      .map((number) => `&invoice_number=${number}`)
      .join('');
    const { body } = await get(`/api/2.0/search?type=sales${query}`);
    expect(listAt(body, 'data').map((sale) => at(sale, 'id'))).toEqual([first.saleId, second.saleId]);
    expect(at(body, 'data', 1, 'line_items', 0)).toMatchObject({ quantity: 0.125, total_price_incl: 3.06 });
    expect(lightspeed.countOf('GET /api/2.0/search')).toBe(1);
  });

  test('products are looked up by SKU', async () => {
    const { body } = await get('/api/2.0/search?type=products&sku=LAMP&sku=NOPE');
    expect(listAt(body, 'data').map((product) => at(product, 'id'))).toEqual([lightspeed.productId('LAMP')]);
  });

  test('a return is a sale with negative quantities that names the original; a blind one names none', async () => {
    const sale = sell('LAMP', '2');
    const lines = [{ sku: 'LAMP', quantity: '1' }];
    const linked = lightspeed.ringUpReturn({ locationCode: BATH, originalReceiptNumber: sale.receiptNumber, lines });
    const blind = lightspeed.ringUpReturn({ locationCode: BATH, lines });
    const { body } = await get(`/api/2.0/sales/${linked.saleId}`);
    expect(at(body, 'data')).toMatchObject({
      return_for: sale.saleId,
      total_price_incl: -69,
      line_items: [{ quantity: -1, is_return: true }],
      payments: [{ amount: -69 }],
    });
    expect(at((await get(`/api/2.0/sales/${blind.saleId}`)).body, 'data', 'return_for')).toBeNull();
  });

  test('the euro store sells at euro prices', async () => {
    const { saleId } = lightspeed.ringUpSale({ locationCode: 'STORE-DUBLIN', lines: [{ sku: 'LAMP', quantity: '1' }] });
    const { body } = await get(`/api/2.0/sales/${saleId}`);
    expect(at(body, 'data')).toMatchObject({ currency: 'EUR', total_price_incl: 82.8 });
  });

  test('webhooks are forms that carry the whole sale with decimals as text, signed over the raw body', async () => {
    lightspeed.subscribe({ url: catcher.url, secret: 's3', types: ['sale.update'] });
    const { saleId } = sell('COFFEE-HOUSE', '0.125');
    await lightspeed.webhooksSettled();
    const [message] = catcher.caught;
    const form = new URLSearchParams(message?.body);
    expect(form.get('type')).toBe('sale.update');
    const payload: unknown = JSON.parse(form.get('payload') ?? '');
    expect(payload).toMatchObject({ id: saleId, line_items: [{ quantity: '0.12500', total_price_incl: '3.06000' }] });
    const signature = createHmac('sha256', 's3').update(String(message?.body)).digest('hex');
    expect(message?.headers['x-signature']).toBe(`signature=${signature},algorithm=HMAC-SHA256`);
  });

  test('a webhook made over HTTP gets inventory levels after a count and is removed again', async () => {
    const token = 'lightspeed-token';
    const data = JSON.stringify({ type: 'inventory.update', url: catcher.url, active: true });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const made = await call(`${lightspeed.url}/api/webhooks`, {
      token,
      headers,
      body: new URLSearchParams({ data }).toString(),
    });
    lightspeed.count({ locationCode: BATH, sku: 'LAMP', quantity: '4' });
    await lightspeed.webhooksSettled();
    const payload: unknown = JSON.parse(new URLSearchParams(catcher.caught[0]?.body).get('payload') ?? '');
    expect(payload).toMatchObject({
      outlet_id: lightspeed.outletId(BATH),
      product_id: lightspeed.productId('LAMP'),
      current_amount: '4.00000',
    });
    const removed = await call(`${lightspeed.url}/api/webhooks/${String(at(made.body, 'id'))}`, {
      token,
      method: 'DELETE',
    });
    expect([made.status, removed.status]).toEqual([201, 204]);
  });

  test('errors have the vendor shape', async () => {
    const wrong = await get('/api/2.0/sales?after=yesterday');
    const lost = await get('/api/2.0/sales/nope');
    expect([wrong.status, at(wrong.body, 'details', 'after', 0)]).toEqual([400, 'after must be a version number']);
    expect([lost.status, lost.body]).toEqual([404, { error: 'Sale not found', status: 'error' }]);
  });
});
