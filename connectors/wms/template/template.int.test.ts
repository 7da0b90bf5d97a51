import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import { connectionContract } from '../../runtime/connection.contract.ts';
import { TEST_LIMITS, TEST_WEBHOOKS, type OutsideSystem } from '../../runtime/testing/outside-system.ts';
import { wmsContract, type WmsUnderTest } from '../port.contract.ts';
import type { Wms } from '../port.ts';
import { connectTemplate, type TemplateConnection } from './connect-template.ts';
import type { TemplateMapping } from './template-mapping.ts';
import { FAKE, startFakeTemplate, type FakeTemplate } from './testing/fake-template.ts';

const LOCATION = 'NORTH';
const MAPPING: TemplateMapping = { locations: { [FAKE.warehouse]: LOCATION }, reasons: { BROKEN: 'DAMAGE' } };

const connect = (fake: FakeTemplate, platform: TestPlatform): TemplateConnection =>
  connectTemplate({
    system: 'wms-template',
    baseUrl: fake.url,
    accessToken: FAKE.token,
    webhookSecret: FAKE.secret,
    mapping: MAPPING,
    limits: TEST_LIMITS,
    platform,
  });

async function open(): Promise<WmsUnderTest & OutsideSystem<Wms>> {
  const simulator = await startFakeTemplate({ webhooks: TEST_WEBHOOKS });
  return {
    simulator,
    system: 'wms-template',
    skus: FAKE.skus,
    location: LOCATION,
    isFeedComplete: true,
    doWebhooksTell: true,
    workCount: () => simulator.workCount(),
    pack: (order) => simulator.pack(order),
    takesOtherAddresses: false,
    shipToOf: (order) => simulator.shipToOf(order) as ParcelAddress | undefined,
    connect: async ({ platform }) => connect(simulator, platform),
    subscribe: async ({ webhookUrl, isForged }) => simulator.subscribe(webhookUrl, isForged ? 'a guess' : FAKE.secret),
    makeFact: (ordinal) => {
      const sku = FAKE.skus[ordinal] ?? '';
      if (ordinal % 2 === 0) simulator.count(sku, '40');
      else simulator.adjust(sku, '-2', 'BROKEN');
    },
  };
}

wmsContract('Template', open);
connectionContract('Template', open);

describe('Template', () => {
  let platform: TestPlatform;
  let fake: FakeTemplate;
  let connection: TemplateConnection;

  beforeEach(async () => {
    platform = await openTestPlatform();
    fake = await startFakeTemplate({ webhooks: TEST_WEBHOOKS });
    connection = connect(fake, platform);
  });

  afterEach(async () => {
    await connection.close();
    await fake.close();
    await platform.close();
  });

  const read = async () => (await connection.feeds[0]?.read(0))?.messages ?? [];
  const [sku = ''] = FAKE.skus;

  test('tells what became of the work that it was given, by the hub’s own names', async () => {
    const lines = [{ orderLine: 'line-1', sku, quantity: '2' }];
    const payload = { order: 'order-1', location: LOCATION, lines };
    await connection.commands?.['release-work']?.perform(payload, { key: 'key-1', correlationId: 'c' });
    fake.pack('order-1');
    fake.ship('order-1');
    const work = { order: 'order-1', location: LOCATION, lines: [{ lineId: '1', ...lines[0] }] };
    expect(await read()).toMatchObject([
      { sequence: { number: 1 }, facts: [{ definition: { type: 'pick-recorded' }, data: work }] },
      {
        sequence: { number: 2 },
        facts: [{ definition: { type: 'shipment-recorded' }, data: { ...work, shipment: 'P-1' } }],
      },
    ]);
  });

  test('keeps what nobody has mapped, and reads it again when somebody has', async () => {
    fake.adjust(sku, '-1', 'EATEN');
    const [waiting] = await read();
    expect(waiting).toMatchObject({ unmapped: { value: 'EATEN' }, origin: { kind: 'event' } });
    const rows = { reasons: { EATEN: 'LOST' } };
    expect(await connection.readAgain?.(waiting?.origin ?? { kind: '', body: null }, rows)).toMatchObject([
      { facts: [{ data: { lines: [{ quantity: '-1', reason: 'LOST' }] } }] },
    ]);
  });

  test('keeps what is signed and no event under the hash of its body', async () => {
    const request = { headers: {}, query: new URLSearchParams(), rawBody: Buffer.from('{') };
    expect(await connection.receiver.normalise(request)).toMatchObject([{ eventId: expect.stringMatching(/^body:/) }]);
  });
});
