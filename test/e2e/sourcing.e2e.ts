import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { openBareHub } from '../harness/open-bare-hub.ts';

/* An order that comes from the store next door, until the store does not find it: over the public API and the real ledger. */

const LONDON = { latitude: 51.5, longitude: -0.12 };
const LEEDS = { latitude: 53.8, longitude: -1.55 };
const RETAIL = {
  networks: [{ id: 'WEB', locations: ['DC', 'LEEDS'] }],
  channels: [{ id: 'WEB', network: 'WEB', currency: 'GBP', publishes: 'ATS' }],
  sourcingRules: {
    perKmMinor: 2,
    splitPenaltyMinor: 500,
    deliveryDays: [1, 2, 3, 4, 5, 6, 7],
    nodes: [
      { location: 'DC', ...LONDON },
      { location: 'LEEDS', ...LEEDS },
    ],
    postalAreas: [{ country: 'GB', postalPrefix: 'LS', ...LEEDS }],
    transit: [
      { country: 'GB', postalPrefix: null, distanceKmMax: 50, earliestDays: 1, latestDays: 1 },
      { country: 'GB', postalPrefix: null, distanceKmMax: null, earliestDays: 2, latestDays: 3 },
    ],
  },
} as const;

const DESTINATION = '{ country: "GB", postalCode: "LS1 4AP" }';
const AVAILABLE = `{ availability(skus: ["LAMP"], channel: "WEB") { available sku {
  near: deliveryEstimate(channel: "WEB", destination: ${DESTINATION}) { promise { earliestOn latestOn } waitsForSupply }
  far: deliveryEstimate(channel: "WEB", destination: { country: "GB" }, quantity: "4") { promise { earliestOn } }
} } }`;
const PLACE =
  'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id lines { promise { latestOn } } } } }';
const ORDER = `query ($id: ID!) { order(id: $id) {
  lines { location { id name } states { state quantity } promise { latestOn } expected { latestOn } }
  sourcingDecisions { lines { candidates { location { id } outcome because distanceKm } } }
} }`;
const REJECT = `mutation ($order: ID!) { rejectWork(input: {
  order: $order, location: "LEEDS", idempotencyKey: "k", reason: NOT_FOUND }) { order { id } } }`;
const POSITION = '{ positions(location: "LEEDS", skus: ["LAMP"]) { edges { node { sellable suspect allocated } } } }';
const CART = `{ sourceCart(channel: "WEB", lines: [{ sku: "LAMP", quantity: "9" }], destination: ${DESTINATION}) {
  isWhole decision { lines { withoutStockCount candidates { location { name } because } } } } }`;

const occurredAt = '2026-01-05T09:00:00.000Z';

async function openShop(integrator: HubClient, operator: HubClient): Promise<void> {
  const places = [
    { location: 'DC', name: 'The warehouse', type: 'DC', timeZone: 'Europe/London', capabilities: ['SHIP'] },
    { location: 'LEEDS', name: 'Leeds', type: 'STORE', timeZone: 'Europe/London', capabilities: ['SHIP', 'PICKUP'] },
  ];
  const item = { sku: 'LAMP', title: 'Lamp', product: { id: 'LAMP', title: 'Lamp' }, baseUnit: 'EA', step: '1' };
  const rest = { tracking: 'NONE', categories: [], attributes: [], lifecycle: 'ACTIVE', prices: [] };
  await integrator.ingest('erp', [
    ...places.map((data) => ({ eventId: data.location, type: 'location-recorded', occurredAt, data })),
    { eventId: 'item', type: 'item-recorded', occurredAt, data: { ...item, ...rest } },
  ]);
  for (const [location, quantity] of [
    ['DC', '5'],
    ['LEEDS', '2'],
  ] as const) {
    const data = { location, reference: location, lines: [{ lineId: '1', sku: 'LAMP', quantity }] };
    await integrator.ingest('wms', [{ eventId: `in-${location}`, type: 'goods-received', occurredAt, data }]);
  }
  const isThere = async () => JSON.stringify(await operator.graphql(AVAILABLE).catch(() => '')).includes('"7"');
  await waitFor(isThere, 'stock');
}

