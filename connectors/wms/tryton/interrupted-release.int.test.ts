import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import { jsonAnswer, type EdgeAnswer } from '../../runtime/edge-route.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { serveRoutes, type ServedRoutes } from '../../runtime/testing/serve-routes.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { connectTrytonWms } from './connect-tryton-wms.ts';
import type { Wms } from '../port.ts';

/* A release that Tryton goes out in the middle of: time stands still, so whoever waits for its passing waits for ever. */

const SHIPMENT = 'model.stock.shipment.out';
const RELEASE = {
  idempotencyKey: 'key-1',
  order: 'order-1',
  location: 'NORTH',
  lines: [{ orderLine: 'line-1', sku: 'MUG', quantity: '1' }],
};
/** Longer than Tryton may go on with a call whose answer was lost. */
const DOUBT_MS = 31_000;
const BODY_BYTES_MAX = 100_000;

/** What happens to the calls of a method: they are done and their answer is lost, or a lock keeps them from being done. */
type Fault = 'ANSWER_LOST' | 'LOCK_LOST';

let faults: Map<string, Fault>;
let shipments: { readonly id: number; readonly reference: string; state: string }[];
let clock: FakeClock;
let platform: TestPlatform;
let tryton: ServedRoutes;
let wms: Wms;
let close: () => Promise<void>;

beforeEach(async () => {
  faults = new Map();
  shipments = [];
  clock = new FakeClock();
  platform = await openTestPlatform({ clock });
  tryton = await serveRoutes();
  const handle = async ({ rawBody }: { readonly rawBody: Buffer }) => answer(String(rawBody));
  tryton.mount({ method: 'POST', path: '/:database', bodyBytesMax: BODY_BYTES_MAX, handle });
  const connection = await connectTrytonWms({
    system: 'wms-tryton',
    baseUrl: tryton.url,
    database: 'retailer',
    login: { user: 'hub', password: 'secret' },
    customer: 1,
    mapping: { locations: { DC: 'NORTH' }, lost: 'LOST', found: 'FOUND' },
    limits: TEST_LIMITS,
    platform,
  });
  ({ port: wms } = connection);
  close = () => connection.close();
});

afterEach(async () => {
  await close();
  await tryton[Symbol.asyncDispose]();
  await platform.close();
});

function answer(body: string): EdgeAnswer {
  const { method, params } = JSON.parse(body) as { method: string; params: readonly unknown[] };
  const fault = faults.get(method);
  if (fault === 'LOCK_LOST') return jsonAnswer(200, { id: 1, error: ['could not obtain lock on row', null] });
  const result = done(method, params);
  return fault === 'ANSWER_LOST' ? jsonAnswer(503, {}) : jsonAnswer(200, { id: 1, result });
}

function done(method: string, [first]: readonly unknown[]): unknown {
  switch (method) {
    case 'common.db.login':
      return [1, 'key'];
    case 'model.res.user.get_preferences':
      return { company: 1 };
    case `${SHIPMENT}.create`: {
      const [{ reference }] = first as [{ reference: string }];
      shipments.push({ id: shipments.length + 1, reference, state: 'draft' });
      return [shipments.length];
    }
    case `${SHIPMENT}.search_read`:
      return shipments;
    case `${SHIPMENT}.wait`:
    case `${SHIPMENT}.assign_try`:
      for (const shipment of shipments) shipment.state = method.endsWith('wait') ? 'waiting' : 'assigned';
      return null;
    default: {
      const place = { storage_location: 2, input_location: 3, output_location: 4 };
      return [
        { id: 2, code: method.includes('product') ? 'MUG' : 'DC', name: 'any', default_uom: 1, currency: 1, ...place },
      ];
    }
  }
}

test('goes on as soon as Tryton is back where the shipment was made already', async () => {
  faults.set(`${SHIPMENT}.wait`, 'ANSWER_LOST');
  await expect(wms.release(RELEASE)).rejects.toThrow(UpstreamUnavailable);
  faults.clear();
  await wms.release(RELEASE);
  expect(shipments).toEqual([{ id: 1, reference: 'order-1', state: 'assigned' }]);
});

test('is tried again at once where nothing was made for sure', async () => {
  faults.set(`${SHIPMENT}.create`, 'LOCK_LOST');
  await expect(wms.release(RELEASE)).rejects.toThrow(UpstreamUnavailable);
  faults.clear();
  await wms.release(RELEASE);
  expect(shipments).toEqual([{ id: 1, reference: 'order-1', state: 'assigned' }]);
});

test('waits until it is sure what was made where the answer to that was lost, and makes nothing twice', async () => {
  faults.set(`${SHIPMENT}.create`, 'ANSWER_LOST');
  await expect(wms.release(RELEASE)).rejects.toThrow(UpstreamUnavailable);
  faults.clear();
  let isReleased = false;
  const again = wms.release(RELEASE).then(() => (isReleased = true));
  await waitFor(() => clock.pending > 0, 'the wait');
  expect(isReleased).toBe(false);
  clock.advance(DOUBT_MS);
  await again;
  expect(shipments).toEqual([{ id: 1, reference: 'order-1', state: 'assigned' }]);
});
