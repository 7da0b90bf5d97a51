import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDemoCatalogue } from '../demo-catalogue.ts';
import { erpSeed } from '../demo-seeds.ts';
import { at, call, listAt, textAt } from '../testing/call.ts';
import type { CallResult } from '../testing/call.ts';
import { startWebhookCatcher } from '../testing/webhook-catcher.ts';
import type { WebhookCatcher } from '../testing/webhook-catcher.ts';
import { startErpSimulator } from './erp-simulator.ts';
import type { ErpSimulator } from './erp-simulator.ts';

const seed = erpSeed(createDemoCatalogue());
const START_MS = Date.parse('2026-03-01T10:00:00Z');

let erp: ErpSimulator;
let catcher: WebhookCatcher;
let token = '';
let nowMs = START_MS;
const company = (): string => `/api/v2.0/companies(${erp.companyId})`;
const get = (path: string): Promise<CallResult> => call(`${erp.url}${company()}${path}`, { token });
const post = (path: string, body: unknown): Promise<CallResult> =>
  call(`${erp.url}${company()}${path}`, { token, body });
const query = (parameters: Record<string, string>): string => new URLSearchParams(parameters).toString();

async function fetchToken(client_secret = 'erp-secret'): Promise<CallResult> {
  const form = { grant_type: 'client_credentials', client_id: 'erp-client', client_secret };
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return call(`${erp.url}/oauth2/token`, { headers, body: query(form) });
}

beforeEach(async () => {
  nowMs = START_MS;
  catcher = await startWebhookCatcher();
  erp = await startErpSimulator({
    seed,
    now: () => nowMs,
    pageSizeMax: 25,
    notificationDelayMs: 5,
    webhooks: { backoffMs: 1 },
  });
  token = textAt((await fetchToken()).body, 'access_token');
});

afterEach(async () => {
  await erp.close();
  await catcher.close();
});

