import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { createDemoCatalogue } from '../demo-catalogue.ts';
import { posSeed } from '../demo-seeds.ts';
import { at, call, textAt } from '../testing/call.ts';
import { startSquareSimulator } from './square-simulator.ts';
import type { SquareSimulator } from './square-simulator.ts';

/**
 * Holds every answer to the vendor's own schemas: types, required members and enums by ajv; and, because those schemas
 * leave objects open, each member sent must also be one that the schema declares.
 */
const CONTRACT = fileURLToPath(new URL('../../../../shared/contracts/square-2.0.subset.openapi.json', import.meta.url));

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}
type Schemas = Readonly<Record<string, Schema>>;

const isPresent = existsSync(CONTRACT);
const whenPresent = isPresent ? describe : describe.skip;
const NO_CONTRACT = '{"components":{"schemas":{}}}';
// A skipped suite is easily overlooked.
if (!isPresent) console.warn('The Square contract is absent: no answer of the simulator is checked against it.');

whenPresent('Square contract', () => {
  const { components } = JSON.parse(isPresent ? readFileSync(CONTRACT, 'utf8') : NO_CONTRACT) as {
    readonly components: { readonly schemas: Schemas };
  };
  const { schemas } = components;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'square', components: readableByAjv(components) });

  function faultsOf(schemaName: string, body: unknown): readonly string[] {
    const validate = ajv.getSchema(`square#/components/schemas/${schemaName}`);
    if (validate === undefined) throw new Error(`the contract has no ${schemaName}`);
    const broken = validate(body)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    return [...broken, ...undeclared(body, { $ref: `#/components/schemas/${schemaName}` }, schemas)];
  }

  let square: SquareSimulator;
  const answers = new Map<string, unknown>();

  beforeAll(async () => {
    square = await startSquareSimulator(posSeed(createDemoCatalogue(), 'SQUARE'));
    const token = 'square-token';
    const ask = async (schema: string, path: string, body?: unknown): Promise<unknown> => {
      const answer = await call(`${square.url}${path}`, { token, ...(body === undefined ? {} : { body }) });
      answers.set(schema, answer.body);
      return answer.body;
    };
    const locationCode = 'STORE-LEEDS';
    const lines = [
      { sku: 'LAMP', quantity: '2' },
      { sku: 'COFFEE-HOUSE', quantity: '0.125' },
    ];
    const sale = square.ringUpSale({ locationCode, lines, tender: 'GIFT_CARD' });
    const originalReceiptNumber = sale.receiptNumber;
    const back = square.ringUpReturn({ locationCode, originalReceiptNumber, lines: [{ sku: 'LAMP', quantity: '1' }] });
    const location_ids = [square.locationId(locationCode)];
    await ask('ListLocationsResponse', '/v2/locations');
    await ask('RetrieveLocationResponse', `/v2/locations/${location_ids[0]}`);
    await ask('ListCatalogResponse', '/v2/catalog/list?types=ITEM,ITEM_VARIATION');
    await ask('SearchCatalogObjectsResponse', '/v2/catalog/search', { object_types: ['ITEM_VARIATION'], limit: 2 });
    await ask('BatchRetrieveCatalogObjectsResponse', '/v2/catalog/batch-retrieve', {
      object_ids: [square.variationId('LAMP')],
      include_related_objects: true,
    });
    await ask('SearchOrdersResponse', '/v2/orders/search', { location_ids });
    await ask('BatchRetrieveOrdersResponse', '/v2/orders/batch-retrieve', { order_ids: [sale.orderId, back.orderId] });
    const order = await ask('RetrieveOrderResponse', `/v2/orders/${sale.orderId}`);
    await ask('ListPaymentRefundsResponse', '/v2/refunds');
    await ask('GetPaymentRefundResponse', `/v2/refunds/${back.refundId}`);
    await ask('RefundPaymentResponse', '/v2/refunds', {
      idempotency_key: '1',
      payment_id: textAt(order, 'order', 'tenders', 0, 'payment_id'),
      amount_money: { amount: 100, currency: 'GBP' },
    });
    const facts = {
      catalog_object_id: square.variationId('LAMP'),
      location_id: location_ids[0],
      quantity: '3',
      occurred_at: new Date(Date.now()).toISOString(),
      reference_id: 'ref',
    };
    await ask('BatchChangeInventoryResponse', '/v2/inventory/changes/batch-create', {
      idempotency_key: '1',
      changes: [
        { type: 'PHYSICAL_COUNT', physical_count: { ...facts, state: 'IN_STOCK' } },
        { type: 'ADJUSTMENT', adjustment: { ...facts, from_state: 'IN_STOCK', to_state: 'WASTE' } },
      ],
    });
    await ask('BatchRetrieveInventoryCountsResponse', '/v2/inventory/counts/batch-retrieve', { location_ids });
    await ask('BatchRetrieveInventoryChangesResponse', '/v2/inventory/changes/batch-retrieve', {
      location_ids,
      limit: 1000,
    });
    await ask('CreateWebhookSubscriptionResponse', '/v2/webhooks/subscriptions', {
      subscription: { notification_url: 'http://127.0.0.1:9/', event_types: ['order.created'] },
    });
  });

  afterAll(async () => {
    await square.close();
  });

  test.each([
    'ListLocationsResponse',
    'RetrieveLocationResponse',
    'ListCatalogResponse',
    'SearchCatalogObjectsResponse',
    'BatchRetrieveCatalogObjectsResponse',
    'SearchOrdersResponse',
    'BatchRetrieveOrdersResponse',
    'RetrieveOrderResponse',
    'ListPaymentRefundsResponse',
    'GetPaymentRefundResponse',
    'RefundPaymentResponse',
    'BatchChangeInventoryResponse',
    'BatchRetrieveInventoryCountsResponse',
    'BatchRetrieveInventoryChangesResponse',
    'CreateWebhookSubscriptionResponse',
  ])('%s keeps to the contract and is no error', (schemaName) => {
    const body = answers.get(schemaName);
    expect(at(body, 'errors')).toBeUndefined();
    expect(Object.keys(body as object).length).toBeGreaterThan(0);
    expect(faultsOf(schemaName, body)).toEqual([]);
  });

  test('every error that the simulator answers is one that Square declares', async () => {
    const failing = await startSquareSimulator({
      ...posSeed(createDemoCatalogue(), 'SQUARE'),
      faults: { throttle: 1 },
    });
    const token = 'square-token';
    const throttled = await call(`${failing.url}/v2/locations`, { token });
    failing.faults.set({ throttle: 0, outage: 'UNAVAILABLE' });
    const down = await call(`${failing.url}/v2/locations`, { token });
    await failing.close();
    const lost = await call(`${square.url}/v2/orders/NOPE`, { token });
    for (const { body } of [throttled, down, lost]) expect(faultsOf('RetrieveOrderResponse', body)).toEqual([]);
  });

  test('sees a wrong type, a wrong enum value and an undeclared member', () => {
    const body = { orders: [{ location_id: 'L', state: 'SOLD', version: '1', till: 4 }] };
    const faults = faultsOf('BatchRetrieveOrdersResponse', body).join('\n');
    expect(faults).toMatch(/state must be equal to one of the allowed values/);
    expect(faults).toMatch(/version must be integer/);
    expect(faults).toMatch(/orders\.0\.till is not declared/);
  });
});

/**
 * The vendor's file refers to a schema that it does not define; anything passes there. It also writes `nullable` beside
 * `$ref`, which ajv refuses; without that keyword no null passes, and the simulator sends none.
 */
function readableByAjv(components: { readonly schemas: Schemas }): unknown {
  const text = JSON.stringify(components, (key, value: unknown) => {
    if (key === 'nullable' && typeof value === 'boolean') return undefined;
    if (key !== '$ref' || typeof value !== 'string') return value;
    return components.schemas[value.split('/').at(-1) ?? ''] === undefined ? undefined : value;
  });
  return JSON.parse(text);
}

function undeclared(
  value: unknown,
  schema: Schema,
  schemas: Schemas,
  path: readonly (string | number)[] = [],
): readonly string[] {
  const resolved = schema.$ref === undefined ? schema : schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (resolved === undefined || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    return value.flatMap((inner, index) => undeclared(inner, resolved.items ?? {}, schemas, [...path, index]));
  }
  const { properties } = resolved;
  if (properties === undefined) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const declared = properties[key];
    if (declared === undefined) return [`${[...path, key].join('.')} is not declared`];
    return undeclared(inner, declared, schemas, [...path, key]);
  });
}
