import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDemoCatalogue } from '../demo-catalogue.ts';
import { wmsSeed } from '../demo-seeds.ts';
import { at, call, listAt } from '../testing/call.ts';
import type { CallResult } from '../testing/call.ts';
import { startWebhookCatcher } from '../testing/webhook-catcher.ts';
import type { WebhookCatcher } from '../testing/webhook-catcher.ts';
import { startWmsSimulator } from '../wms/wms-simulator.ts';
import type { WmsSimulator } from '../wms/wms-simulator.ts';

/** The faults and limits that all simulators share, shown on the warehouse because it is the one with sequences. */
const seed = wmsSeed(createDemoCatalogue());
const warehouse = 'DC-NORTH';
const START_MS = Date.parse('2026-03-01T10:00:00Z');

let wms: WmsSimulator;
let catcher: WebhookCatcher;
let nowMs = START_MS;
const query = (): Promise<CallResult> =>
  call(`${wms.url}/v1/stock/query`, { token: 'wms-token', body: { skus: ['LAMP', 'TEAPOT'] } });
const receive = (reference: string): void => wms.receive({ warehouse, sku: 'LAMP', quantity: '1', reference });
const messages = (): unknown[] => catcher.caught.map(({ body }) => JSON.parse(body) as unknown);
const sequences = (): unknown[] => messages().map((message) => at(message, 'sequence'));

async function start(options: { capacity: number }): Promise<void> {
  const rateLimit = { capacity: options.capacity, refillPerSecond: 1 };
  const webhooks = { backoffMs: 1, reorderHoldMs: 5, attemptsMax: 3 };
  wms = await startWmsSimulator({ ...seed, now: () => nowMs, rateLimit, webhooks });
  wms.subscribe({ url: catcher.url, secret: 's' });
}

beforeEach(async () => {
  nowMs = START_MS;
  catcher = await startWebhookCatcher();
  await start({ capacity: 1000 });
});

afterEach(async () => {
  await wms.close();
  await catcher.close();
});

describe('limits', () => {
  test('beyond the limit the answer is 429 with Retry-After, and after that time it is not', async () => {
    await wms.close();
    await start({ capacity: 2 });
    expect([(await query()).status, (await query()).status]).toEqual([200, 200]);
    const limited = await query();
    expect([limited.status, limited.headers.get('retry-after'), at(limited.body, 'errors', 0, 'code')]).toEqual([
      429,
      '1',
      'RATE_LIMITED',
    ]);
    nowMs += 1000;
    expect((await query()).status).toBe(200);
  });

  test('requests are counted by route whatever they were answered', async () => {
    await query();
    await call(`${wms.url}/v1/orders/none`, { token: 'wms-token' });
    await call(`${wms.url}/else`, { token: 'wms-token' });
    expect(wms.requests().map(({ route, status }) => [route, status])).toEqual([
      ['POST /v1/stock/query', 200],
      ['GET /v1/orders/:id', 404],
      ['UNKNOWN', 404],
    ]);
    wms.resetRequests();
    expect([wms.countOf('POST /v1/stock/query'), wms.requests()]).toEqual([0, []]);
  });
});

describe('faults of requests', () => {
  test('throttle answers 429 below the limit', async () => {
    wms.faults.set({ throttle: 1 });
    expect((await query()).status).toBe(429);
    wms.faults.clear();
    expect((await query()).status).toBe(200);
  });

  test('an outage answers 503 or cuts the connection, then everything works again', async () => {
    wms.faults.set({ outage: 'UNAVAILABLE' });
    expect((await query()).status).toBe(503);
    wms.faults.set({ outage: 'RESET' });
    await expect(query()).rejects.toThrow(/fetch failed/);
    wms.faults.set({ outage: 'NONE' });
    expect((await query()).status).toBe(200);
  });

  test('a part of a batch fails alone and says so', async () => {
    wms.faults.set({ partialFailure: 1 });
    const { status, body } = await query();
    expect([status, listAt(body, 'data')]).toEqual([200, []]);
    expect(listAt(body, 'errors').map((error) => at(error, 'code'))).toEqual([
      'TEMPORARILY_UNAVAILABLE',
      'TEMPORARILY_UNAVAILABLE',
    ]);
  });

  test('drift adds unknown fields or changes types', async () => {
    wms.faults.set({ drift: 'ADDED_FIELD' });
    expect(at((await query()).body, 'data', 0)).toMatchObject({ preview_revision: 2, sku: 'LAMP' });
    wms.faults.set({ drift: 'RETYPED_FIELD' });
    expect(typeof at((await query()).body, 'data', 0, 'on_hand')).toBe('number');
  });

  test('clock skew moves the times in answers', async () => {
    wms.faults.set({ clockSkewMs: 90_000 });
    expect(at((await query()).body, 'as_of')).toBe('2026-03-01T10:01:30.000Z');
  });

  test('latency holds the answer back', async () => {
    wms.faults.set({ latencyMs: 5_000 });
    const signal = AbortSignal.timeout(20);
    await expect(fetch(`${wms.url}/v1/events`, { signal })).rejects.toThrow(/timeout/);
  });
});

