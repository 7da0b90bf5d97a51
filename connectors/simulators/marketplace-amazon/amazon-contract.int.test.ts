import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, call, listAt, textAt } from '../testing/call.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../testing/webhook-catcher.ts';
import { AMAZON_CREDENTIALS, type AmazonSimulator } from './amazon-simulator.ts';
import type { MarketOrder } from './market-order.ts';
import { AmazonContract, startHeldAmazon, type SandboxExample } from './testing/amazon-contract.ts';

/*
 * Goes every route of the simulator and causes every notification; each exchange, with one member misspelt, has to be found
 * wrong, so the check cannot be blind to any of them. Then the vendor's own sandbox requests are asked of the simulator.
 */

const contract = AmazonContract.open() as AmazonContract;
const whenPresent = AmazonContract.isPresent ? describe : describe.skip;
const MARKETPLACE = 'ATVPDKIKX0DER';
const LISTINGS = [
  { sku: 'LAMP', asin: 'B000000001', title: 'Lamp', priceMinor: 2_500 },
  { sku: 'GM-ZDPI-9B4E', asin: 'B07N4M94X4', title: 'Desk', priceMinor: 1_000 },
];

const FEED = `<?xml version="1.0"?><AmazonEnvelope><MessageType>OrderAcknowledgement</MessageType></AmazonEnvelope>`;

