/* A warehouse system whose bodies change overnight, over HTTP. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import type { Connection } from '../../runtime/connection.ts';
import { createInbox, type Inbox } from '../../runtime/inbox.ts';
import { createPoller, type Poller } from '../../runtime/poller.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { createDemoCatalogue } from '../../simulators/demo-catalogue.ts';
import { wmsSeed } from '../../simulators/demo-seeds.ts';
import { startWmsSimulator, type WmsSimulator } from '../../simulators/wms/wms-simulator.ts';
import type { Wms } from '../port.ts';
import { connectShipHero } from './connect-ship-hero.ts';

const seed = wmsSeed(createDemoCatalogue());
const SKU = seed.items[0]?.sku ?? '';

let platform: TestPlatform;
let wms: WmsSimulator;
let connection: Connection<Wms>;
let inbox: Inbox;
let poller: Poller;

beforeEach(async () => {
  platform = await openTestPlatform();
  wms = await startWmsSimulator(seed);
  connection = await connectShipHero({
    system: 'wms-north',
    baseUrl: wms.url,
    accessToken: 'wms-token',
    webhookSecret: 'secret',
    mapping: { locations: { 'DC-NORTH': 'NORTH' }, statuses: { available: 'SELLABLE' }, reasons: { FOUND: 'FOUND' } },
    limits: TEST_LIMITS,
    platform,
  });
  inbox = await createInbox({ platform, limits: { learnBodies: 3 } });
  const [feed] = connection.feeds;
  if (!feed) throw new Error('There is no feed.');
  poller = await createPoller({ source: 'wms-north', feed, inbox, platform });
});

afterEach(async () => {
  await inbox.close();
  await connection.close();
  await wms.close();
  await platform.close();
});

async function told(type: string) {
  await platform.documents.flushOutbox();
  const messages = await platform.streams.read(streamOf('inbox'), 0, 1_000);
  return messages.filter(({ envelope }) => envelope.type === type).map(({ envelope }) => envelope.data);
}

async function adjust(times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    wms.adjust({ warehouse: 'DC-NORTH', sku: SKU, quantity: '1', to: 'available', reason: 'FOUND' });
  }
  await poller.round();
}

test('fields that nobody knows pass and are told once; types that the adapter can read pass, and are told as well', async () => {
  await adjust(4);
  expect(await told('schema-drifted')).toEqual([]);
  wms.faults.set({ drift: 'ADDED_FIELD' });
  await adjust(2);
  const added = await told('schema-drifted');
  expect(added).toContainEqual(
    expect.objectContaining({ kind: 'inventory_adjustment', change: 'ADDED', isQuarantined: false }),
  );
  await adjust(2);
  expect(await told('schema-drifted')).toHaveLength(added.length);
  wms.faults.set({ drift: 'RETYPED_FIELD' });
  await adjust(2);
  expect(await told('schema-drifted')).toContainEqual(
    expect.objectContaining({ change: 'RETYPED', field: 'data.lines[].quantity', was: ['text'], is: ['number'] }),
  );
  expect(await told('stock-adjusted')).toHaveLength(10);
  expect(await told('message-quarantined')).toEqual([]);
});
