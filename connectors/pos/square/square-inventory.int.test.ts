import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { bearerToken } from '../../runtime/authorisation.ts';
import { createHttpClient } from '../../runtime/http-client.ts';
import { createInbox } from '../../runtime/inbox.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import type { SquareSimulator } from '../../simulators/pos-square/square-simulator.ts';
import { posStockContract } from '../stock-port.contract.ts';
import type { SquareConnection } from './connect-square.ts';
import { InventoryApi } from './inventory-api.ts';
import { inventoryFeed } from './inventory-intake.ts';
import { SquareApi } from './square-api.ts';
import {
  connectTestSquare,
  SQUARE_ACCOUNT,
  squareContract,
  squareMapping,
  startSquare,
} from './testing/square-account.ts';

const { store: STORE, otherStore: OTHER, piece: PIECE, weighed: WEIGHED } = SQUARE_ACCOUNT;
const DAY_MS = 86_400_000;
const REASONS = { 'IN_STOCK>WASTE': 'DAMAGE', 'NONE>IN_STOCK': 'RECEIPT' } as const;

const shown = (square: SquareSimulator, sku: string): string => square.booked({ locationCode: STORE, sku });

afterEach(() => {
  expect(squareContract?.takeFaults() ?? []).toEqual([]);
});

posStockContract('Square', async () => {
  const simulator = await startSquare({ openingStock: [] });
  return {
    simulator,
    location: STORE,
    piece: PIECE,
    weighed: WEIGHED,
    takenForMs: DAY_MS,
    shown: (sku) => shown(simulator, sku),
    connect: async ({ platform }) => {
      const connection = await connectTestSquare(simulator, { platform });
      return { ...connection, port: connection.stock };
    },
  };
});

