import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { createDemoCatalogue } from '../../simulators/demo-catalogue.ts';
import { posSeed } from '../../simulators/demo-seeds.ts';
import {
  startLightspeedSimulator,
  type LightspeedSimulator,
} from '../../simulators/pos-lightspeed/lightspeed-simulator.ts';
import type { Connection } from '../../runtime/connection.ts';
import { connectionContract } from '../../runtime/connection.contract.ts';
import { createInbox } from '../../runtime/inbox.ts';
import { TEST_LIMITS, TEST_WEBHOOKS } from '../../runtime/testing/outside-system.ts';
import { posContract, type PosUnderTest } from '../port.contract.ts';
import type { Pos } from '../port.ts';
import type { PosMapping } from '../pos-mapping.ts';
import { connectLightspeed } from './connect-lightspeed.ts';

const seed = posSeed(createDemoCatalogue(), 'LIGHTSPEED');
const STORE = seed.locations[0]?.code ?? '';
const PIECE = seed.items.find(({ unit }) => unit === 'EA')?.sku ?? '';
const WEIGHED = seed.items.find(({ unit }) => unit === 'KGM')?.sku ?? '';
const SECRET = 'client-secret';

const start = (): Promise<LightspeedSimulator> => startLightspeedSimulator({ ...seed, webhooks: TEST_WEBHOOKS });

const mappingFor = (lightspeed: LightspeedSimulator): PosMapping => ({
  locations: Object.fromEntries(seed.locations.map(({ code }) => [lightspeed.outletId(code), code])),
  tenders: { Card: 'CARD', Cash: 'CASH', 'Gift Card': 'GIFT_CARD' },
  states: { CLOSED: 'FINAL', SAVED: 'PENDING' },
  returnReasons: { 'too small': 'SIZE_SMALL' },
  otherReturnReason: 'OTHER',
});

const connect = (
  lightspeed: LightspeedSimulator,
  platform: TestPlatform,
  mapping: PosMapping = mappingFor(lightspeed),
): Connection<Pos> =>
  connectLightspeed({
    system: 'pos-west',
    baseUrl: lightspeed.url,
    accessToken: 'lightspeed-token',
    clientSecret: SECRET,
    mapping,
    limits: TEST_LIMITS,
    platform,
  });

async function open(): Promise<PosUnderTest> {
  const simulator = await start();
  const receipts: string[] = [];
  const sell: PosUnderTest['sell'] = (sale) => simulator.ringUpSale({ locationCode: STORE, ...sale }).receiptNumber;
  const takeBack: PosUnderTest['takeBack'] = ({ original, ...returned }) =>
    simulator.ringUpReturn({ locationCode: STORE, ...(original && { originalReceiptNumber: original }), ...returned })
      .receiptNumber;
  return {
    simulator,
    system: 'pos-west',
    location: STORE,
    timeZone: seed.locations[0]?.timeZone ?? '',
    piece: PIECE,
    weighed: WEIGHED,
    isFeedComplete: true,
    doWebhooksTell: true,
    sell,
    takeBack,
    connect: async ({ platform }) => connect(simulator, platform),
    subscribe: async ({ webhookUrl, isForged }) =>
      simulator.subscribe({ url: webhookUrl, secret: isForged ? 'a guess' : SECRET, types: ['sale.update'] }),
    makeFact: (ordinal) => {
      const weighed = { sku: WEIGHED, quantity: `0.${ordinal}05`, unitPriceMinor: 1_000 + ordinal };
      const piece = { sku: PIECE, quantity: '1', unitPriceMinor: 999 };
      if (ordinal % 3 === 0) takeBack({ original: receipts.at(-1) ?? '', lines: [piece] });
      else receipts.push(sell({ lines: [piece, ...(ordinal < 10 ? [weighed] : [])] }));
    },
  };
}

posContract('Lightspeed', open);
connectionContract('Lightspeed', open);

describe('Lightspeed', () => {
  let platform: TestPlatform;
  let lightspeed: LightspeedSimulator;
  let connection: Connection<Pos>;

  beforeEach(async () => {
    platform = await openTestPlatform();
    lightspeed = await start();
    connection = connect(lightspeed, platform);
  });

  afterEach(async () => {
    await connection.close();
    await lightspeed.close();
    await platform.close();
  });

  const sell = () => lightspeed.ringUpSale({ locationCode: STORE, lines: [{ sku: PIECE, quantity: '1' }] });
  const read = async () => (await connection.feeds[0]?.read(0))?.messages ?? [];

  test('knows a sale again that was edited', async () => {
    const inbox = await createInbox({ platform });
    const { saleId } = sell();
    await inbox.receive('pos-west', await read());
    lightspeed.amendSale(saleId, { note: 'gift wrapped' });
    expect(await inbox.receive('pos-west', await read())).toEqual([
      { eventId: `sale:${saleId}`, outcome: 'DUPLICATE' },
    ]);
  });

  test('reads the list of products once, and again when a new one is sold', async () => {
    sell();
    await read();
    await read();
    expect(lightspeed.countOf('GET /api/2.0/products')).toBe(2);
    const [item] = seed.items;
    if (!item) throw new Error('the seed is empty');
    lightspeed.registerItem({ ...item, sku: 'NEW-1' });
    lightspeed.ringUpSale({ locationCode: STORE, lines: [{ sku: 'NEW-1', quantity: '1' }] });
    expect((await read()).at(-1)).toMatchObject({ data: { lines: [{ sku: 'NEW-1' }] } });
    expect(lightspeed.countOf('GET /api/2.0/products')).toBe(4);
  });

  test('finds the sale that a return names although it was told long ago', async () => {
    const { receiptNumber } = sell();
    const version = (await connection.feeds[0]?.read(0))?.last ?? 0;
    const lines = [{ sku: PIECE, quantity: '1' }];
    lightspeed.ringUpReturn({ locationCode: STORE, originalReceiptNumber: receiptNumber, lines });
    const restarted = connect(lightspeed, platform);
    expect((await restarted.feeds[0]?.read(version))?.messages).toMatchObject([
      { data: { original: { channel: `STORE:${STORE}`, externalId: receiptNumber } } },
    ]);
    expect(lightspeed.countOf('GET /api/2.0/sales/:id')).toBe(1);
    await restarted.close();
  });

  test('cannot read a sale of an unmapped outlet or status, nor a payment that nobody named', async () => {
    sell();
    const mapping = mappingFor(lightspeed);
    for (const [poor, reason] of [
      [{ ...mapping, locations: {} }, /^outlet ".+" is not mapped\.$/],
      [{ ...mapping, states: {} }, /^sale status "CLOSED" is not mapped\.$/],
      [{ ...mapping, tenders: {} }, /^payment "Card" is not mapped\.$/],
    ] as const) {
      const unmapped = connect(lightspeed, platform, poor);
      expect((await unmapped.feeds[0]?.read(0))?.messages).toMatchObject([{ reason: expect.stringMatching(reason) }]);
      await unmapped.close();
    }
  });

  test('keeps what is signed and no sale under the hash of its body', async () => {
    const rawBody = Buffer.from('type=sale.update&payload=%7B');
    const [message] = await connection.receiver.normalise({ headers: {}, query: new URLSearchParams(), rawBody });
    expect(message).toMatchObject({ eventId: expect.stringMatching(/^body:/) });
  });
});
