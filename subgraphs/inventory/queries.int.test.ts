import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { goodsReceived, stockAdjusted } from '../../schema/events/inbox.ts';
import { InventoryBench } from './testing/inventory-bench.ts';

let bench: InventoryBench;

beforeEach(async () => {
  bench = await InventoryBench.open();
  for (const sku of ['B', 'C']) await bench.registerSku(sku, sku === 'B' ? ['SHOES'] : []);
  await receive('S1', { A: '5', B: '2' });
  await receive('S2', { A: '4', B: '1' });
  await bench.until(async () => (await bench.available('B')) === '3' || undefined, 'the receipts');
});
afterEach(() => bench.close());

const linesOf = (quantities: Readonly<Record<string, string>>) =>
  Object.entries(quantities).map(([sku, quantity]) => ({ lineId: sku, sku, quantity }));
const receive = (location: string, quantities: Readonly<Record<string, string>>) =>
  bench.publish(goodsReceived, { location, reference: 'po', lines: linesOf(quantities) });
const adjust = (location: string, quantities: Readonly<Record<string, string>>) =>
  bench.publish(stockAdjusted, {
    location,
    lines: linesOf(quantities).map((line) => ({ ...line, reason: 'LOST' as const })),
  });
const ask = async <Answer>(source: string): Promise<Answer> => {
  const { data, errors } = await bench.query(source);
  if (errors) throw errors[0] as Error;
  return JSON.parse(JSON.stringify(data)) as Answer;
};

describe('availability of many SKUs in several channels', () => {
  test('comes SKU by SKU and channel by channel, as of one change', async () => {
    await bench.query('mutation { registerNetwork(input: { id: "ONE", locations: ["S1"] }) { changeCursor } }');
    await bench.query(
      'mutation { registerChannel(input: { id: "APP", network: "ONE", currency: "GBP" }) { changeCursor } }',
    );

    const { availabilities } = await ask<{ availabilities: ({ available: string; changeCursor: string } | null)[] }>(
      '{ availabilities(skus: ["A", "X", "B"], channels: ["APP", "WEB"]) { available changeCursor channel { id } } }',
    );
    expect(availabilities.map((each) => each?.available ?? null)).toEqual(['5', '9', null, null, '2', '3']);
    expect(new Set(availabilities.flatMap((each) => each?.changeCursor ?? [])).size).toBe(1);
  });

  test('is refused for an unknown channel and beyond its bound', async () => {
    expect(await bench.codeOf('{ availabilities(skus: ["A"], channels: ["NO"]) { available } }')).toBe(
      'UNKNOWN_CHANNEL',
    );
    const skus = JSON.stringify(Array.from({ length: 200 }, (_, index) => `S${index}`));
    const channels = JSON.stringify(Array.from({ length: 11 }, () => 'WEB'));
    expect(await bench.codeOf(`{ availabilities(skus: ${skus}, channels: ${channels}) { available } }`)).toBe(
      'LIMIT_EXCEEDED',
    );
  });
});

describe('what can be offered for a cart', () => {
  const offers = (lines: string) =>
    ask<{ offers: object }>(
      `{ offers(channel: "WEB", lines: [${lines}]) { canShip pickupAt { id } shipFrom { id }
        lines { sku { id } quantity canShip pickupAt { id } } } }`,
    );

  test('names the locations that could serve all of it', async () => {
    expect(await offers('{ sku: "A", quantity: "4" }, { sku: "B", quantity: "2" }')).toEqual({
      offers: {
        canShip: true,
        pickupAt: [{ id: 'S1' }],
        shipFrom: [{ id: 'S1' }],
        lines: [
          { sku: { id: 'A' }, quantity: '4', canShip: true, pickupAt: [{ id: 'S1' }, { id: 'S2' }] },
          { sku: { id: 'B' }, quantity: '2', canShip: true, pickupAt: [{ id: 'S1' }] },
        ],
      },
    });
  });

  test('counts the lines of one SKU together', async () => {
    expect(await offers('{ sku: "A", quantity: "4" }, { sku: "a", quantity: "4" }')).toMatchObject({
      offers: { canShip: true, pickupAt: [], lines: [{ quantity: '8', pickupAt: [] }] },
    });
    expect(await offers('{ sku: "A", quantity: "5" }, { sku: "A", quantity: "5" }')).toMatchObject({
      offers: { canShip: false, shipFrom: [] },
    });
  });

  test('is what a reservation is then granted: demand of the network counts against each location', async () => {
    await bench.request('reserve-stock', {
      commandId: 'c1',
      kind: 'CART',
      channel: 'WEB',
      lines: [{ lineRef: '1', sku: 'A', quantity: '6' }],
    });
    expect(await offers('{ sku: "A", quantity: "4" }')).toMatchObject({ offers: { canShip: false, pickupAt: [] } });
    expect(await offers('{ sku: "A", quantity: "3" }')).toMatchObject({
      offers: { canShip: true, pickupAt: [{ id: 'S1' }, { id: 'S2' }] },
    });
  });

  test('is refused for what nobody registered', async () => {
    expect(await bench.codeOf('{ offers(channel: "WEB", lines: [{ sku: "X", quantity: "1" }]) { canShip } }')).toBe(
      'UNKNOWN_SKU',
    );
    expect(await bench.codeOf('{ offers(channel: "WEB", lines: []) { canShip } }')).toBe('BAD_USER_INPUT');
  });
});

