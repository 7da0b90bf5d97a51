import { describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { Role } from '../../schema/scopes.ts';
import { createHubClient, type HubClient } from '../../scripts/client/hub-client.ts';
import { subscribe } from '../harness/live-frames.ts';
import { mintToken } from '../harness/mint-token.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import {
  changesNothing,
  endOfSubscription,
  placeLamps,
  postTo,
  readWatched,
  refuses,
  RESERVE,
  useRefusals,
} from '../harness/use-refusals.ts';
import { WEBHOOK_VENDORS } from '../harness/webhook-vendors.ts';

/* Who is not who they say, or asks for what is another's, is refused by a code of the registry and moves nothing. */

const CANCEL = `mutation ($order: ID!) { cancelOrder(input: { order: $order }) { order { id } } }`;
const POSITIONS = `query ($location: ID!) { positions(location: $location) { edges { node { onHand } } } }`;
const LIVE_AVAILABILITY = `subscription ($after: ChangeCursor) {
  availabilityChanged(channel: "WEB-GB", skus: ["LAMP"], after: $after) { cursor reset changes { available } } }`;
const LIVE_POSITIONS = `subscription ($location: ID!) {
  positionChanged(location: $location) { cursor reset changes { onHand } } }`;
const LIVE_ORDERS = `subscription ($customer: String, $order: ID) {
  orderStatusChanged(customer: $customer, order: $order) { cursor reset changes { status } } }`;

const scene = useRefusals();
/** One test of the file's scene. */
const refused = (what: string, code: ErrorCode, ask: Parameters<typeof refuses>[2]['ask']) =>
  refuses(what, code, { scene, ask });