describe('the inventory of a Square account', () => {
  let platform: TestPlatform;
  let square: SquareSimulator;
  let connection: SquareConnection;

  beforeEach(async () => {
    platform = await openTestPlatform();
    square = await startSquare({ openingStock: [] });
    connection = await connectTestSquare(square, { platform, mapping: { ...squareMapping(square), reasons: REASONS } });
  });

  afterEach(async () => {
    await connection.close();
    await square.close();
    await platform.close();
  });

  const feed = () => {
    const found = connection.feeds.find(({ name }) => name === 'inventory-changes');
    if (!found) throw new Error('the inventory has no feed');
    return found;
  };
  const read = async () => (await feed().read(0)).messages;
  const post = async (path: string, body: unknown) => {
    const headers = { authorization: 'Bearer square-token', 'content-type': 'application/json' };
    const answer = await fetch(`${square.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(200);
  };
  const happens = (
    key: string,
    kind: 'physical_count' | 'adjustment',
    facts: { readonly occurred_at: string; readonly [member: string]: string },
  ) =>
    post('/v2/inventory/changes/batch-create', {
      idempotency_key: key,
      changes: [
        {
          type: kind.toUpperCase(),
          [kind]: {
            catalog_object_id: square.variationId(PIECE),
            location_id: square.locationId(STORE),
            ...facts,
          },
        },
      ],
    });

  test('is not listened to as long as nobody has said what its changes mean', async () => {
    const plain = await connectTestSquare(square, { platform });
    expect(plain.feeds.map(({ name }) => name)).toEqual(['orders-1']);
    await plain.close();
  });

  test('tells counts and adjustments with their own times, each once', async () => {
    const occurred_at = new Date(platform.clock.nowMs() - 3_600_000).toISOString();
    const occurredAtMs = Date.parse(occurred_at);
    await happens('a', 'physical_count', { quantity: '12', state: 'IN_STOCK', occurred_at });
    await happens('b', 'adjustment', { quantity: '2', from_state: 'IN_STOCK', to_state: 'WASTE', occurred_at });
    await happens('c', 'adjustment', { quantity: '5.5', from_state: 'NONE', to_state: 'IN_STOCK', occurred_at });
    const line = { lineId: '1', sku: PIECE };
    expect(await read()).toMatchObject([
      { facts: [{ occurredAtMs, data: { location: STORE, lines: [{ ...line, quantity: '12' }] } }] },
      { facts: [{ occurredAtMs, data: { lines: [{ ...line, quantity: '-2', reason: 'DAMAGE' }] } }] },
      { facts: [{ occurredAtMs, data: { lines: [{ ...line, quantity: '5.5', reason: 'RECEIPT' }] } }] },
    ]);
    const inbox = await createInbox({ platform });
    const outcomes = async () => (await inbox.receive('pos', await read())).map(({ outcome }) => outcome);
    expect(await outcomes()).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
    expect(await outcomes()).toEqual(['DUPLICATE', 'DUPLICATE', 'DUPLICATE']);
  });

  test('leaves to orders what was sold and came back, and knows what the hub itself wrote', async () => {
    const lines = [{ sku: PIECE, quantity: '1' }];
    const { receiptNumber } = square.ringUpSale({ locationCode: STORE, lines });
    square.ringUpReturn({ locationCode: STORE, originalReceiptNumber: receiptNumber, lines });
    const occurredAt = new Date(platform.clock.nowMs()).toISOString();
    const changes = [{ kind: 'COUNT', sku: PIECE, location: STORE, quantity: '3', occurredAt }] as const;
    await connection.stock.recordStock({ idempotencyKey: 'k', changes });
    expect(await read()).toEqual([]);
    square.count({ locationCode: OTHER, sku: PIECE, quantity: '3' });
    expect(await read()).toHaveLength(1);
  });

  test('waits for the meaning of states that nobody has named', async () => {
    const occurred_at = new Date(platform.clock.nowMs()).toISOString();
    await happens('a', 'adjustment', { quantity: '1', from_state: 'IN_STOCK', to_state: 'SOLD', occurred_at });
    const [waiting] = await read();
    expect(waiting).toMatchObject({
      reason: 'inventory adjustment "IN_STOCK>SOLD" is not mapped.',
      unmapped: { value: 'IN_STOCK>SOLD' },
    });
    const { origin } = waiting as Extract<Inbound, { readonly reason: string }>;
    const rows = { reasons: { 'IN_STOCK>SOLD': 'SALE' } };
    expect(await connection.readAgain?.(origin as never, rows)).toMatchObject([
      { facts: [{ data: { lines: [{ quantity: '-1', reason: 'SALE' }] } }] },
    ]);
  });

  test('reads more changes than one question may have pages, part by part of the time', async () => {
    let nowMs = Date.parse('2026-11-20T10:00:00Z');
    const busy = await startSquare({ openingStock: [], now: () => nowMs });
    const [system, authorisation] = ['pos', bearerToken('square-token')];
    const http = createHttpClient({ system, baseUrl: busy.url, authorisation, clock: platform.clock });
    for (let ordinal = 1; ordinal <= 100; ordinal++) {
      nowMs += 10_000;
      busy.count({ locationCode: STORE, sku: ordinal % 2 === 0 ? PIECE : WEIGHED, quantity: String(ordinal) });
    }
    const changes = inventoryFeed({
      api: new SquareApi(system, http),
      inventory: new InventoryApi(system, http, { rowsPerPage: 10, pagesMax: 3 }),
      mapping: { ...squareMapping(busy), reasons: REASONS },
      clock: platform.clock,
    });
    const seen = new Set<string>();
    let page = await changes.read(Date.parse('2026-11-20T10:00:00Z'));
    let rounds = 1;
    for (; page.hasMore; rounds++) {
      for (const { eventId } of page.messages) seen.add(eventId);
      page = await changes.read(page.last);
    }
    for (const { eventId } of page.messages) seen.add(eventId);
    expect(seen.size).toBe(100);
    expect(rounds).toBeGreaterThan(3);
    await http.close();
    await busy.close();
  });

  test('is told of by notifications, which say that something changed and not what', async () => {
    square.count({ locationCode: STORE, sku: PIECE, quantity: '4' });
    square.count({ locationCode: STORE, sku: WEIGHED, quantity: '1.5' });
    const payload = {
      type: 'inventory.count.updated',
      data: {
        id: '',
        object: {
          inventory_counts: [
            {
              catalog_object_id: square.variationId(WEIGHED),
              location_id: square.locationId(STORE),
              state: 'IN_STOCK',
              quantity: '1.5',
              calculated_at: new Date(platform.clock.nowMs()).toISOString(),
            },
          ],
        },
      },
    };
    const told = async (body: unknown) => {
      const rawBody = Buffer.from(JSON.stringify(body));
      return connection.receiver.normalise({ headers: {}, query: new URLSearchParams(), rawBody });
    };
    expect(await told(payload)).toMatchObject([{ facts: [{ data: { lines: [{ sku: WEIGHED, quantity: '1.5' }] } }] }]);
    expect(await told({ ...payload, data: { id: '', object: {} } })).toMatchObject([
      { eventId: expect.stringMatching(/^body:/) },
    ]);
  });

  test('refuses what happened more than a day ago, in Square’s own words', async () => {
    const occurredAt = new Date(platform.clock.nowMs() - DAY_MS - 60_000).toISOString();
    const changes = [{ kind: 'COUNT', sku: PIECE, location: STORE, quantity: '3', occurredAt }] as const;
    const { commands } = connection;
    const perform = commands?.['record-stock']?.perform({ changes }, { key: 'k', correlationId: 'c' });
    await expect(perform).rejects.toThrow(UpstreamRejected);
    await expect(perform).rejects.toThrow('Must be a time of the last 24 hours.');
  });
});
