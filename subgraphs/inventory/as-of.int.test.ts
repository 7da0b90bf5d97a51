import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ROLES } from '../../schema/scopes.ts';
import { goodsReceived } from '../../schema/events/inbox.ts';
import { supplyAnnounced } from '../../schema/events/inbox-supply.ts';
import { INVENTORY_LIMITS } from './app/inventory-limits.ts';
import { InventoryBench } from './testing/inventory-bench.ts';

/* Through the graph, with the thread that rebuilds past states, over a data directory that outlives its process. */

let bench: InventoryBench;
beforeEach(async () => {
  bench = await InventoryBench.open();
});
afterEach(() => bench.close());

const FIGURES = `available band nodes { location { id } available band }
  terms { kind location { id } quantity changedAt } supply { kind fromAt quantity location { id } document } changeCursor`;
const STOCK = `sku { id } onHand sellable softReserved allocated onOrder changeCursor supply { document quantity }
  history { isComplete edges { node { kind quantity balance { onHand sellable softReserved } } } }`;

interface Told {
  readonly atMs: number;
  readonly answer: unknown;
}

const everything = (asOf = ''): string => `{
  one: availability(skus: ["A", "NONE"], channel: "WEB"${asOf}) { ${FIGURES} }
  many: availabilities(skus: ["A"], channels: ["WEB"]${asOf}) { ${FIGURES} }
  node: nodeAvailability(skus: ["A", "NONE"], channel: "WEB", location: "S1"${asOf}) { location { id } available band }
  offers(channel: "WEB", lines: [{ sku: "A", quantity: "4" }]${asOf}) { canShip shipFrom { id } pickupAt { id } changeCursor
    lines { sku { id } quantity canShip expectedAt shipFrom { id } } }
  positions(location: "S1", sort: { by: SELLABLE, direction: DESC }${asOf}) { edges { cursor node { ${STOCK} } } }
}`;

async function ask(source: string): Promise<unknown> {
  const { data, errors } = await bench.query(source);
  if (errors) throw errors[0] as Error;
  return JSON.parse(JSON.stringify(data));
}

const at = (atMs: number, besides = ''): string => `, asOf: "${new Date(atMs).toISOString()}"${besides}`;

/** What the live graph answers now; then time goes on. */
async function tell(): Promise<Told> {
  const told = { atMs: bench.clock.nowMs(), answer: await ask(everything()) };
  bench.clock.advance(1_000);
  return told;
}

async function receive(quantity: string, sum: string): Promise<void> {
  const lines = [{ lineId: '1', sku: 'A', quantity }];
  await bench.publish(goodsReceived, { location: 'S1', reference: 'po', lines });
  await bench.until(async () => (await bench.available('A')) === sum || undefined, 'the receipt');
}

/** Receipts, a reservation that expires, a rule, supply, a restart that leaves a snapshot in the middle. */
async function trade(): Promise<readonly Told[]> {
  const told: Told[] = [];
  await receive('5', '5');
  told.push(await tell());
  const lines = [{ lineRef: '1', sku: 'A', quantity: '2' }];
  const request = { commandId: 'c1', kind: 'CART', channel: 'WEB', location: 'S1', ttlMs: 60_000, lines };
  await bench.request('reserve-stock', request);
  told.push(await tell());
  await bench.stop();
  await bench.start();
  told.push(await tell());
  const rules = '[{ kind: THRESHOLD, channel: "WEB", quantity: "1" }]';
  await ask(`mutation { changeAvailabilityRules(input: { idempotencyKey: "r", rules: ${rules} }) { changeCursor } }`);
  told.push(await tell());
  const expectedAt = new Date(bench.clock.nowMs() + 86_400_000).toISOString();
  const line = { lineId: '1', documentLine: '1', sku: 'A', quantity: '7', expectedAt };
  await bench.publish(supplyAnnounced, { document: 'PO-1', location: 'S1', lines: [line] });
  await bench.until(
    async () => ((await ask(everything())) as { one: [{ supply: unknown[] }] }).one[0].supply,
    'the announcement',
  );
  told.push(await tell());
  bench.clock.advance(60_000);
  await bench.until(async () => (await bench.available('A')) === '4' || undefined, 'the expiry');
  told.push(await tell());
  return told;
}