describe('webhooks', () => {
  test('arrive once and in order without faults', async () => {
    for (const reference of ['a', 'b', 'c']) receive(reference);
    await wms.webhooksSettled();
    expect(sequences()).toEqual([1, 2, 3]);
    expect(wms.deliveries().map(({ outcome, attempts }) => [outcome, attempts])).toEqual([
      ['DELIVERED', 1],
      ['DELIVERED', 1],
      ['DELIVERED', 1],
    ]);
  });

  test('are sent again until the subscriber takes them', async () => {
    catcher.failNext(2);
    receive('a');
    await wms.webhooksSettled();
    expect([sequences(), wms.deliveries()[0]?.attempts]).toEqual([[1], 3]);
  });

  test('are given up after the last attempt', async () => {
    catcher.failNext(100);
    receive('a');
    await wms.webhooksSettled();
    expect(wms.deliveries()).toMatchObject([{ outcome: 'GAVE_UP', attempts: 3 }]);
  });

  test('duplicate sends the same bytes twice', async () => {
    wms.faults.set({ duplicate: 1 });
    receive('a');
    await wms.webhooksSettled();
    expect(catcher.caught).toHaveLength(2);
    expect(catcher.caught[1]?.body).toBe(catcher.caught[0]?.body);
  });

  test('reorder lets the next message overtake', async () => {
    wms.faults.set({ reorder: 1 });
    receive('a');
    wms.faults.set({ reorder: 0 });
    receive('b');
    await wms.webhooksSettled();
    expect(sequences()).toEqual([2, 1]);
  });

  test('a message held back for reordering is sent even when no other follows', async () => {
    wms.faults.set({ reorder: 1 });
    receive('a');
    await wms.webhooksSettled();
    expect(sequences()).toEqual([1]);
  });

  test('conflict sends another content under the same id, rightly signed', async () => {
    wms.faults.set({ conflict: 1 });
    receive('a');
    await wms.webhooksSettled();
    const [first, second] = messages();
    expect(at(second, 'message_id')).toBe(at(first, 'message_id'));
    expect([at(first, 'data', 'lines', 0, 'quantity'), at(second, 'data', 'lines', 0, 'quantity')]).toEqual(['1', '2']);
  });

  test('drop loses them, and the delivery record knows', async () => {
    wms.faults.set({ drop: 1 });
    receive('a');
    await wms.webhooksSettled();
    expect([catcher.caught.length, wms.deliveries()[0]?.outcome]).toEqual([0, 'DROPPED']);
  });

  test('wait for the end of an outage', async () => {
    wms.faults.set({ outage: 'UNAVAILABLE' });
    receive('a');
    await query();
    expect(catcher.caught).toHaveLength(0);
    wms.faults.set({ outage: 'NONE' });
    await wms.webhooksSettled();
    expect(sequences()).toEqual([1]);
  });

  test('delay holds them back', async () => {
    wms.faults.set({ delayMs: 60_000 });
    receive('a');
    await query();
    expect([catcher.caught.length, wms.deliveries()]).toEqual([0, []]);
  });

  test('the same seed makes the same ids and draws', async () => {
    const ids = async (randomSeed: number): Promise<string> => {
      const other = await startWmsSimulator({ ...seed, randomSeed, now: () => nowMs });
      other.receive({ warehouse, sku: 'LAMP', quantity: '1', reference: 'a' });
      const { body } = await call(`${other.url}/v1/events`, { token: 'wms-token' });
      await other.close();
      return String(at(body, 'data', 0, 'message_id'));
    };
    expect(await ids(5)).toBe(await ids(5));
    expect(await ids(5)).not.toBe(await ids(6));
  });
});
