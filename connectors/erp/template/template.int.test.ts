import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { connectionContract } from '../../runtime/connection.contract.ts';
import { TEST_LIMITS, TEST_WEBHOOKS, type OutsideSystem } from '../../runtime/testing/outside-system.ts';
import { erpContract, type ErpUnderTest } from '../port.contract.ts';
import type { Erp } from '../port.ts';
import { connectTemplate, type TemplateConnection } from './connect-template.ts';
import type { TemplateMapping } from './template-mapping.ts';
import { FAKE, startFakeTemplate, type FakeTemplate } from './testing/fake-template.ts';

const MAPPING: TemplateMapping = {
  units: { PCS: 'EA', KG: 'KGM' },
  locationTypes: { WAREHOUSE: 'DC', SHOP: 'STORE' },
  capabilities: { WAREHOUSE: ['SHIP', 'RECEIVE'], SHOP: ['PICKUP', 'RETURN'] },
  lifecycles: { ON_SALE: 'ACTIVE', ENDED: 'DISCONTINUED' },
};

const connect = (fake: FakeTemplate, platform: TestPlatform): TemplateConnection =>
  connectTemplate({
    system: 'erp-template',
    baseUrl: fake.url,
    accessToken: FAKE.token,
    webhookSecret: FAKE.secret,
    mapping: MAPPING,
    limits: TEST_LIMITS,
    platform,
  });

async function open(): Promise<ErpUnderTest & OutsideSystem<Erp>> {
  const simulator = await startFakeTemplate({ webhooks: TEST_WEBHOOKS });
  return {
    simulator,
    system: 'erp-template',
    skus: FAKE.skus,
    locations: FAKE.locations,
    // It keeps the newest version of each item.
    isFeedComplete: false,
    doWebhooksTell: true,
    connect: async ({ platform }) => connect(simulator, platform),
    subscribe: async ({ webhookUrl, isForged }) => simulator.subscribe(webhookUrl, isForged ? 'a guess' : FAKE.secret),
    makeFact: (ordinal) => simulator.putItem(FAKE.skus[ordinal] ?? '', { name: `Name ${ordinal}` }),
  };
}

erpContract('Template', open);
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

  const read = async (after: number) => (await connection.feeds[0]?.read(after))?.messages ?? [];
  const [sku = ''] = FAKE.skus;
  const LAST = FAKE.skus.length + FAKE.locations.length;

  test('tells items and locations, each as it is now', async () => {
    fake.putItem(sku, { name: 'New name', state: 'ENDED' });
    const messages = await read(0);
    expect(messages).toHaveLength(LAST);
    expect(messages.at(-1)).toMatchObject({ data: { sku, title: 'New name', lifecycle: 'DISCONTINUED' } });
  });

  test('keeps what nobody has mapped, and reads it again when somebody has', async () => {
    fake.putItem(sku, { unit: 'BOX' });
    const [waiting] = await read(LAST);
    expect(waiting).toMatchObject({ unmapped: { value: 'BOX' }, origin: { kind: 'item' } });
    expect((await connection.port.lookUpItems([sku])).size).toBe(0);
    const rows = { units: { BOX: 'CS' } };
    expect(await connection.readAgain?.(waiting?.origin ?? { kind: '', body: null }, rows)).toMatchObject([
      { data: { sku, baseUnit: 'CS' } },
    ]);
  });

  test('keeps what is signed and no change under the hash of its body', async () => {
    const request = { headers: {}, query: new URLSearchParams(), rawBody: Buffer.from('{') };
    expect(await connection.receiver.normalise(request)).toMatchObject([{ eventId: expect.stringMatching(/^body:/) }]);
  });
});