interface OrderData {
  readonly lines: readonly { readonly location: { readonly id: string } | null; readonly states: readonly object[] }[];
  readonly sourcingDecisions: readonly {
    readonly lines: readonly { readonly candidates: readonly object[] }[];
  }[];
}

test('an order comes from near by, is promised a day, and comes from elsewhere when the store does not find it', async () => {
  await using hub = await openBareHub(RETAIL);
  const [integrator, operator, agent] = await Promise.all([hub.as('integrator'), hub.as('operator'), hub.as('agent')]);
  const [shopper, store] = await Promise.all([
    hub.as('shopper', { customer: 'ANN' }),
    hub.as('store', { stores: ['LEEDS'] }),
  ]);
  await openShop(integrator, operator);

  // One answer of two contexts: what may be sold, and when it would arrive.
  const { availability } = await shopper.graphql<{ availability: readonly [object] }>(AVAILABLE);
  expect(availability[0]).toMatchObject({
    available: '7',
    sku: {
      near: { promise: { latestOn: expect.any(String) }, waitsForSupply: false },
      far: { promise: { earliestOn: expect.any(String) } },
    },
  });
  const cart = await agent.graphql(CART);
  expect(cart).toMatchObject({
    sourceCart: {
      isWhole: false,
      decision: { lines: [{ candidates: [{ because: 'TOO_FEW' }, { because: 'TOO_FEW' }] }] },
    },
  });

  const input = {
    channel: 'WEB',
    externalId: 'W-1',
    destination: { country: 'GB', postalCode: 'LS1 4AP' },
    lines: [{ sku: 'LAMP', quantity: '2', unitPriceMinor: 100 }],
    tenders: [{ tender: 'CARD', amountMinor: 200 }],
  };
  const placed = await shopper.graphql<{ placeOrder: { order: { id: string; lines: [{ promise: object }] } } }>(PLACE, {
    input,
  });
  const { id, lines } = placed.placeOrder.order;
  expect(lines[0].promise).toEqual({ latestOn: expect.any(String) });
  const until = (location: string) =>
    waitFor(async () => {
      const { order } = await agent.graphql<{ order: OrderData }>(ORDER, { id });
      const [line] = order.lines;
      const isThere = line?.location?.id === location && JSON.stringify(line.states).includes('RELEASED');
      return isThere ? order : undefined;
    }, `the order at ${location}`);
  const near = await until('LEEDS');
  expect(near.sourcingDecisions[0]?.lines[0]?.candidates).toMatchObject([
    { location: { id: 'LEEDS' }, outcome: 'CHOSEN', distanceKm: 0 },
    { location: { id: 'DC' }, outcome: 'KEPT', because: 'COSTS_MORE', distanceKm: 273 },
  ]);

  await store.graphql(REJECT, { order: id });
  const far = await until('DC');
  const [best] = far.sourcingDecisions[0]?.lines[0]?.candidates ?? [];
  expect(best).toMatchObject({ location: { id: 'DC' }, outcome: 'CHOSEN' });
  expect(far.lines[0]).toMatchObject({ promise: { latestOn: expect.any(String) }, expected: expect.any(Object) });
  // What was not found is set apart, and nobody else is promised it.
  await waitFor(
    async () => JSON.stringify(await store.graphql(POSITION)).includes('"suspect":"2"'),
    'the missing lamps',
  );
  expect(await store.graphql(POSITION)).toEqual({
    positions: { edges: [{ node: { sellable: '0', suspect: '2', allocated: '0' } }] },
  });
  const left = await shopper.graphql<{ availability: readonly [{ available: string }] }>(AVAILABLE);
  expect(left.availability[0].available).toBe('3');
});
