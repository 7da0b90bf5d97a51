/* Work for a warehouse by way of its queue, over HTTP, with outages and limits of the vendor. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { openOutbound, type Outbound } from '../outbound/open-outbound.ts';
import type { OutboundLimits } from '../outbound/outbound-limits.ts';
import type { Submission } from '../outbound/port.ts';
import type { Connection } from '../runtime/connection.ts';
import { TEST_LIMITS } from '../runtime/testing/outside-system.ts';
import { VendorPace } from '../runtime/vendor-pace.ts';
import { createDemoCatalogue } from '../simulators/demo-catalogue.ts';
import { wmsSeed } from '../simulators/demo-seeds.ts';
import { startWmsSimulator, type WmsSimulator } from '../simulators/wms/wms-simulator.ts';
import type { Wms } from './port.ts';
import { connectShipHero } from './shiphero/connect-ship-hero.ts';

const seed = wmsSeed(createDemoCatalogue());
const SKU = seed.items[0]?.sku ?? '';
const QUICK: Partial<OutboundLimits> = {
  backoffMinMs: 5,
  backoffMaxMs: 20,
  breakerOpenMinMs: 20,
  breakerOpenMaxMs: 40,
  pollMs: 20,
};

let platform: TestPlatform;
let wms: WmsSimulator;
let connection: Connection<Wms>;
let outbound: Outbound;

beforeEach(async () => {
  platform = await openTestPlatform();
  wms = await startWmsSimulator(seed);
  connection = await connectShipHero({
    system: 'wms-north',
    baseUrl: wms.url,
    accessToken: 'wms-token',
    webhookSecret: 'secret',
    mapping: { locations: { 'DC-NORTH': 'NORTH' }, statuses: {}, reasons: {} },
    limits: { ...TEST_LIMITS, breakerFailures: 1_000 },
    platform,
  });
});

afterEach(async () => {
  await outbound.close();
  await connection.close();
  await wms.close();
  await platform.close();
});

const open = async (pace?: VendorPace): Promise<void> => {
  const { commands: handlers = {}, pace: heard } = connection;
  const used = pace ?? heard;
  outbound = await openOutbound(platform, {
    systems: [{ system: 'wms-north', handlers, ...(used && { pace: used }), limits: QUICK }],
  });
};

const release = (order: string): Promise<Submission> =>
  outbound.submit({
    system: 'wms-north',
    key: `${order}/1`,
    name: 'release-work',
    lane: 'FULFILMENT',
    group: order,
    ref: `orders:${order}`,
    payload: { order, location: 'NORTH', lines: [{ orderLine: 'line-1', sku: SKU, quantity: '1' }] },
    correlationId: order,
  });

const stop = (order: string): Promise<Submission> =>
  outbound.submit({
    system: 'wms-north',
    key: `${order}/2`,
    name: 'stop-work',
    lane: 'FULFILMENT',
    group: order,
    ref: `orders:${order}`,
    payload: { order, location: 'NORTH' },
    correlationId: order,
  });

test('orders released while the warehouse is down are there once each when it is back, and what was stopped is stopped', async () => {
  await open();
  wms.faults.set({ outage: 'UNAVAILABLE' });
  const orders = Array.from({ length: 20 }, (_, index) => `order-${index + 1}`);
  for (const order of orders) expect(await release(order)).toEqual({ status: 'WAITING' });
  await stop('order-3');
  await waitFor(() => wms.requests().some(({ status }) => status === 503), 'an attempt');
  expect(wms.orders()).toEqual([]);
  wms.faults.clear();
  await waitFor(async () => (await stop('order-3')).status === 'DONE', 'the order to be stopped');
  await waitFor(() => wms.orders().length === 20, 'the work');
  await expect(stop('order-3')).resolves.toEqual({ status: 'DONE', result: { stopped: 'CANCELLED' } });
  expect(wms.orders().find(({ partnerOrderId }) => partnerOrderId === 'order-3')?.status).toBe('canceled');
});

test('no more goes than the pace allows, so that the vendor never has to say so', async () => {
  // Twenty at once would be refused by a vendor of ten.
  await open(new VendorPace(platform.clock, { perSecond: 50, burst: 2 }));
  const startedMs = platform.clock.nowMs();
  for (let count = 0; count < 12; count++) await release(`order-${count}`);
  await waitFor(() => wms.orders().length === 12, 'the work');
  // Two at once and ten more at fifty a second take a fifth of a second at the least.
  expect(platform.clock.nowMs() - startedMs).toBeGreaterThanOrEqual(190);
});

test('what the warehouse refuses comes back with its words', async () => {
  await open();
  await outbound.submit({
    system: 'wms-north',
    key: 'bad/1',
    name: 'release-work',
    lane: 'FULFILMENT',
    group: 'bad',
    ref: 'orders:bad',
    payload: { order: 'bad', location: 'NORTH', lines: [{ orderLine: 'line-1', sku: 'NO-SUCH-SKU', quantity: '1' }] },
    correlationId: 'bad',
  });
  const refused = await waitFor(async () => {
    const messages = await platform.streams.read(streamOf('outbound'), 0, 10);
    return messages[0]?.envelope.data as { readonly status: string; readonly code: string } | undefined;
  });
  expect(refused).toMatchObject({ status: 'REFUSED', code: 'UPSTREAM_REJECTED' });
});
