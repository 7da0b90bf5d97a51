import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Identity } from '../../kernel/model/identity.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { CALLERS, openLiveGateway, type LiveGateway } from './testing/live-gateway.ts';
import { LiveView } from './testing/live-view.ts';

/** What each limit does when it is met, beside those that the tests of their own parts meet. */

const QUERY = `subscription ($after: ChangeCursor, $skus: [ID!], $minIntervalMs: Int) {
  availabilityChanged(channel: "WEB", skus: $skus, after: $after, minIntervalMs: $minIntervalMs) {
    cursor reset changes { key version deleted available } } }`;
const LIMITS = {
  subscriptionsPerClientMax: 2,
  heldKeysMax: 2,
  joinAttemptsMax: 2,
  ringRecordsMax: 4,
  connectionsMax: 6,
  ownerTimeoutMs: 60_000,
};
const STARTS_MAX = 3;

let gateway: LiveGateway;
let clients = 0;
let token: string;

beforeAll(async () => {
  gateway = await openLiveGateway(LIMITS, { clientLimits: { subscriptionStartsPerWindowMax: STARTS_MAX } });
});

beforeEach(async () => {
  await waitFor(() => gateway.subscriptions.connectionCount === 0, 'nobody');
  // Each test is a client of its own, with all that it may have.
  token = `client-${++clients}`;
  gateway.addCaller(token, { ...(CALLERS['agent'] as Identity), clientId: token });
});

afterAll(() => gateway.close());

const stock = (sku: string, available: string) => ({ sku, channel: 'WEB', categories: [], available, band: 'OK' });
const change = (sku: string, available: string) => gateway.inventory.change([stock(sku, available)]);

/** Over a socket of its own, as a client has many tabs. */
function follow(variables: Record<string, unknown> = {}) {
  const client = gateway.connect(token);
  const live = new LiveView(client, QUERY, variables);
  return { live, leave: () => client.dispose() };
}

/** In the name of a client of its own. */
function openStream(): Promise<Response> {
  token = `client-${++clients}`;
  gateway.addCaller(token, { ...(CALLERS['agent'] as Identity), clientId: token });
  return fetch(gateway.url.replace('ws', 'http'), {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query: QUERY }),
  });
}

test('subscriptionsPerClientMax counts over all connections of a client, and gives back what is left', async () => {
  const [first, second] = [follow(), follow({ skus: ['A'] })];
  await Promise.all([first.live.frame(1), second.live.frame(1)]);
  const third = follow();
  expect(await third.live.end()).toMatchObject([
    { extensions: { code: 'OPERATION_LIMIT_EXCEEDED', details: { limit: 'subscriptionsPerClientMax', max: 2 } } },
  ]);
  await Promise.all([first.leave(), second.leave(), third.leave()]);
});

test('subscriptionStartsPerWindowMax refuses who begins too often, and says when to come again', async () => {
  for (let start = 0; start < STARTS_MAX; start++) {
    const { live, leave } = follow();
    await live.frame(1);
    await leave();
    await waitFor(() => gateway.subscriptions.connectionCount === 0, 'nobody');
  }
  const refused = follow();
  expect(await refused.live.end()).toMatchObject([
    {
      extensions: {
        code: 'RATE_LIMITED',
        details: { limit: 'subscriptionStartsPerWindowMax', retryAfterMs: expect.any(Number) },
      },
    },
  ]);
  await refused.leave();
});

test('connectionsMax answers a stream too many with 503 and OVERLOADED', async () => {
  const streams = await Promise.all(Array.from({ length: LIMITS.connectionsMax }, openStream));
  expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
  const refused = await openStream();
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({
    errors: [{ extensions: { code: 'OVERLOADED', details: { limit: 'connectionsMax' } } }],
  });
  for (const { body } of streams) await body?.cancel();
});

test('beyond heldKeysMax nothing is held back any more, and nothing is missed', async () => {
  for (const sku of ['A', 'B', 'C', 'D']) change(sku, '0');
  const { live, leave } = follow({ minIntervalMs: 1_000 });
  await live.frame(1);
  for (const sku of ['A', 'B', 'C', 'D']) change(sku, '1');
  await waitFor(() => live.state.get('D|WEB')?.['available'] === '1', 'the first changes');
  const repairs = gateway.telemetry.total('subscription_repairs_total');
  // They are not due, and there is room for two of them.
  for (const sku of ['A', 'B', 'C', 'D']) change(sku, '2');
  await waitFor(() => gateway.telemetry.total('subscription_repairs_total') > repairs, 'the repair');
  gateway.clock.advance(1_000);
  await waitFor(() => ['A', 'B', 'C', 'D'].every((sku) => live.state.get(`${sku}|WEB`)?.['available'] === '2'), 'all');
  expect(live.frames.filter(({ reset }) => reset)).toHaveLength(1);
  expect(live.wentBack).toEqual([]);
  await leave();
});

test('joinAttemptsMax closes with 1013 when the changes come faster than a client can catch up', async () => {
  const ahead = follow({ skus: ['Z'] });
  await ahead.live.frame(1);
  gateway.inventory.afterAnswer = async () => {
    for (let count = 0; count <= LIMITS.ringRecordsMax; count++) change('A', String(count));
    const { seq } = gateway.inventory;
    await waitFor(() => gateway.telemetry.total('change_feed_losses_total') === 0 && seq === gateway.inventory.seq);
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const late = follow();
  expect(await late.live.end()).toMatchObject({ code: 1013 });
  gateway.inventory.afterAnswer = () => Promise.resolve();
  await Promise.all([ahead.leave(), late.leave()]);
});