describe('ERP simulator', () => {
  test('items page by nextLink until each has come once', async () => {
    const numbers: unknown[] = [];
    let url: string | undefined = `${erp.url}${company()}/items?${query({ $select: 'number', $orderby: 'number' })}`;
    let pages = 0;
    while (url !== undefined) {
      const { body } = await call(url, { token });
      numbers.push(...listAt(body, 'value').map((item) => at(item, 'number')));
      url = at(body, '@odata.nextLink') as string | undefined;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(numbers).toEqual(seed.items.map(({ number }) => number).sort());
  });

  test('an item has a row for each of its units, and a kit one for each line of its BOM', async () => {
    erp.putItemUnit({ itemNumber: 'LAMP', code: 'CASE', qtyPerUnitOfMeasure: '12' });
    const line = { parentItemNumber: 'TEE-BLACK-M', lineNumber: 10_000, type: 'Item', number: 'LAMP' } as const;
    erp.putBomComponent({ ...line, unitOfMeasureCode: 'PCS', quantityPer: '3' });
    const units = await get(`/itemUnitsOfMeasure?${query({ $filter: "itemNumber in ('LAMP')" })}`);
    expect(listAt(units.body, 'value')).toMatchObject([
      { itemNumber: 'LAMP', code: 'PCS', qtyPerUnitOfMeasure: 1 },
      { itemNumber: 'LAMP', code: 'CASE', qtyPerUnitOfMeasure: 12 },
    ]);
    const bom = await get(`/bomComponents?${query({ $filter: "parentItemNumber in ('TEE-BLACK-M')" })}`);
    expect(listAt(bom.body, 'value')).toMatchObject([{ number: 'LAMP', unitOfMeasureCode: 'PCS', quantityPer: 3 }]);
  });

  test('many items are asked in one call, with product, attributes, unit and price', async () => {
    const { body } = await get(`/items?${query({ $filter: "number in ('TEE-BLACK-M','COFFEE-HOUSE','NOPE')" })}`);
    expect(listAt(body, 'value')).toHaveLength(2);
    expect(at(body, 'value', 0)).toMatchObject({
      number: 'TEE-BLACK-M',
      displayName: 'Organic cotton T-shirt, Black / M',
      productNumber: 'TEE',
      attributes: [
        { name: 'Colour', value: 'Black' },
        { name: 'Size', value: 'M' },
      ],
      baseUnitOfMeasureCode: 'PCS',
      unitPrice: 18,
      blocked: false,
      lastModifiedDateTime: '2026-03-01T10:00:00.000Z',
    });
    expect(at(body, 'value', 1)).toMatchObject({ baseUnitOfMeasureCode: 'KG', quantityStep: '0.001' });
    expect(erp.countOf('GET /api/v2.0/companies(:company)/items')).toBe(1);
  });

  test('changes since a time are found by lastModifiedDateTime', async () => {
    nowMs += 60_000;
    const lamp = seed.items.find(({ number }) => number === 'LAMP');
    if (lamp === undefined) throw new Error('the catalogue has no lamp');
    erp.putItem({ ...lamp, unitPriceMinor: 7100 });
    const { body } = await get(`/items?${query({ $filter: 'lastModifiedDateTime gt 2026-03-01T10:00:00Z' })}`);
    expect(listAt(body, 'value').map((item) => [at(item, 'number'), at(item, 'unitPrice')])).toEqual([['LAMP', 71]]);
  });

  test('master data: locations, units and prices per currency', async () => {
    const locations = await get(`/locations?${query({ $filter: "locationType eq 'DC'" })}`);
    expect(at(locations.body, 'value')).toMatchObject([
      { code: 'DC-NORTH', timeZone: 'Europe/London', city: 'Wakefield' },
    ]);
    const units = await get('/unitsOfMeasure');
    expect(
      listAt(units.body, 'value').map((unit) => [at(unit, 'code'), at(unit, 'internationalStandardCode')]),
    ).toEqual([
      ['PCS', 'EA'],
      ['KG', 'KGM'],
      ['CASE', 'CS'],
    ]);
    const prices = await get(`/salesPrices?${query({ $filter: "itemNumber in ('LAMP') and currencyCode eq 'EUR'" })}`);
    expect(at(prices.body, 'value')).toMatchObject([
      { priceListCode: 'RETAIL-EUR', unitPrice: 82.8, startingDate: '2025-01-01' },
    ]);
  });

  test('an order is created, found by its external number, shipped and invoiced', async () => {
    const made = await post('/salesOrders', {
      externalDocumentNumber: 'W-1',
      customerNumber: 'C-WEB-GB',
      salesOrderLines: [{ lineType: 'Item', lineObjectNumber: 'LAMP', quantity: 2, locationCode: 'DC-NORTH' }],
    });
    expect([made.status, at(made.body, 'totalAmountIncludingTax'), at(made.body, 'salesOrderLines')]).toEqual([
      201,
      138,
      undefined,
    ]);
    const id = textAt(made.body, 'id');
    const early = await post(`/salesOrders(${id})/Microsoft.NAV.invoice`, {});
    expect([early.status, at(early.body, 'error', 'code')]).toEqual([400, 'Application_DialogException']);
    const filter = { $filter: "externalDocumentNumber eq 'W-1'", $expand: 'salesOrderLines' };
    expect((await post(`/salesOrders(${id})/Microsoft.NAV.ship`, {})).status).toBe(204);
    expect((await post(`/salesOrders(${id})/Microsoft.NAV.invoice`, {})).status).toBe(204);
    const found = await get(`/salesOrders?${query(filter)}`);
    expect(at(found.body, 'value')).toMatchObject([
      { id, fullyShipped: true, fullyInvoiced: true, salesOrderLines: [{ shippedQuantity: 2, invoicedQuantity: 2 }] },
    ]);
    const invoices = await get(`/salesInvoices?${query({ $filter: "externalDocumentNumber eq 'W-1'" })}`);
    expect(at(invoices.body, 'value')).toMatchObject([{ orderId: id, totalAmountIncludingTax: 138 }]);
  });

  test('the external document number is no key: posting twice makes two orders', async () => {
    const order = {
      externalDocumentNumber: 'W-2',
      customerNumber: 'C-WEB-GB',
      salesOrderLines: [{ lineObjectNumber: 'LAMP', quantity: 1 }],
    };
    await post('/salesOrders', order);
    await post('/salesOrders', order);
    expect(erp.salesOrders()).toHaveLength(2);
  });

  test('a change with an old etag is refused with 412 and changes nothing', async () => {
    const { body } = await get(`/items?${query({ $filter: "number eq 'LAMP'" })}`);
    const [id, etag] = [textAt(body, 'value', 0, 'id'), textAt(body, 'value', 0, '@odata.etag')];
    const patch = (headers: Record<string, string>): Promise<CallResult> =>
      call(`${erp.url}${company()}/items(${id})`, { token, method: 'PATCH', headers, body: { unitPrice: 70 } });
    const answers = [await patch({ 'if-match': etag }), await patch({ 'if-match': etag }), await patch({})];
    expect(answers.map(({ status, body: answer }) => [status, at(answer, 'error', 'code')])).toEqual([
      [200, undefined],
      [412, 'Request_EntityChanged'],
      [400, 'BadRequest'],
    ]);
  });

  test('a batch runs each part on its own, is one call, and holds at most 100', async () => {
    const batch = (requests: unknown[]): Promise<CallResult> =>
      call(`${erp.url}/api/v2.0/$batch`, { token, body: { requests } });
    erp.resetRequests();
    const { body } = await batch([
      { id: 'a', method: 'GET', url: `companies(${erp.companyId})/items?$filter=number eq 'LAMP'` },
      { id: 'b', method: 'GET', url: `companies(${erp.companyId})/items(00000000-0000-4000-8000-000000000000)` },
      {
        id: 'c',
        method: 'POST',
        url: `companies(${erp.companyId})/salesOrders`,
        headers: { 'Content-Type': 'application/json' },
        body: {
          externalDocumentNumber: 'W-3',
          customerNumber: 'C-WEB-GB',
          salesOrderLines: [{ lineObjectNumber: 'LAMP', quantity: 1 }],
        },
      },
    ]);
    expect(listAt(body, 'responses').map((part) => [at(part, 'id'), at(part, 'status')])).toEqual([
      ['a', 200],
      ['b', 404],
      ['c', 201],
    ]);
    expect(at(body, 'responses', 0, 'body', 'value', 0, 'number')).toBe('LAMP');
    expect(erp.requests().map(({ route }) => route)).toEqual(['POST /api/v2.0/$batch']);
    const part = { id: '1', method: 'GET', url: 'companies' };
    expect((await batch(Array.from({ length: 101 }, () => part))).status).toBe(400);
    erp.faults.set({ partialFailure: 1 });
    const failed = await batch([part]);
    expect([failed.status, at(failed.body, 'responses', 0, 'status')]).toEqual([200, 503]);
  });

  test('tokens expire, and a wrong secret gives an OAuth error', async () => {
    expect((await get('/items')).status).toBe(200);
    nowMs += 300_001;
    const expired = await get('/items');
    expect([expired.status, at(expired.body, 'error', 'code')]).toEqual([401, 'Authentication_InvalidCredentials']);
    const wrong = await fetchToken('guess');
    expect([wrong.status, at(wrong.body, 'error')]).toEqual([401, 'invalid_client']);
  });

  test('a subscription needs the echo of its token, and its notifications carry ids only, several in one request', async () => {
    const subscriptions = `${erp.url}/api/v2.0/subscriptions`;
    const resource = `api/v2.0/companies(${erp.companyId})/items`;
    const deaf = await call(subscriptions, { token, body: { notificationUrl: `${erp.url}/nowhere`, resource } });
    expect([deaf.status, at(deaf.body, 'error', 'code')]).toEqual([400, 'BadRequest']);
    const made = await call(subscriptions, {
      token,
      body: { notificationUrl: catcher.url, resource, clientState: 'secret' },
    });
    expect([made.status, at(made.body, 'expirationDateTime')]).toEqual([201, '2026-03-04T10:00:00.000Z']);
    for (const item of seed.items.slice(0, 2)) erp.putItem({ ...item, blocked: true });
    await erp.webhooksSettled();
    expect(catcher.caught).toHaveLength(1);
    const { value } = JSON.parse(catcher.caught[0]?.body ?? '') as { value: Record<string, unknown>[] };
    expect(value).toHaveLength(2);
    expect(Object.keys(value[0] ?? {}).sort()).toEqual([
      'changeType',
      'clientState',
      'expirationDateTime',
      'lastModifiedDateTime',
      'resource',
      'subscriptionId',
    ]);
    const resourcePath = String(value[0]?.['resource']);
    const item = await call(`${erp.url}/${resourcePath}`, { token });
    expect(at(item.body, 'blocked')).toBe(true);
  });

  test('an expired subscription is silent until it is renewed', async () => {
    const subscriptions = `${erp.url}/api/v2.0/subscriptions`;
    const resource = `api/v2.0/companies(${erp.companyId})/items`;
    const made = await call(subscriptions, { token, body: { notificationUrl: catcher.url, resource } });
    nowMs += 3 * 86_400_000;
    const [first] = seed.items;
    if (first === undefined) throw new Error('the catalogue is empty');
    erp.putItem(first);
    await erp.webhooksSettled();
    expect(catcher.caught).toHaveLength(0);
    token = textAt((await fetchToken()).body, 'access_token');
    const url = `${subscriptions}('${textAt(made.body, 'subscriptionId')}')`;
    const headers = { 'if-match': textAt(made.body, '@odata.etag') };
    expect((await call(url, { token, method: 'PATCH', headers, body: {} })).status).toBe(200);
    erp.putItem(first);
    await erp.webhooksSettled();
    expect(catcher.caught).toHaveLength(1);
  });

  test('errors are OData errors', async () => {
    const answers = [
      await get(`/items?${query({ $filter: 'number like 1' })}`),
      await get('/items(nope)'),
      await get('/nothing'),
    ];
    expect(answers.map(({ status, body }) => [status, at(body, 'error', 'code')])).toEqual([
      [400, 'BadRequest'],
      [404, 'BadRequest_ResourceNotFound'],
      [404, 'BadRequest_NotFound'],
    ]);
    expect(answers.every(({ body }) => typeof at(body, 'error', 'message') === 'string')).toBe(true);
  });
});