describe('the history of a position', () => {
  interface Entry {
    readonly kind: string;
    readonly change: Readonly<Record<string, string>>;
    readonly balance: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  }
  interface History {
    readonly isComplete: boolean;
    readonly edges: readonly { readonly node: Entry }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  }
  const FIGURES = 'onHand sellable softReserved allocated';
  const historyOf = async (sku: string, page = 'first: 100'): Promise<History> => {
    const { positions } = await ask<{ positions: { edges: { node: { history: History } }[] } }>(
      `{ positions(location: "S1", skus: ["${sku}"]) { edges { node { history(${page}) { isComplete
        pageInfo { hasNextPage endCursor }
        edges { node { kind reason quantity source eventId document change { ${FIGURES} } balance { ${FIGURES} } } }
      } } } } }`,
    );
    const [edge] = positions.edges;
    if (!edge) throw new Error(`no position of ${sku}`);
    return edge.node.history;
  };
  const reserve = async (commandId: string, quantity: string, kind = 'ORDER') => {
    const lines = [{ lineRef: '1', sku: 'A', quantity }];
    const request = { commandId, kind, channel: 'WEB', location: 'S1', owner: 'order-1', lines };
    return (await bench.request('reserve-stock', request)) as { reservations: [{ id: string }] };
  };
  beforeEach(async () => {
    const [first, second] = [await reserve('c1', '2'), await reserve('c2', '1', 'CART')];
    await bench.request('cancel-reservations', { commandId: 'c3', reservations: [second.reservations[0].id] });
    const line = { orderLine: 'l1', reservation: first.reservations[0].id, location: 'S1', sku: 'A', quantity: '2' };
    await bench.request('allocate-stock', { commandId: 'c4', order: 'order-1', lines: [line] });
    await adjust('S1', { A: '-1' });
    await bench.until(async () => (await bench.available('A')) === '6' || undefined, 'the adjustment');
  });

  test('tells movements and claims, the newest first, with who, why and the running balance', async () => {
    const { edges, isComplete } = await historyOf('A');
    const told = edges.map(({ node: { kind, reason, document, balance } }) => [
      kind,
      reason,
      document,
      Object.values(balance).join(' '),
    ]);
    expect(told).toEqual([
      ['ADJUST', 'LOST', null, '4 4 0 2'],
      ['ALLOCATE', null, 'order-1', '5 5 0 2'],
      ['CONVERT', 'ORDER', 'order-1', '5 5 0 0'],
      ['CANCEL', 'CART', 'order-1', '5 5 2 0'],
      ['RESERVE', 'CART', 'order-1', '5 5 3 0'],
      ['RESERVE', 'ORDER', 'order-1', '5 5 2 0'],
      ['RECEIPT', 'RECEIPT', 'po', '5 5 0 0'],
    ]);
    expect(isComplete).toBe(true);
    expect(edges[0]?.node).toMatchObject({ source: 'pos', quantity: '1', change: { onHand: '-1', allocated: '0' } });
    expect(edges[1]?.node).toMatchObject({ source: null, eventId: null, change: { allocated: '2' } });
  });

  test('is the same page by page, and after a restart', async () => {
    const whole = (await historyOf('A')).edges;
    await bench.killAndStart();
    const paged: unknown[] = [];
    for (let page = 'first: 2'; ;) {
      const { edges, pageInfo } = await historyOf('A', page);
      paged.push(...edges);
      if (!pageInfo.hasNextPage) break;
      page = `first: 2, after: "${pageInfo.endCursor}"`;
    }
    expect(paged).toEqual(whole);
  });
});