describe('identity', () => {
  const expired = () => mintToken(scene().demo, { expiresIn: '-1m' });
  const foreign = () => mintToken(scene().demo, { isForeign: true });

  refused('an expired token', 'UNAUTHENTICATED', async () =>
    clientOf(await expired()).graphql(POSITIONS, { location: 'DC-NORTH' }),
  );
  refused('a token of another key', 'UNAUTHENTICATED', async () =>
    clientOf(await foreign()).graphql(POSITIONS, { location: 'DC-NORTH' }),
  );
  refused('a token that is none', 'UNAUTHENTICATED', () => clientOf('no.such.token').graphql('{ locations { id } }'));

  test.each([
    ['an expired token', expired],
    ['a token of another key', foreign],
  ])('%s gets 401 over HTTP, 401 at the ingest door and 4403 over WebSocket', async (_what, token) => {
    const authorization = `Bearer ${await token()}`;
    const asked = await postTo(scene(), '/graphql', {
      body: JSON.stringify({ query: '{ locations { id } }' }),
      headers: { authorization },
    });
    expect(asked).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    const handedIn = await postTo(scene(), '/ingest/somebody', {
      body: JSON.stringify({ messages: [] }),
      headers: { authorization },
    });
    expect(handedIn).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    await expect(
      endOfSubscription(scene(), { query: LIVE_AVAILABILITY, variables: {}, token: await token() }),
    ).rejects.toMatchObject({ code: 4403 });
  });

  refused("a store's token asking for another store's positions", 'FORBIDDEN', () =>
    scene().york.graphql(POSITIONS, { location: 'STORE-LEEDS' }),
  );
  refused("a store's token subscribing to another store's positions", 'FORBIDDEN', async () =>
    endOfSubscription(scene(), {
      query: LIVE_POSITIONS,
      variables: { location: 'STORE-LEEDS' },
      token: await scene().demo.tokenOf('store', { stores: ['STORE-YORK'] }),
    }),
  );
  refused("a store's token reserving at another store", 'FORBIDDEN', () =>
    scene().york.graphql(RESERVE, {
      input: {
        idempotencyKey: 'york-takes',
        channel: 'WEB-GB',
        location: 'STORE-LEEDS',
        lines: [{ sku: 'LAMP', quantity: '1' }],
      },
    }),
  );
  refused("a store's token asking for another store's orders", 'FORBIDDEN', () =>
    scene().york.graphql('{ orders(location: "STORE-LEEDS") { edges { node { id } } } }'),
  );
  refused("a scene().shopper listing another customer's orders", 'FORBIDDEN', () =>
    scene().shopper.graphql('{ orders(customer: "BEN") { edges { node { id } } } }'),
  );
  refused("a scene().shopper subscribing to another customer's orders", 'FORBIDDEN', async () =>
    endOfSubscription(scene(), {
      query: LIVE_ORDERS,
      variables: { customer: 'BEN' },
      token: await scene().demo.tokenOf('shopper', { customer: 'ALICE' }),
    }),
  );
  refused("a scene().shopper ordering in another customer's name", 'FORBIDDEN', () =>
    placeLamps(scene().shopper, 'BAD-NAME', { customer: 'BEN' }),
  );
  refused("a scene().shopper calling off another customer's order", 'UNKNOWN_ORDER', async () => {
    const ben = await scene().demo.as('shopper', { customer: 'BEN' });
    await ben.graphql(CANCEL, { order: scene().aliceOrder.id });
  });

  test("another customer's order is not there for a scene().shopper, by query or by subscription", async () => {
    const ben = await scene().demo.as('shopper', { customer: 'BEN' });
    const { order, byNumber } = await ben.graphql<{ order: unknown; byNumber: unknown }>(
      `query ($id: ID!) { order(id: $id) { id }
        byNumber: orderByExternalId(channel: "WEB-GB", externalId: "KNOWN-1") { id } }`,
      { id: scene().aliceOrder.id },
    );
    expect([order, byNumber]).toEqual([null, null]);
    const live = subscribe(scene().demo.hub.url, {
      token: await scene().demo.tokenOf('shopper', { customer: 'BEN' }),
      query: LIVE_ORDERS,
      variables: { order: scene().aliceOrder.id },
    });
    await waitFor(() => live.frames[0] ?? live.errors[0], 'the snapshot');
    expect(live.changes()).toEqual([]);
    await live.close();
  });

  refused('a visitor reserving', 'UNAUTHENTICATED', async () =>
    (await scene().demo.as('anonymous')).graphql(RESERVE, {
      input: { idempotencyKey: 'nobody', channel: 'WEB-GB', lines: [{ sku: 'LAMP', quantity: '1' }] },
    }),
  );
  refused('a store placing a web order', 'GRAPHQL_VALIDATION_FAILED', () => placeLamps(scene().york, 'BAD-ROLE'));
  refused('a scene().shopper reading positions', 'GRAPHQL_VALIDATION_FAILED', () =>
    scene().shopper.graphql(POSITIONS, { location: 'DC-NORTH' }),
  );

  test('a token without ingest:write gets 403 at the ingest door, and so does whoever speaks for a connected system', async () => {
    const message = { eventId: 'x', type: 'goods-received', occurredAt: '2026-01-01T00:00:00.000Z', data: {} };
    const handIn = async (role: Role, source: string) =>
      postTo(scene(), `/ingest/${source}`, {
        body: JSON.stringify({ messages: [message] }),
        headers: {
          authorization: `Bearer ${await scene().demo.tokenOf(role)}`,
        },
      });
    await changesNothing(scene(), async () => {
      expect(await handIn('agent', 'somebody')).toMatchObject({ status: 403, code: 'FORBIDDEN' });
      expect(await handIn('integrator', 'wms-north')).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    });
  });
});

describe('webhooks', () => {
  test.each(WEBHOOK_VENDORS)('of $system without a true signature get 401 and change nothing', async (vendor) => {
    const sent = await vendor.write(scene().demo);
    await changesNothing(scene(), async () => {
      const another = vendor.sign(sent, 'another key', scene().demo.hub.url);
      const unsigned = { ...another, headers: {} };
      const altered = { ...vendor.sign(sent, vendor.key, scene().demo.hub.url), body: `${another.body} ` };
      for (const forged of [another, unsigned, ...(vendor.signsBody ? [altered] : [])]) {
        expect(await postTo(scene(), vendor.path, forged)).toMatchObject({
          status: 401,
          code: 'INVALID_SIGNATURE',
        });
      }
    });
    // The very same message is taken when its signature is true.
    const before = await readWatched(scene().agent);
    const { body, headers } = vendor.sign(sent, vendor.key, scene().demo.hub.url);
    expect(await postTo(scene(), vendor.path, { body, headers })).toMatchObject({ status: 200 });
    await waitFor(async () => {
      const after = await readWatched(scene().agent);
      for (const part of vendor.changes) expect(after[part]).not.toEqual(before[part]);
      return true;
    }, 'what the message tells');
  });
});

function clientOf(token: string): HubClient {
  return createHubClient(scene().demo.hub.url, token);
}