whenPresent('Amazon contracts', () => {
  let amazon: AmazonSimulator;
  let catcher: WebhookCatcher;
  let token = '';

  const ask = async (path: string, body?: unknown, method?: string) =>
    call(path.startsWith('http') ? path : `${amazon.url}${path}`, {
      headers: { 'x-amz-access-token': token },
      ...(body === undefined ? {} : { body }),
      ...(method === undefined ? {} : { method }),
    });

  beforeAll(async () => {
    catcher = await startWebhookCatcher();
    amazon = await startHeldAmazon(contract, {
      listings: LISTINGS,
      marketplaceId: MARKETPLACE,
      currency: 'USD',
      ratesTimes: 1_000,
    });
    amazon.subscribe({ url: catcher.url, apiKey: 'key' });
    token = await logIn();
    await goEverywhere();
    await amazon.webhooksSettled();
  });

  afterAll(async () => {
    await amazon.close();
    await catcher.close();
  });

  async function logIn(): Promise<string> {
    const { clientId, clientSecret, refreshToken } = AMAZON_CREDENTIALS;
    const form = { grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret };
    const body = new URLSearchParams({ ...form, refresh_token: refreshToken }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return textAt((await call(`${amazon.url}/auth/o2/token`, { body, headers })).body, 'access_token');
  }

  async function goEverywhere(): Promise<void> {
    await goThroughNotifications();
    const lines = [{ sku: 'LAMP', quantity: 2, discountMinor: 100, shippingMinor: 399 }];
    const order = amazon.buy({ lines });
    const pending = amazon.buy({ lines, isPending: true });
    amazon.pay(pending.id);
    amazon.askToCancel(pending.id, 'Found it cheaper');
    amazon.callOff(pending.id);
    const orders = '/orders/v0/orders';
    await ask(`${orders}?MarketplaceIds=${MARKETPLACE}&LastUpdatedAfter=2020-01-01T00:00:00Z&MaxResultsPerPage=1`);
    for (const rest of ['', '/address', '/orderItems']) await ask(`${orders}/${order.id}${rest}`);
    const usual = token;
    const restrictedResources = [{ method: 'GET', path: '/orders/v0/orders/{orderId}/address' }];
    const restricted = await ask('/tokens/2021-03-01/restrictedDataToken', { restrictedResources });
    token = textAt(restricted.body, 'restrictedDataToken');
    const whole = await ask(`${orders}/${order.id}/address`);
    expect(textAt(whole.body, 'payload', 'ShippingAddress', 'Name')).toBe('Sam Buyer');
    token = usual;
    await ask(`${orders}/${order.id}/shipmentConfirmation`, shipmentOf(order));
    await goThroughFeeds();
    const listing = `/listings/2021-08-01/items/${amazon.sellerId}/LAMP?marketplaceIds=${MARKETPLACE}`;
    const value = [{ fulfillment_channel_code: 'DEFAULT', quantity: 7 }];
    const patches = [{ op: 'replace', path: '/attributes/fulfillment_availability', value }];
    await ask(listing, { productType: 'PRODUCT', patches }, 'PATCH');
    await ask(listing);
  }

  const shipmentOf = (order: MarketOrder) => ({
    marketplaceId: MARKETPLACE,
    packageDetail: {
      packageReferenceId: '1',
      carrierCode: 'DPD',
      trackingNumber: '4711',
      shipDate: new Date().toISOString(),
      orderItems: [{ orderItemId: order.items[0]?.id, quantity: 1 }],
    },
  });

  async function uploaded(): Promise<string> {
    const { body } = await ask('/feeds/2021-06-30/documents', { contentType: 'text/xml; charset=UTF-8' });
    await call(textAt(body, 'url'), { method: 'PUT', body: FEED });
    return textAt(body, 'feedDocumentId');
  }

  async function goThroughFeeds(): Promise<void> {
    const inputFeedDocumentId = await uploaded();
    const marketplaceIds = [MARKETPLACE];
    const feed = { feedType: 'POST_ORDER_ACKNOWLEDGEMENT_DATA', marketplaceIds, inputFeedDocumentId };
    const made = await ask('/feeds/2021-06-30/feeds', feed);
    const state = await ask(`/feeds/2021-06-30/feeds/${textAt(made.body, 'feedId')}`);
    const result = await ask(`/feeds/2021-06-30/documents/${textAt(state.body, 'resultFeedDocumentId')}`);
    expect(await (await fetch(textAt(result.body, 'url'))).text()).toContain(
      '<MessagesProcessed>0</MessagesProcessed>',
    );
  }

  async function goThroughNotifications(): Promise<void> {
    const bus = { accountId: '123456789012', region: 'eu-west-1' };
    const made = await ask('/notifications/v1/destinations', {
      name: 'hub',
      resourceSpecification: { eventBridge: bus },
    });
    await ask('/notifications/v1/destinations');
    const path = '/notifications/v1/subscriptions/ORDER_CHANGE';
    const destinationId = textAt(made.body, 'payload', 'destinationId');
    const subscribed = await ask(path, { payloadVersion: '1.0', destinationId });
    await ask(path);
    await ask(`${path}/${textAt(subscribed.body, 'payload', 'subscriptionId')}`, undefined, 'DELETE');
  }

  test('are kept by every route that is served, in both directions', () => {
    const served = amazon.routes.filter((route) => !/token|\/documents\/:id$/.test(route));
    expect([...contract.exchanges.keys()].sort()).toEqual([...served].sort());
    expect(contract.takeFaults()).toEqual([]);
  });

  test('are kept by every notification', () => {
    const reasons = contract.notifications.map((event) =>
      at(event, 'detail', 'Payload', 'OrderChangeNotification', 'OrderChangeTrigger', 'ChangeReason'),
    );
    expect(new Set(reasons)).toEqual(
      new Set(['Order Placed', 'Payment Verified', 'Buyer Requested Cancel', 'Order Canceled', 'Shipment Confirmed']),
    );
    for (const event of contract.notifications) expect(contract.faultsOfNotification(event)).toEqual([]);
  });

  test('find one misspelt member in the answer of any route, and in any request', () => {
    for (const [route, exchange] of contract.exchanges) {
      const { answer, text } = exchange;
      if (answer !== undefined && JSON.stringify(answer) !== '{}') {
        const faults = contract.faultsOfAnswer({ ...exchange, answer: misspelt(answer) });
        expect([route, faults.length > 0]).toEqual([route, true]);
      }
      if (text !== '') {
        const body = JSON.parse(text) as object;
        // The attributes of a listing are whatever its kind of product has: the contract leaves them open.
        const wrong = route.startsWith('PATCH') ? outermost(body) : misspelt(body);
        const faults = contract.faultsOfRequest({ ...exchange, text: JSON.stringify(wrong) });
        expect([route, faults.length > 0]).toEqual([route, true]);
      }
      const query = new URLSearchParams([...exchange.query, ['MarketplaceIdz', 'x']]);
      expect(contract.faultsOfRequest({ ...exchange, query })).toEqual(['?MarketplaceIdz is no parameter']);
    }
  });

  test('find one misspelt member in any notification, a wrong word, and what is missing', () => {
    for (const event of contract.notifications) {
      const { detail } = event as { readonly detail: object };
      expect(contract.faultsOfNotification({ detail: misspelt(detail) }).length).toBeGreaterThan(0);
    }
    const [exchange] = [...contract.exchanges.entries()].filter(
      ([route]) => route === 'GET /orders/v0/orders/:orderId',
    );
    const answer = { payload: { AmazonOrderId: 7, PurchaseDate: 'x', OrderStatus: 'Eaten' } };
    const faults = contract.faultsOfAnswer({ ...(exchange?.[1] as never as object), answer } as never).join('\n');
    expect(faults).toMatch(/LastUpdateDate[^]*must be string[^]*allowed values/);
  });

  test('are kept by errors, whatever causes them', async () => {
    const orders = `/orders/v0/orders?MarketplaceIds=${MARKETPLACE}&CreatedAfter=2020-01-01T00:00:00Z`;
    amazon.faults.set({ throttle: 1 });
    const throttled = await ask(orders);
    amazon.faults.set({ throttle: 0, outage: 'UNAVAILABLE' });
    const down = await ask(orders);
    amazon.faults.clear();
    const lost = await ask('/orders/v0/orders/999-9999999-9999999');
    amazon.revokeTokens();
    const forbidden = await ask(orders);
    token = await logIn();
    expect([throttled, down, lost, forbidden].map(({ status }) => status)).toEqual([429, 503, 404, 403]);
    expect(contract.takeFaults()).toEqual([]);
  });

  test('are kept by the vendor itself: its own sandbox answers fit', () => {
    expect(contract.examples.length).toBeGreaterThan(50);
    const served = contract.examples.filter((example) => routeOf(amazon, example) !== undefined && example.response);
    const faults = served.flatMap((example) => {
      const answer = example.status === 204 ? undefined : example.response;
      const exchange = { method: example.method, path: example.path, query: new URLSearchParams(), text: '' };
      const route = routeOf(amazon, example) as string;
      return contract.faultsOfAnswer({ ...exchange, route, status: example.status, answer });
    });
    expect(faults).toEqual([]);
  });

  test('answers the requests of the vendor’s sandbox as the vendor does', async () => {
    for (const order of sandboxOrders(contract.examples)) amazon.adopt(order);
    const document = await uploaded();
    const asked = contract.examples.filter((example) => SANDBOXED.includes(`${example.method} ${example.path}`));
    expect(asked.length).toBeGreaterThan(15);
    const seen: unknown[] = [];
    for (const example of asked) {
      const { path, body } = requestOf(example, { document });
      const { status, body: answer } = await ask(path, body, example.method);
      const shape = { status: example.status, members: membersOf(example.response) };
      seen.push({ path, status: example.status });
      expect([path, { status, members: membersOf(answer) }]).toEqual([path, shape]);
    }
    expect(seen).toHaveLength(asked.length);
    contract.takeFaults();
  });
});

/** The operations whose sandbox requests mean something to a simulator that has what they ask for. */
const SANDBOXED = [
  'GET /orders/v0/orders',
  'GET /orders/v0/orders/{orderId}',
  'GET /orders/v0/orders/{orderId}/address',
  'GET /orders/v0/orders/{orderId}/orderItems',
  'POST /orders/v0/orders/{orderId}/shipmentConfirmation',
  'POST /feeds/2021-06-30/documents',
  'POST /feeds/2021-06-30/feeds',
];

/** The first innermost member, found depth first, under another name. */
function misspelt(value: unknown): unknown {
  if (Array.isArray(value)) return [misspelt(value[0]), ...value.slice(1)];
  const entries = Object.entries(value as object);
  const inner = entries.find(([, each]) => hasNames(each));
  if (inner) return { ...(value as object), [inner[0]]: misspelt(inner[1]) };
  return outermost(value as object);
}

/** The first member under another name. */
function outermost(value: object): unknown {
  const [[name, kept] = ['', undefined], ...rest] = Object.entries(value);
  return Object.fromEntries([[`${name}_x`, kept], ...rest]);
}

function hasNames(value: unknown): boolean {
  if (Array.isArray(value)) return hasNames(value[0]);
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function routeOf({ routes }: AmazonSimulator, { method, path }: SandboxExample): string | undefined {
  return routes.find((route) => route.replaceAll(/:([a-zA-Z]+)/g, '{$1}') === `${method} ${path}`);
}

/** The members of an answer, and those of its payload that every order and item has. */
function membersOf(answer: unknown): readonly string[] {
  const { errors } = (answer ?? {}) as { readonly errors?: readonly object[] };
  if (errors) return ['errors', ...Object.keys(errors[0] ?? {}).filter((name) => name !== 'details')];
  return Object.keys(answer ?? {}).sort();
}

/** Orders as the sandbox knows them, so that the same requests can be asked. */
function sandboxOrders(examples: readonly SandboxExample[]): readonly MarketOrder[] {
  const items = examples.find(({ path, status }) => path.endsWith('/orderItems') && status === 200);
  const [item] = listAt(items?.response, 'payload', 'OrderItems');
  const order = (id: string, itemId: string): MarketOrder => ({
    id,
    marketplaceId: MARKETPLACE,
    currency: 'USD',
    status: 'Unshipped',
    purchasedAtMs: 1_000,
    updatedAtMs: 2_000,
    latestShipAtMs: 3_000,
    destination: {
      name: 'MFNIntegrationTestMerchant',
      street: '2201 WESTLAKE AVE',
      city: 'SEATTLE',
      postalCode: '98121-2778',
      countryCode: 'US',
    },
    acknowledgement: 'NONE',
    packages: new Map(),
    items: [
      {
        id: itemId,
        asin: textAt(item, 'ASIN'),
        sku: textAt(item, 'SellerSKU'),
        title: textAt(item, 'Title'),
        quantity: 1,
        unitPriceMinor: 1_000,
        discountMinor: 0,
        promotion: null,
        shippingMinor: 0,
        cancelAsked: null,
      },
    ],
  });
  return [order('902-1845936-5435065', textAt(item, 'OrderItemId')), order('902-1106328-1059050', '79039765272157')];
}

/** `TEST_CASE_…` stands for whatever has that effect. */
function requestOf(
  { method, path: pattern, status, request }: SandboxExample,
  { document }: { readonly document: string },
): { readonly path: string; readonly body?: unknown } {
  const parameters = Object.entries(request?.parameters ?? {});
  const valueOf = (name: string, value: unknown): unknown => {
    if (name === 'orderId' && String(value).startsWith('TEST_CASE')) {
      return status === 200 ? '902-1845936-5435065' : 'TEST_CASE_400';
    }
    return name === 'CreatedAfter' && status === 200 ? '1970-01-01T00:00:00Z' : value;
  };
  const named = new Map(parameters.map(([name, { value }]) => [name, valueOf(name, value)]));
  const path = pattern.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => encodeURIComponent(String(named.get(name))));
  const query = [...named].filter(
    ([name]) => name !== 'body' && name !== 'NextToken' && !pattern.includes(`{${name}}`),
  );
  const text = new URLSearchParams(query.map(([name, value]) => [name, String(value)])).toString();
  const body = named.get('body') as Readonly<Record<string, unknown>> | undefined;
  const isFeed = status === 202;
  return {
    path: text === '' ? path : `${path}?${text}`,
    ...(body !== undefined && { body: isFeed ? { ...body, inputFeedDocumentId: document } : body }),
    ...(method === 'POST' && body === undefined && { body: {} }),
  };
}