test('the history of a position leads back to its first movement, also when its index was deleted', async () => {
  const historyOf = (page: string) =>
    ask<{ positions: { edges: [{ node: { history: { isComplete: boolean; pageInfo: object; edges: unknown[] } } }] } }>(
      `{ positions(location: "S1", skus: ["B"]) { edges { node { history(${page}) { isComplete
        pageInfo { hasNextPage endCursor } edges { node { kind quantity balance { onHand } } } } } } } }`,
    );
  // One after the other, so that each stands in a batch of its own.
  for (let count = 1; count <= 30; count++) {
    await receive('S1', { B: '1' });
    await bench.until(async () => (await bench.available('B')) === String(3 + count) || undefined, 'the receipt');
  }
  const whole = await historyOf('first: 100');
  const [{ node }] = whole.positions.edges;
  expect(node.history).toMatchObject({ isComplete: true, pageInfo: { hasNextPage: false } });
  expect(node.history.edges).toHaveLength(31);
  expect(node.history.edges.at(-1)).toEqual({ node: { kind: 'RECEIPT', quantity: '2', balance: { onHand: '2' } } });
  const page = await historyOf('first: 20');
  const { endCursor } = page.positions.edges[0].node.history.pageInfo as { endCursor: string };

  await bench.stop();
  await rm(join(bench.directory, 'indexes', 'inventory-positions.chain'));
  await bench.start();
  expect(await historyOf('first: 100')).toEqual(whole);
  const rest = await historyOf(`first: 20, after: "${endCursor}"`);
  expect(rest.positions.edges[0].node.history.edges).toEqual(node.history.edges.slice(20));
});

describe('the places and sellers', () => {
  const REGISTERED = 'location(id: "S3"%) { id } locations% { id } channel(id: "APP"%) { id } channels% { id }';
  const asking = (atLeast?: string): string => {
    const inside = atLeast === undefined ? '' : `, atLeast: "${atLeast}"`;
    const alone = atLeast === undefined ? '' : `(atLeast: "${atLeast}")`;
    return `{ ${REGISTERED.replaceAll('"%', `"${inside}`).replaceAll('%', alone)} }`;
  };

  test('are told with a change that a mutation made, and wait for one that is still to come', async () => {
    const registering = 'registerChannel(input: { id: "APP", network: "ALL", currency: "GBP" }) { changeCursor }';
    const made = await ask<{ registerChannel: { changeCursor: string } }>(`mutation { ${registering} }`);
    const { changeCursor } = made.registerChannel;
    expect(await ask(asking(changeCursor))).toMatchObject({ channel: { id: 'APP' }, location: null });
    const [start, seq] = changeCursor.split('.') as [string, string];
    const asked = ask<{ location: object; locations: object[] }>(asking(`${start}.${Number(seq) + 1}`));
    await bench.registerLocation('S3');
    const told = await bench.until(() => Promise.race([asked, Promise.resolve(undefined)]), 'the next change');
    expect(told).toMatchObject({ location: { id: 'S3' }, channels: [{ id: 'WEB' }, { id: 'APP' }] });
    expect(told.locations).toHaveLength(3);
  });

  test.each(['location(id: "S1"%)', 'locations(%)', 'channel(id: "WEB"%)', 'channels(%)'])(
    '%s is an obstacle when the change does not come in time, and refused for a foreign cursor',
    async (field) => {
      const { channels } = await ask<{ channels: object[] }>(asking());
      expect(channels).toHaveLength(1);
      const { availability } = await ask<{ availability: [{ changeCursor: string }] }>(
        '{ availability(skus: ["A"], channel: "WEB") { changeCursor } }',
      );
      const [start] = availability[0].changeCursor.split('.') as [string];
      const code = bench.codeOf(`{ ${field.replace('%', ` atLeast: "${start}.99999"`)} { id } }`);
      const outcome = await bench.until(() => Promise.race([code, Promise.resolve(undefined)]), 'the end of the wait');
      expect(outcome).toBe('NOT_CAUGHT_UP');
      const foreign = ` atLeast: "orders:0123456789.1"`;
      expect(await bench.codeOf(`{ ${field.replace('%', foreign)} { id } }`)).toBe('FOREIGN_CURSOR');
    },
  );
});

