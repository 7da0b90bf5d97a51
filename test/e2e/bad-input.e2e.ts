import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { ROLES, type Role } from '../../schema/scopes.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import { createHubClient, type HubClient } from '../../scripts/client/hub-client.ts';
import { DEMO_SECRETS, DEMO_SYSTEMS } from '../../scripts/demo/connect-demo-retailer.ts';
import { subscribe } from '../harness/live-frames.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { readState } from '../harness/read-state.ts';
import { stockShelves } from '../harness/stock-shelves.ts';

/* Whatever is refused is refused by a code of the registry, and neither stock nor orders have moved by it. */

const RESERVE = `mutation ($input: ReserveStockInput!) { reserveStock(input: $input) { reservations { id } changeCursor } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id externalId } changeCursor } }`;
const CANCEL = `mutation ($order: ID!) { cancelOrder(input: { order: $order }) { order { id } } }`;
const POSITIONS = `query ($location: ID!) { positions(location: $location) { edges { node { onHand } } } }`;
const AVAILABILITY = `query ($channel: ID!, $atLeast: ChangeCursor) {
  availability(skus: ["LAMP"], channel: $channel, atLeast: $atLeast) { available } }`;
const LIVE_AVAILABILITY = `subscription ($after: ChangeCursor) {
  availabilityChanged(channel: "WEB-GB", skus: ["LAMP"], after: $after) { cursor reset changes { available } } }`;
const LIVE_POSITIONS = `subscription ($location: ID!) {
  positionChanged(location: $location) { cursor reset changes { onHand } } }`;
const LIVE_ORDERS = `subscription ($customer: String, $order: ID) {
  orderStatusChanged(customer: $customer, order: $order) { cursor reset changes { status } } }`;

const WATCHED = { skus: ['LAMP', 'COFFEE-HOUSE'], channel: 'WEB-GB' };

let demo: DemoHub;
let agent: HubClient;
let shopper: HubClient;
let york: HubClient;
let aliceOrder: { readonly id: string; readonly cursor: string };

beforeAll(async () => {
  demo = await openDemoHub();
  agent = await demo.as('agent');
  shopper = await demo.as('shopper', { customer: 'ALICE' });
  york = await demo.as('store', { stores: ['STORE-YORK'] });
  await stockShelves(demo, [
    { location: 'DC-NORTH', sku: 'LAMP', quantity: '20' },
    { location: 'DC-NORTH', sku: 'COFFEE-HOUSE', quantity: '4.5' },
    { location: 'STORE-LEEDS', sku: 'LAMP', quantity: '3' },
  ]);
  const { placeOrder } = await place(shopper, 'KNOWN-1');
  aliceOrder = { id: placeOrder.order.id, cursor: placeOrder.changeCursor };
  // From here on nothing moves by itself: the warehouse has its work and nobody does it.
  await waitFor(() => demo.retailer.wms.orders()[0], 'the work at the warehouse');
  await waitFor(async () => {
    const { orders } = await readState(agent, WATCHED);
    return orders[0]?.lines[0]?.states[0]?.state === 'RELEASED';
  }, 'the release');
}, 60_000);

afterAll(() => demo?.[Symbol.asyncDispose]());

