import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { connectionContract } from '../../runtime/connection.contract.ts';
import { TEST_LIMITS, TEST_WEBHOOKS } from '../../runtime/testing/outside-system.ts';
import { posContract, type PosUnderTest } from '../port.contract.ts';
import type { PosMapping } from '../pos-mapping.ts';
import { connectTemplate, type TemplateConnection } from './connect-template.ts';
import { FAKE, startFakeTemplate, type FakeTemplate } from './testing/fake-template.ts';

const MAPPING: PosMapping = {
  locations: { [FAKE.store]: 'HIGH-STREET' },
  tenders: { CARD: 'CARD', CASH: 'CASH' },
  states: { CLOSED: 'FINAL', PARKED: 'PENDING' },
  returnReasons: { 'too small': 'SIZE_SMALL' },
  otherReturnReason: 'OTHER',
};

const connect = (fake: FakeTemplate, platform: TestPlatform, mapping: PosMapping = MAPPING): TemplateConnection =>
  connectTemplate({
    system: 'pos-template',
    baseUrl: fake.url,
    accessToken: FAKE.token,
    webhookSecret: FAKE.secret,
    mapping,
    limits: TEST_LIMITS,
    platform,
  });

async function open(): Promise<PosUnderTest> {
  const simulator = await startFakeTemplate({ webhooks: TEST_WEBHOOKS });
  const receipts: string[] = [];
  const sell: PosUnderTest['sell'] = (sale) => simulator.sell(sale);
  const takeBack: PosUnderTest['takeBack'] = ({ original, ...returned }) =>
    simulator.takeBack({ ...(original !== undefined && { originalReceiptNumber: original }), ...returned });
  return {
    simulator,
    system: 'pos-template',
    location: 'HIGH-STREET',
    timeZone: FAKE.timeZone,
    piece: FAKE.piece,
    weighed: FAKE.weighed,
    isFeedComplete: true,
    doWebhooksTell: true,
    sell,
    takeBack,
    connect: async ({ platform }) => connect(simulator, platform),
    subscribe: async ({ webhookUrl, isForged }) => simulator.subscribe(webhookUrl, isForged ? 'a guess' : FAKE.secret),
    makeFact: (ordinal) => {
      const line = { sku: FAKE.piece, quantity: '1', unitPriceMinor: 999 };
      if (ordinal % 3 === 0) takeBack({ original: receipts.at(-1) ?? '', lines: [line] });
      else receipts.push(sell({ lines: [line] }));
    },
  };
}

posContract('Template', open);
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

  test('keeps what nobody has mapped, and reads it again when somebody has', async () => {
    fake.sell({ lines: [{ sku: FAKE.piece, quantity: '1' }], tender: 'GIFT_CARD' });
    const [waiting] = await read();
    expect(waiting).toMatchObject({ unmapped: { value: 'GIFT_CARD' }, origin: { kind: 'receipt' } });
    const rows = { tenders: { GIFT_CARD: 'GIFT_CARD' } };
    expect(await connection.readAgain?.(waiting?.origin ?? { kind: '', body: null }, rows)).toMatchObject([
      { data: { tenders: [{ tender: 'GIFT_CARD' }] } },
    ]);
  });

  test('keeps what is signed and no receipt under the hash of its body', async () => {
    const request = { headers: {}, query: new URLSearchParams(), rawBody: Buffer.from('{') };
    expect(await connection.receiver.normalise(request)).toMatchObject([{ eventId: expect.stringMatching(/^body:/) }]);
  });
});