describe('availability and positions as of a past instant', () => {
  test('are what the graph answered then, also after a kill and in whatever order', async () => {
    const told = await trade();
    expect(new Set(told.map(({ answer }) => JSON.stringify(answer))).size).toBe(told.length - 1);
    const askAll = async () => {
      for (const { atMs, answer } of [...told.toReversed(), ...told])
        expect(await ask(everything(at(atMs)))).toEqual(answer);
    };
    await askAll();
    await bench.killAndStart();
    await receive('1', '5');
    await askAll();
  });

  test('are told through a SKU and a page at a time as well', async () => {
    const [{ atMs }] = (await trade()) as [Told];
    const { _entities: entities } =
      (await ask(`{ _entities(representations: [{ __typename: "Sku", id: "a" }]) { ... on Sku {
      availability(channel: "WEB"${at(atMs)}) { available }
      position(location: "S1"${at(atMs)}) { sellable softReserved bins { bin } }
      never: position(location: "S2"${at(atMs)}) { sellable }
    } } }`)) as { _entities: unknown[] };
    expect(entities).toEqual([
      { availability: { available: '5' }, position: { sellable: '5', softReserved: '0', bins: null }, never: null },
    ]);
    expect(
      await ask(`{ positions(location: "S1", skus: ["A"], first: 1${at(atMs)}) { pageInfo { hasNextPage } edges { node {
      history(first: 1) { pageInfo { hasNextPage } edges { node { kind balance { onHand } } } } } } } }`),
    ).toEqual({
      positions: {
        pageInfo: { hasNextPage: false },
        edges: [
          {
            node: {
              history: {
                pageInfo: { hasNextPage: false },
                edges: [{ node: { kind: 'RECEIPT', balance: { onHand: '5' } } }],
              },
            },
          },
        ],
      },
    });
  });

  test('are refused to shoppers, for an instant to come, and together with atLeast', async () => {
    const [{ atMs }] = (await trade()) as [Told];
    const asking = (besides: string): string => `{ availability(skus: ["A"], channel: "WEB"${besides}) { available } }`;
    const shopper = { subject: 'c', clientId: 'shop', scopes: ROLES.shopper, stores: [] };
    expect(await bench.codeOf(asking(at(atMs)), shopper)).toBe('FORBIDDEN');
    expect(await bench.codeOf(asking(at(bench.clock.nowMs())))).toBe('BAD_USER_INPUT');
    const { one } = (await ask(everything())) as { one: [{ changeCursor: string }] };
    expect(await bench.codeOf(asking(at(atMs, `, atLeast: "${one[0].changeCursor}"`)))).toBe('BAD_USER_INPUT');
    expect(await bench.codeOf(asking(at(0)))).toBe('UNKNOWN_CHANNEL');
    const offers = (sku: string, besides: string): string =>
      `{ offers(channel: "WEB", lines: [{ sku: "${sku}", quantity: "1" }]${besides}) { canShip } }`;
    expect(await bench.codeOf(offers('A', at(atMs)), shopper)).toBe('FORBIDDEN');
    expect(await bench.codeOf(offers('NONE', at(atMs)))).toBe('UNKNOWN_SKU');
    const node = (besides: string): string =>
      `{ nodeAvailability(skus: ["A"], channel: "WEB", location: "S9"${besides}) { available } }`;
    expect(await bench.codeOf(node(at(atMs)), shopper)).toBe('FORBIDDEN');
    expect(await bench.codeOf(node(at(atMs)))).toBe('UNKNOWN_LOCATION');
  });

  test('are rebuilt anew after nobody has asked for a while', async () => {
    const told = await trade();
    const { atMs, answer } = told[3] as Told;
    expect(await ask(everything(at(atMs)))).toEqual(answer);
    bench.clock.advance(INVENTORY_LIMITS.pastIdleMs);
    expect(await ask(everything(at(atMs)))).toEqual(answer);
  });
});