interface Signed {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Vendor {
  readonly system: string;
  readonly path: string;
  readonly key: string;
  /** False where the proof is a text that the body carries. */
  readonly signsBody: boolean;
  /** What the message changes once it is believed. */
  readonly changes: readonly ('positions' | 'orders')[];
  /** A message of which the hub has not been told. */
  write(): Promise<string>;
  sign(body: string, key: string): Signed;
}

const hmac = (key: string, text: string, encoding: 'base64' | 'hex') =>
  createHmac('sha256', key).update(text).digest(encoding);
const vendorOf = (name: keyof typeof DEMO_SECRETS, changes: Vendor['changes']) => ({
  changes,
  system: DEMO_SYSTEMS[name],
  path: `/webhooks/${DEMO_SYSTEMS[name]}`,
  key: DEMO_SECRETS[name],
  signsBody: name !== 'erp',
});
const LAMP_SOLD = [{ sku: 'LAMP', quantity: '1' }];

const VENDORS: readonly Vendor[] = [
  {
    ...vendorOf('wms', ['positions']),
    write: async () => {
      const lines = [{ sku: 'LAMP', warehouse: 'DC-NORTH', quantity: '99', status: 'available', bin: 'A' }];
      return JSON.stringify({
        message_id: 'forged-1',
        webhook_type: 'inventory_receipt',
        account_id: 'any',
        warehouse: 'DC-NORTH',
        sequence: 1,
        occurred_at: new Date().toISOString(),
        data: { receipt_id: 'r-1', reference: 'PO-FORGED', lines },
      });
    },
    sign: (body, key) => ({ body, headers: { 'x-shiphero-hmac-sha256': hmac(key, body, 'base64') } }),
  },
  {
    ...vendorOf('square', ['positions', 'orders']),
    write: async () => {
      const { square } = demo.retailer;
      square.faults.set({ drop: 1 });
      const { orderId } = square.ringUpSale({ locationCode: 'STORE-LEEDS', lines: LAMP_SOLD });
      return JSON.stringify({
        merchant_id: 'any',
        type: 'order.created',
        event_id: 'forged-1',
        created_at: new Date().toISOString(),
        data: { type: 'order_created', id: orderId, object: { order_created: { order_id: orderId } } },
      });
    },
    sign: (body, key) => {
      const url = `${demo.hub.url}/webhooks/${DEMO_SYSTEMS.square}`;
      return { body, headers: { 'x-square-hmacsha256-signature': hmac(key, url + body, 'base64') } };
    },
  },
  {
    ...vendorOf('lightspeed', ['positions', 'orders']),
    write: async () => {
      const { lightspeed } = demo.retailer;
      lightspeed.faults.set({ drop: 1 });
      const { saleId } = lightspeed.ringUpSale({ locationCode: 'STORE-BATH', lines: LAMP_SOLD });
      const answer = await fetch(`${lightspeed.url}/api/2.0/sales/${saleId}`, {
        headers: { authorization: 'Bearer lightspeed-token' },
      });
      const { data } = (await answer.json()) as { data: object };
      return new URLSearchParams({ payload: JSON.stringify(data), type: 'sale.update' }).toString();
    },
    sign: (body, key) => ({
      body,
      headers: { 'x-signature': `signature=${hmac(key, body, 'hex')},algorithm=HMAC-SHA256` },
    }),
  },
  {
    ...vendorOf('erp', []),
    write: async () =>
      JSON.stringify({
        value: [
          {
            subscriptionId: 'any',
            clientState: 'CLIENT-STATE',
            expirationDateTime: '2099-01-01T00:00:00.000Z',
            resource: `api/v2.0/companies(${demo.retailer.erp.companyId})/items`,
            changeType: 'collection',
            lastModifiedDateTime: new Date().toISOString(),
          },
        ],
      }),
    sign: (body, key) => ({ body: body.replace('CLIENT-STATE', key), headers: {} }),
  },
];

type Ask = () => Promise<unknown>;

/** One test: `ask` is refused with `code`, and everything is as it was before. */
function refuses(what: string, code: ErrorCode, ask: Ask): void {
  test(`${what} is refused with ${code} and changes nothing`, async () => {
    await changesNothing(() => expect(ask()).rejects.toMatchObject({ code }));
  });
}

async function changesNothing(act: () => Promise<unknown>): Promise<void> {
  const before = await readState(agent, WATCHED);
  await act();
  expect(await readState(agent, WATCHED)).toEqual(before);
}

describe('what is not there', () => {
  refuses('reserving an unknown SKU', 'UNKNOWN_SKU', () => reserve({ sku: 'NO-SUCH-SKU' }));
  refuses('ordering an unknown SKU', 'UNKNOWN_SKU', () => place(shopper, 'BAD-SKU', { sku: 'NO-SUCH-SKU' }));
  refuses('one unknown SKU beside a known one', 'UNKNOWN_SKU', () =>
    shopper.graphql(RESERVE, {
      input: {
        idempotencyKey: 'half-known',
        channel: 'WEB-GB',
        lines: [
          { sku: 'LAMP', quantity: '1' },
          { sku: 'NO-SUCH-SKU', quantity: '1' },
        ],
      },
    }),
  );
  refuses('reserving at an unknown location', 'UNKNOWN_LOCATION', () => reserve({ location: 'NOWHERE' }));
  refuses('reading an unknown location', 'UNKNOWN_LOCATION', () => agent.graphql(POSITIONS, { location: 'NOWHERE' }));
  refuses('reserving for an unknown channel', 'UNKNOWN_CHANNEL', () => reserve({ channel: 'NO-SHOP' }));
  refuses('ordering at an unknown channel', 'UNKNOWN_CHANNEL', () =>
    place(shopper, 'BAD-SHOP', { channel: 'NO-SHOP' }),
  );
  refuses('reading for an unknown channel', 'UNKNOWN_CHANNEL', () =>
    agent.graphql(AVAILABILITY, { channel: 'NO-SHOP' }),
  );
});

describe.each([
  ['nothing', 'LAMP', '0'],
  ['less than nothing', 'LAMP', '-1'],
  ['half a lamp', 'LAMP', '0.5'],
  ['less than a gram', 'COFFEE-HOUSE', '0.0005'],
  ['a word', 'LAMP', 'three'],
  ['more than a bucket holds', 'LAMP', '99999999999'],
])('%s', (_what, sku, quantity) => {
  refuses('reserving it', 'INVALID_QUANTITY', () => reserve({ sku, quantity }));
  refuses('ordering it', 'INVALID_QUANTITY', () => place(shopper, `BAD-${sku}-${quantity}`, { sku, quantity }));
});

describe('more than there is', () => {
  refuses('reserving it', 'INSUFFICIENT_STOCK', () => reserve({ quantity: '1000' }));

  test('ordering it is refused with INSUFFICIENT_STOCK, keeps the order as REJECTED and claims nothing', async () => {
    const before = await readState(agent, WATCHED);
    await expect(place(shopper, 'BAD-MUCH', { quantity: '1000' })).rejects.toMatchObject({
      code: 'INSUFFICIENT_STOCK',
    });
    const { orders, ...stock } = await readState(agent, WATCHED);
    expect({ ...stock, orders: orders.slice(1) }).toEqual(before);
    expect(orders[0]).toMatchObject({ externalId: 'BAD-MUCH', status: 'REJECTED' });
  });
});

describe('money', () => {
  refuses('an order whose tenders miss the total', 'TOTALS_MISMATCH', () =>
    place(shopper, 'BAD-SUM', { tendered: 4_499 }),
  );
});

describe('cursors', () => {
  const query = (atLeast: string) => agent.graphql(AVAILABILITY, { channel: 'WEB-GB', atLeast });
  const orderAtLeast = (atLeast: string) =>
    agent.graphql(`query ($id: ID!, $atLeast: ChangeCursor) { order(id: $id, atLeast: $atLeast) { id } }`, {
      id: aliceOrder.id,
      atLeast,
    });
  const resume = (after: string) => endOf(LIVE_AVAILABILITY, { after });

  refuses('a malformed cursor in a query', 'MALFORMED_CURSOR', () => query('inventory:yesterday'));
  refuses('a malformed cursor in a query of orders', 'MALFORMED_CURSOR', () => orderAtLeast('yesterday'));
  refuses('a malformed cursor of a subscription', 'MALFORMED_CURSOR', () => resume('yesterday'));
  refuses('a cursor of orders in a query of inventory', 'FOREIGN_CURSOR', () => query(aliceOrder.cursor));
  refuses('a cursor of orders in a subscription of inventory', 'FOREIGN_CURSOR', () => resume(aliceOrder.cursor));
  refuses('a cursor of inventory in a query of orders', 'FOREIGN_CURSOR', () =>
    orderAtLeast(aliceOrder.cursor.replace('orders', 'inventory')),
  );
  refuses('a cursor of an earlier log', 'STALE_EPOCH', () => query('inventory:aaaaaaaaaaaa.1'));
  refuses('a page cursor where a change cursor belongs', 'MALFORMED_CURSOR', async () => {
    const { orders } = await agent.graphql<{ orders: { edges: { cursor: string }[] } }>(
      '{ orders(first: 1) { edges { cursor } } }',
    );
    await query(orders.edges[0]?.cursor ?? '');
  });
});

describe('idempotency', () => {
  test('the same reservation under the same key is answered with the first outcome and claims once', async () => {
    const first = await reserve({ key: 'twice' });
    await changesNothing(async () => {
      const { reserveStock } = await reserve({ key: 'twice' });
      expect(reserveStock.reservations).toEqual(first.reserveStock.reservations);
    });
  });

  refuses('the same key with another quantity', 'IDEMPOTENCY_KEY_REUSED', async () => {
    await reserve({ key: 'twice', quantity: '2' });
  });

  test('the same order under the same number is answered with the first order and claims once', async () => {
    await changesNothing(async () => {
      const { placeOrder } = await place(shopper, 'KNOWN-1');
      expect(placeOrder.order.id).toBe(aliceOrder.id);
    });
  });

  refuses('the same order number with another quantity', 'IDEMPOTENCY_KEY_REUSED', () =>
    place(shopper, 'KNOWN-1', { quantity: '2' }),
  );

  test('the same event with other content is a CONFLICT and is never applied', async () => {
    const integrator = await demo.as('integrator');
    const occurredAt = new Date().toISOString();
    const received = (eventId: string, quantity: string) =>
      integrator.ingest('supplier-desk', [
        {
          eventId,
          type: 'goods-received',
          occurredAt,
          data: { location: 'STORE-LEEDS', reference: 'PO-1', lines: [{ lineId: '1', sku: 'LAMP', quantity }] },
        },
      ]);
    expect(await received('receipt-1', '4')).toMatchObject([{ outcome: 'ACCEPTED' }]);
    await waitFor(async () => (await lampsAtLeeds()) === '7', 'the receipt');

    expect(await received('receipt-1', '40')).toMatchObject([{ outcome: 'CONFLICT' }]);
    expect(await received('receipt-1', '4')).toMatchObject([{ outcome: 'DUPLICATE' }]);
    // Messages of one location keep their order, so what came before the next one is settled when it is there.
    await received('receipt-2', '1');
    await waitFor(async () => (await lampsAtLeeds()) !== '7', 'the next receipt');
    expect(await lampsAtLeeds()).toBe('8');
  });
});

describe('identity', () => {
  const expired = () => tokenBy({ expiresIn: '-1m' });
  const foreign = () => tokenBy({ isForeign: true });

  refuses('an expired token', 'UNAUTHENTICATED', async () =>
    clientOf(await expired()).graphql(POSITIONS, { location: 'DC-NORTH' }),
  );
  refuses('a token of another key', 'UNAUTHENTICATED', async () =>
    clientOf(await foreign()).graphql(POSITIONS, { location: 'DC-NORTH' }),
  );
  refuses('a token that is none', 'UNAUTHENTICATED', () => clientOf('no.such.token').graphql('{ locations { id } }'));

  test.each([
    ['an expired token', expired],
    ['a token of another key', foreign],
  ])('%s gets 401 over HTTP, 401 at the ingest door and 4403 over WebSocket', async (_what, token) => {
    const authorization = `Bearer ${await token()}`;
    const asked = await post('/graphql', JSON.stringify({ query: '{ locations { id } }' }), { authorization });
    expect(asked).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    const handedIn = await post('/ingest/somebody', JSON.stringify({ messages: [] }), { authorization });
    expect(handedIn).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    await expect(endOf(LIVE_AVAILABILITY, {}, await token())).rejects.toMatchObject({ code: 4403 });
  });

  refuses("a store's token asking for another store's positions", 'FORBIDDEN', () =>
    york.graphql(POSITIONS, { location: 'STORE-LEEDS' }),
  );
  refuses("a store's token subscribing to another store's positions", 'FORBIDDEN', async () =>
    endOf(LIVE_POSITIONS, { location: 'STORE-LEEDS' }, await demo.tokenOf('store', { stores: ['STORE-YORK'] })),
  );
  refuses("a store's token reserving at another store", 'FORBIDDEN', () =>
    york.graphql(RESERVE, {
      input: {
        idempotencyKey: 'york-takes',
        channel: 'WEB-GB',
        location: 'STORE-LEEDS',
        lines: [{ sku: 'LAMP', quantity: '1' }],
      },
    }),
  );
  refuses("a store's token asking for another store's orders", 'FORBIDDEN', () =>
    york.graphql('{ orders(location: "STORE-LEEDS") { edges { node { id } } } }'),
  );
  refuses("a shopper listing another customer's orders", 'FORBIDDEN', () =>
    shopper.graphql('{ orders(customer: "BEN") { edges { node { id } } } }'),
  );
  refuses("a shopper subscribing to another customer's orders", 'FORBIDDEN', async () =>
    endOf(LIVE_ORDERS, { customer: 'BEN' }, await demo.tokenOf('shopper', { customer: 'ALICE' })),
  );
  refuses("a shopper ordering in another customer's name", 'FORBIDDEN', () =>
    place(shopper, 'BAD-NAME', { customer: 'BEN' }),
  );
  refuses("a shopper calling off another customer's order", 'UNKNOWN_ORDER', async () => {
    const ben = await demo.as('shopper', { customer: 'BEN' });
    await ben.graphql(CANCEL, { order: aliceOrder.id });
  });

  test("another customer's order is not there for a shopper, by query or by subscription", async () => {
    const ben = await demo.as('shopper', { customer: 'BEN' });
    const { order, byNumber } = await ben.graphql<{ order: unknown; byNumber: unknown }>(
      `query ($id: ID!) { order(id: $id) { id }
        byNumber: orderByExternalId(channel: "WEB-GB", externalId: "KNOWN-1") { id } }`,
      { id: aliceOrder.id },
    );
    expect([order, byNumber]).toEqual([null, null]);
    const live = subscribe(demo.hub.url, {
      token: await demo.tokenOf('shopper', { customer: 'BEN' }),
      query: LIVE_ORDERS,
      variables: { order: aliceOrder.id },
    });
    await waitFor(() => live.frames[0] ?? live.errors[0], 'the snapshot');
    expect(live.changes()).toEqual([]);
    await live.close();
  });

  refuses('a visitor reserving', 'UNAUTHENTICATED', async () =>
    (await demo.as('anonymous')).graphql(RESERVE, {
      input: { idempotencyKey: 'nobody', channel: 'WEB-GB', lines: [{ sku: 'LAMP', quantity: '1' }] },
    }),
  );
  refuses('a store placing a web order', 'FORBIDDEN', () => place(york, 'BAD-ROLE'));
  refuses('a shopper reading positions', 'FORBIDDEN', () => shopper.graphql(POSITIONS, { location: 'DC-NORTH' }));

  test('a token without ingest:write gets 403 at the ingest door, and so does whoever speaks for a connected system', async () => {
    const message = { eventId: 'x', type: 'goods-received', occurredAt: '2026-01-01T00:00:00.000Z', data: {} };
    const handIn = async (role: Role, source: string) =>
      post(`/ingest/${source}`, JSON.stringify({ messages: [message] }), {
        authorization: `Bearer ${await demo.tokenOf(role)}`,
      });
    await changesNothing(async () => {
      expect(await handIn('agent', 'somebody')).toMatchObject({ status: 403, code: 'FORBIDDEN' });
      expect(await handIn('integrator', 'wms-north')).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    });
  });
});

describe('webhooks', () => {
  test.each(VENDORS)('of $system without a true signature get 401 and change nothing', async (vendor) => {
    const sent = await vendor.write();
    await changesNothing(async () => {
      const another = vendor.sign(sent, 'another key');
      const unsigned = { ...another, headers: {} };
      const altered = { ...vendor.sign(sent, vendor.key), body: `${another.body} ` };
      for (const forged of [another, unsigned, ...(vendor.signsBody ? [altered] : [])]) {
        expect(await post(vendor.path, forged.body, forged.headers)).toMatchObject({
          status: 401,
          code: 'INVALID_SIGNATURE',
        });
      }
    });
    // The very same message is taken when its signature is true.
    const before = await readState(agent, WATCHED);
    const { body, headers } = vendor.sign(sent, vendor.key);
    expect(await post(vendor.path, body, headers)).toMatchObject({ status: 200 });
    await waitFor(async () => {
      const after = await readState(agent, WATCHED);
      for (const part of vendor.changes) expect(after[part]).not.toEqual(before[part]);
      return true;
    }, 'what the message tells');
  });
});

describe('operations', () => {
  refuses('a fragment that spreads itself', 'GRAPHQL_VALIDATION_FAILED', () =>
    agent.graphql('{ skus(ids: ["LAMP"]) { ...Self } } fragment Self on Sku { id ...Self }'),
  );
  refuses('two fragments that spread each other', 'GRAPHQL_VALIDATION_FAILED', () =>
    agent.graphql(
      '{ skus(ids: ["LAMP"]) { ...A } } fragment A on Sku { id ...B } fragment B on Sku { product { skus { ...A } } }',
    ),
  );
  refuses('a fragment that spreads itself in a subscription', 'GRAPHQL_VALIDATION_FAILED', () =>
    endOf(
      'subscription { availabilityChanged(channel: "WEB-GB") { ...Self } } fragment Self on AvailabilityFrame { cursor ...Self }',
      {},
    ),
  );
  refuses('an operation that is too deep', 'OPERATION_LIMIT_EXCEEDED', () =>
    agent.graphql(`{ skus(ids: ["LAMP"]) ${'{ product { skus '.repeat(12)}{ id }${' } }'.repeat(12)} }`),
  );
  refuses('an operation with too many aliases', 'OPERATION_LIMIT_EXCEEDED', () =>
    agent.graphql(`{ skus(ids: ["LAMP"]) { ${Array.from({ length: 101 }, (_, n) => `a${n}: id`).join(' ')} } }`),
  );
  refuses('what is no GraphQL', 'GRAPHQL_PARSE_FAILED', () => agent.graphql('{ skus(ids: ["LAMP"]) {'));
  refuses('a field that does not exist', 'GRAPHQL_VALIDATION_FAILED', () => agent.graphql('{ secrets }'));

  test.each([
    ['/graphql', 1_048_576],
    ['/webhooks/wms-north', 1_048_576],
    ['/ingest/somebody', 8_388_608],
  ])('an oversize body at %s gets 413 PAYLOAD_TOO_LARGE and changes nothing', async (path, bodyBytesMax) => {
    const authorization = `Bearer ${await demo.tokenOf('integrator')}`;
    const body = JSON.stringify({ query: '{ locations { id } }', padding: 'x'.repeat(bodyBytesMax) });
    await changesNothing(async () => {
      expect(await post(path, body, { authorization })).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
    });
  });
});

interface Reserved {
  readonly reserveStock: { readonly reservations: readonly { readonly id: string }[] };
}

let keys = 0;

function reserve(options: {
  readonly sku?: string;
  readonly quantity?: string;
  readonly channel?: string;
  readonly location?: string;
  readonly key?: string;
}): Promise<Reserved> {
  const { sku = 'LAMP', quantity = '1', channel = 'WEB-GB', location, key = `key-${++keys}` } = options;
  const input = { idempotencyKey: key, channel, lines: [{ sku, quantity }], ...(location && { location }) };
  return shopper.graphql<Reserved>(RESERVE, { input });
}

interface Placed {
  readonly placeOrder: { readonly order: { readonly id: string }; readonly changeCursor: string };
}

function place(
  client: HubClient,
  externalId: string,
  options: {
    readonly sku?: string;
    readonly quantity?: string;
    readonly channel?: string;
    readonly customer?: string;
    readonly tendered?: number;
  } = {},
): Promise<Placed> {
  const { sku = 'LAMP', quantity = '1', channel = 'WEB-GB', customer } = options;
  const amountMinor = options.tendered ?? Math.max(1, Math.round((Number(quantity) || 1) * 4_500));
  const input = {
    channel,
    externalId,
    lines: [{ sku, quantity, unitPriceMinor: 4_500 }],
    tenders: [{ tender: 'CARD', amountMinor }],
    ...(customer !== undefined && { customer }),
  };
  return client.graphql<Placed>(PLACE, { input });
}

/** Rejects with the code with which a subscription ends; never resolves while it lives. */
async function endOf(query: string, variables: Readonly<Record<string, unknown>>, token?: string): Promise<never> {
  const live = subscribe(demo.hub.url, { query, variables, ...(token !== undefined && { token }) });
  const error = await waitFor(() => live.errors[0], 'the end of the subscription');
  expect(live.frames).toEqual([]);
  await live.close();
  const { code, extensions } = error as { code?: number; extensions?: { code?: string } };
  throw Object.assign(new Error('The subscription has ended.'), { code: extensions?.code ?? code });
}

async function lampsAtLeeds(): Promise<string | undefined> {
  const { positions } = await agent.graphql<{ positions: { edges: { node: { onHand: string } }[] } }>(
    '{ positions(location: "STORE-LEEDS", skus: ["LAMP"]) { edges { node { onHand } } } }',
  );
  return positions.edges[0]?.node.onHand;
}

function clientOf(token: string): HubClient {
  return createHubClient(demo.hub.url, token);
}

async function post(path: string, body: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(new URL(path, demo.hub.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body,
  });
  const answer = (await response.json()) as { code?: string; errors?: { extensions: { code: string } }[] };
  return { status: response.status, code: answer.code ?? answer.errors?.[0]?.extensions.code };
}

/** A token like those of the hub's own issuer but for one thing. */
async function tokenBy({ isForeign = false, expiresIn = '1h' }): Promise<string> {
  const own = JSON.parse(await readFile(join(demo.directory, 'dev-issuer-key.json'), 'utf8')) as JWK;
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = isForeign ? { ...(await exportJWK(privateKey)), kid: own.kid ?? '' } : own;
  const issuer = demo.hub.auth.devIssuer;
  return new SignJWT({ scope: ROLES.agent.join(' '), stores: '*' })
    .setProtectedHeader({ alg: 'ES256', kid: own.kid ?? '' })
    .setIssuer(issuer?.issuer ?? '')
    .setAudience(issuer?.audience ?? '')
    .setSubject('somebody')
    .setIssuedAt('-1h')
    .setExpirationTime(expiresIn)
    .sign(await importJWK(key, 'ES256'));
}