describe('the positions of a location', () => {
  const list = async (rest: string): Promise<readonly string[]> => {
    const { positions } = await ask<{ positions: { edges: { node: { sku: { id: string } } }[] } }>(
      `{ positions(location: "S1"${rest}) { edges { node { sku { id } } } } }`,
    );
    return positions.edges.map(({ node }) => node.sku.id);
  };
  beforeEach(async () => {
    await adjust('S1', { C: '-3' });
    await bench.until(async () => (await list('')).length === 3 || undefined, 'the third position');
  });

  test.each([
    ['', ['A', 'B', 'C']],
    [', filter: { category: "SHOES" }', ['B']],
    [', filter: { isNegative: true }', ['C']],
    [', sort: { by: SELLABLE }', ['C', 'B', 'A']],
    [', sort: { by: ON_HAND, direction: DESC }', ['A', 'B', 'C']],
    [', sort: { by: SELLABLE }, filter: { category: "SHOES" }', ['B']],
    [', skus: ["C", "A"], filter: { isNegative: true }', ['C']],
  ])('with%s are %j', async (rest, expected) => {
    expect(await list(rest)).toEqual(expected);
  });

  test('that changed since a cursor are those and no others', async () => {
    const { location } = await ask<{ location: object; positions: object }>('{ location(id: "S1") { id } }');
    expect(location).toEqual({ id: 'S1' });
    const before = await ask<{ availability: { changeCursor: string }[] }>(
      '{ availability(skus: ["A"], channel: "WEB") { changeCursor } }',
    );
    await receive('S1', { B: '1' });
    await bench.until(async () => (await bench.available('B')) === '4' || undefined, 'the receipt');

    const cursor = before.availability[0]?.changeCursor ?? '';
    expect(await list(`, filter: { changedSince: "${cursor}" }`)).toEqual(['B']);
  });

  test('are paged by a figure without a gap or a repetition, equal figures by SKU', async () => {
    await receive('S1', { C: '5' });
    await bench.until(async () => (await list(', filter: { isNegative: true }')).length === 0 || undefined, 'C');
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { positions } = await ask<{
        positions: {
          edges: { node: { sku: { id: string } } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      }>(
        `{ positions(location: "S1", first: 1, sort: { by: SELLABLE }${after}) {
          edges { node { sku { id } } } pageInfo { hasNextPage endCursor } } }`,
      );
      seen.push(...positions.edges.map(({ node }) => node.sku.id));
      if (!positions.pageInfo.hasNextPage) break;
      after = `, after: "${positions.pageInfo.endCursor}"`;
    }
    expect(seen).toEqual(['B', 'C', 'A']);
  });

  test('refuse a cursor of another order, and a sort of named SKUs', async () => {
    const { positions } = await ask<{ positions: { pageInfo: { endCursor: string } } }>(
      '{ positions(location: "S1", first: 1) { pageInfo { endCursor } } }',
    );
    const { endCursor } = positions.pageInfo;
    const sorted = `sort: { by: SELLABLE }, after: "${endCursor}"`;
    expect(await bench.codeOf(`{ positions(location: "S1", ${sorted}) { pageInfo { endCursor } } }`)).toBe(
      'BAD_USER_INPUT',
    );
    expect(
      await bench.codeOf(
        '{ positions(location: "S1", skus: ["A"], sort: { by: SELLABLE }) { pageInfo { endCursor } } }',
      ),
    ).toBe('BAD_USER_INPUT');
  });
});

test('every query of stock waits for the change that it is asked to include', async () => {
  const reply = (await bench.request('reserve-stock', {
    commandId: 'c1',
    kind: 'CART',
    channel: 'WEB',
    location: 'S1',
    lines: [{ lineRef: '1', sku: 'A', quantity: '1' }],
  })) as { changeCursor: string; reservations: { id: string }[] };
  const atLeast = `atLeast: "${reply.changeCursor}"`;
  const all = `{
    availabilities(skus: ["A"], channels: ["WEB"], ${atLeast}) { available }
    offers(channel: "WEB", lines: [{ sku: "A", quantity: "5" }], ${atLeast}) { pickupAt { id } }
    nodeAvailability(skus: ["A"], channel: "WEB", location: "S1", ${atLeast}) { available }
    positions(location: "S1", skus: ["A"], ${atLeast}) { edges { node { softReserved } } } }`;
  expect(await ask(all)).toEqual({
    availabilities: [{ available: '8' }],
    offers: { pickupAt: [] },
    nodeAvailability: [{ available: '4' }],
    positions: { edges: [{ node: { softReserved: '1' } }] },
  });

  const ahead = reply.changeCursor.replace(/\d+$/, (seq) => String(Number(seq) + 1_000));
  for (const query of ['offers(channel: "WEB", lines: [{ sku: "A", quantity: "1" }],', 'reservation(id: "x",']) {
    const answer = bench.codeOf(`{ ${query} atLeast: "${ahead}") { __typename } }`);
    bench.clock.advance(60_000);
    expect(await answer).toBe('NOT_CAUGHT_UP');
  }
});
