import { describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import {
  changesNothing,
  endOfSubscription,
  LAMP_PRICE_MINOR,
  placeLamps,
  postTo,
  readWatched,
  refuses,
  RESERVE,
  useRefusals,
} from '../harness/use-refusals.ts';

/* Whatever is refused is refused by a code of the registry, and neither stock nor orders have moved by it. */

const POSITIONS = `query ($location: ID!) { positions(location: $location) { edges { node { onHand } } } }`;
const AVAILABILITY = `query ($channel: ID!, $atLeast: ChangeCursor) {
  availability(skus: ["LAMP"], channel: $channel, atLeast: $atLeast) { available } }`;
const LIVE_AVAILABILITY = `subscription ($after: ChangeCursor) {
  availabilityChanged(channel: "WEB-GB", skus: ["LAMP"], after: $after) { cursor reset changes { available } } }`;

const scene = useRefusals();
/** One test of the file's scene. */
const refused = (what: string, code: ErrorCode, ask: Parameters<typeof refuses>[2]['ask']) =>
  refuses(what, code, { scene, ask });

describe('what is not there', () => {
  refused('reserving an unknown SKU', 'UNKNOWN_SKU', () => reserve({ sku: 'NO-SUCH-SKU' }));
  refused('ordering an unknown SKU', 'UNKNOWN_SKU', () =>
    placeLamps(scene().shopper, 'BAD-SKU', { sku: 'NO-SUCH-SKU' }),
  );
  refused('one unknown SKU beside a known one', 'UNKNOWN_SKU', () =>
    scene().shopper.graphql(RESERVE, {
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
  refused('reserving at an unknown location', 'UNKNOWN_LOCATION', () => reserve({ location: 'NOWHERE' }));
  refused('reading an unknown location', 'UNKNOWN_LOCATION', () =>
    scene().agent.graphql(POSITIONS, { location: 'NOWHERE' }),
  );
  refused('reserving for an unknown channel', 'UNKNOWN_CHANNEL', () => reserve({ channel: 'NO-SHOP' }));
  refused('ordering at an unknown channel', 'UNKNOWN_CHANNEL', () =>
    placeLamps(scene().shopper, 'BAD-SHOP', { channel: 'NO-SHOP' }),
  );
  refused('reading for an unknown channel', 'UNKNOWN_CHANNEL', () =>
    scene().agent.graphql(AVAILABILITY, { channel: 'NO-SHOP' }),
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
  refused('reserving it', 'INVALID_QUANTITY', () => reserve({ sku, quantity }));
  refused('ordering it', 'INVALID_QUANTITY', () =>
    placeLamps(scene().shopper, `BAD-${sku}-${quantity}`, { sku, quantity }),
  );
});

describe('more than there is', () => {
  refused('reserving it', 'INSUFFICIENT_STOCK', () => reserve({ quantity: '1000' }));

  test('ordering it is refused with INSUFFICIENT_STOCK, keeps the order as REJECTED and claims nothing', async () => {
    const before = await readWatched(scene().agent);
    await expect(placeLamps(scene().shopper, 'BAD-MUCH', { quantity: '1000' })).rejects.toMatchObject({
      code: 'INSUFFICIENT_STOCK',
    });
    const { orders, ...stock } = await readWatched(scene().agent);
    expect({ ...stock, orders: orders.slice(1) }).toEqual(before);
    expect(orders[0]).toMatchObject({ externalId: 'BAD-MUCH', status: 'REJECTED' });
  });
});

describe('money', () => {
  refused('an order whose tenders miss the total', 'TOTALS_MISMATCH', () =>
    placeLamps(scene().shopper, 'BAD-SUM', { tendered: LAMP_PRICE_MINOR - 1 }),
  );
});

describe('cursors', () => {
  const query = (atLeast: string) => scene().agent.graphql(AVAILABILITY, { channel: 'WEB-GB', atLeast });
  const orderAtLeast = (atLeast: string) =>
    scene().agent.graphql(`query ($id: ID!, $atLeast: ChangeCursor) { order(id: $id, atLeast: $atLeast) { id } }`, {
      id: scene().aliceOrder.id,
      atLeast,
    });
  const resume = (after: string) => endOfSubscription(scene(), { query: LIVE_AVAILABILITY, variables: { after } });

  refused('a malformed cursor in a query', 'MALFORMED_CURSOR', () => query('inventory:yesterday'));
  refused('a malformed cursor in a query of orders', 'MALFORMED_CURSOR', () => orderAtLeast('yesterday'));
  refused('a malformed cursor of a subscription', 'MALFORMED_CURSOR', () => resume('yesterday'));
  refused('a cursor of orders in a query of inventory', 'FOREIGN_CURSOR', () => query(scene().aliceOrder.cursor));
  refused('a cursor of orders in a subscription of inventory', 'FOREIGN_CURSOR', () =>
    resume(scene().aliceOrder.cursor),
  );
  refused('a cursor of inventory in a query of orders', 'FOREIGN_CURSOR', () =>
    orderAtLeast(scene().aliceOrder.cursor.replace('orders', 'inventory')),
  );
  refused('a cursor of an earlier log', 'STALE_EPOCH', () => query('inventory:aaaaaaaaaaaa.1'));
  refused('a page cursor where a change cursor belongs', 'MALFORMED_CURSOR', async () => {
    const { orders } = await scene().agent.graphql<{ orders: { edges: { cursor: string }[] } }>(
      '{ orders(first: 1) { edges { cursor } } }',
    );
    await query(orders.edges[0]?.cursor ?? '');
  });
});

describe('idempotency', () => {
  test('the same reservation under the same key is answered with the first outcome and claims once', async () => {
    const first = await reserve({ key: 'twice' });
    await changesNothing(scene(), async () => {
      const { reserveStock } = await reserve({ key: 'twice' });
      expect(reserveStock.reservations).toEqual(first.reserveStock.reservations);
    });
  });

  refused('the same key with another quantity', 'IDEMPOTENCY_KEY_REUSED', async () => {
    await reserve({ key: 'twice', quantity: '2' });
  });

  test('the same order under the same number is answered with the first order and claims once', async () => {
    await changesNothing(scene(), async () => {
      const { placeOrder } = await placeLamps(scene().shopper, 'KNOWN-1');
      expect(placeOrder.order.id).toBe(scene().aliceOrder.id);
    });
  });

  refused('the same order number with another quantity', 'IDEMPOTENCY_KEY_REUSED', () =>
    placeLamps(scene().shopper, 'KNOWN-1', { quantity: '2' }),
  );

  test('the same event with other content is a CONFLICT and is never applied', async () => {
    const integrator = await scene().demo.as('integrator');
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

describe('operations', () => {
  refused('a fragment that spreads itself', 'GRAPHQL_VALIDATION_FAILED', () =>
    scene().agent.graphql('{ skus(ids: ["LAMP"]) { ...Self } } fragment Self on Sku { id ...Self }'),
  );
  refused('two fragments that spread each other', 'GRAPHQL_VALIDATION_FAILED', () =>
    scene().agent.graphql(
      '{ skus(ids: ["LAMP"]) { ...A } } fragment A on Sku { id ...B } fragment B on Sku { product { skus { ...A } } }',
    ),
  );
  refused('a fragment that spreads itself in a subscription', 'GRAPHQL_VALIDATION_FAILED', () =>
    endOfSubscription(scene(), {
      query:
        'subscription { availabilityChanged(channel: "WEB-GB") { ...Self } } fragment Self on AvailabilityFrame { cursor ...Self }',
    }),
  );
  refused('an operation that is too deep', 'OPERATION_LIMIT_EXCEEDED', () =>
    scene().agent.graphql(`{ skus(ids: ["LAMP"]) ${'{ product { skus '.repeat(12)}{ id }${' } }'.repeat(12)} }`),
  );
  refused('an operation with too many aliases', 'OPERATION_LIMIT_EXCEEDED', () =>
    scene().agent.graphql(
      `{ skus(ids: ["LAMP"]) { ${Array.from({ length: 101 }, (_, n) => `a${n}: id`).join(' ')} } }`,
    ),
  );
  refused('what is no GraphQL', 'GRAPHQL_PARSE_FAILED', () => scene().agent.graphql('{ skus(ids: ["LAMP"]) {'));
  refused('a field that does not exist', 'GRAPHQL_VALIDATION_FAILED', () => scene().agent.graphql('{ secrets }'));

  test.each([
    ['/graphql', 1_048_576],
    ['/webhooks/wms-north', 1_048_576],
    ['/ingest/somebody', 8_388_608],
  ])('an oversize body at %s gets 413 PAYLOAD_TOO_LARGE and changes nothing', async (path, bodyBytesMax) => {
    const authorization = `Bearer ${await scene().demo.tokenOf('integrator')}`;
    const body = JSON.stringify({ query: '{ locations { id } }', padding: 'x'.repeat(bodyBytesMax) });
    await changesNothing(scene(), async () => {
      expect(await postTo(scene(), path, { body: body, headers: { authorization } })).toMatchObject({
        status: 413,
        code: 'PAYLOAD_TOO_LARGE',
      });
    });
  });
});

async function lampsAtLeeds(): Promise<string | undefined> {
  const { positions } = await scene().agent.graphql<{ positions: { edges: { node: { onHand: string } }[] } }>(
    '{ positions(location: "STORE-LEEDS", skus: ["LAMP"]) { edges { node { onHand } } } }',
  );
  return positions.edges[0]?.node.onHand;
}

interface Reserved {
  readonly reserveStock: { readonly reservations: readonly { readonly id: string }[] };
}

let keys = 0;

/** ALICE reserves one lamp at WEB-GB, or what `options` say instead. */
function reserve(options: {
  readonly sku?: string;
  readonly quantity?: string;
  readonly channel?: string;
  readonly location?: string;
  readonly key?: string;
}): Promise<Reserved> {
  const { sku = 'LAMP', quantity = '1', channel = 'WEB-GB', location, key = `key-${++keys}` } = options;
  const input = { idempotencyKey: key, channel, lines: [{ sku, quantity }], ...(location && { location }) };
  return scene().shopper.graphql<Reserved>(RESERVE, { input });
}
