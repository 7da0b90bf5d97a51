import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import type { Connection } from '../../runtime/connection.ts';
import { connectionContract } from '../../runtime/connection.contract.ts';
import { PositionGone } from '../../runtime/feed.ts';
import type { InboundBundle } from '../../runtime/inbound.ts';
import { TEST_LIMITS, TEST_WEBHOOKS, type OutsideSystem } from '../../runtime/testing/outside-system.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { startCarrierSimulator, type CarrierSimulator } from '../../simulators/carrier/carrier-simulator.ts';
import { carrierContract, type CarrierUnderTest } from '../port.contract.ts';
import type { Carrier } from '../port.ts';
import { connectPlainCarrier, type PlainCarrierOptions } from './connect-plain-carrier.ts';
import { PLAIN_PARCEL_STATUSES } from './plain-carrier-mapping.ts';

const SYSTEM = 'parcels-main';
const SECRET = 'webhook-secret';
const MERIDIAN = 'Meridian Parcels';

const connect = (
  simulator: CarrierSimulator,
  platform: TestPlatform,
  more: Partial<PlainCarrierOptions> = {},
): Connection<Carrier> =>
  connectPlainCarrier({
    system: SYSTEM,
    baseUrl: simulator.url,
    accessToken: 'carrier-token',
    webhookSecret: SECRET,
    mapping: {
      carriers: { [MERIDIAN]: 'meridian', Swallow: 'swallow' },
      parcelStatuses: PLAIN_PARCEL_STATUSES,
    },
    limits: TEST_LIMITS,
    platform,
    ...more,
  });

async function open(): Promise<CarrierUnderTest & OutsideSystem<Carrier>> {
  const simulator = await startCarrierSimulator({ webhooks: TEST_WEBHOOKS });
  return {
    simulator,
    system: SYSTEM,
    isFeedComplete: true,
    doWebhooksTell: true,
    service: 'meridian_standard',
    carrier: MERIDIAN,
    connect: async ({ platform }) => connect(simulator, platform),
    subscribe: async ({ webhookUrl, isForged }) =>
      simulator.subscribe({ url: webhookUrl, secret: isForged ? 'a guess' : SECRET }),
    labelCount: () => simulator.parcels().filter(({ label }) => label?.status === 'purchased').length,
    collect: (trackingNumber) => simulator.scan('meridian', trackingNumber, { status: 'in_transit' }),
    makeFact: (ordinal) => {
      simulator.scan('meridian', `number-${ordinal}`, { status: 'in_transit', place: String(400 + ordinal) });
    },
  };
}

carrierContract('plain carrier', open);
connectionContract('plain carrier', open);

describe('plain carrier', () => {
  let platform: TestPlatform;
  let simulator: CarrierSimulator;
  let connection: Connection<Carrier>;

  beforeEach(async () => {
    platform = await openTestPlatform();
    simulator = await startCarrierSimulator();
    connection = connect(simulator, platform);
  });

  afterEach(async () => {
    await connection.close();
    await simulator.close();
    await platform.close();
  });

  const facts = async () =>
    ((await connection.feeds[0]?.read(0))?.messages ?? []).flatMap((message) =>
      (message as InboundBundle).facts.map(({ data }) => data as Readonly<Record<string, unknown>>),
    );

  test('tells what becomes of a parcel under the name of the hub, from the first question on', async () => {
    simulator.scan('meridian', '4711', { status: 'in_transit', place: 'Leeds' });
    await connection.port.track({ carrier: MERIDIAN, trackingNumber: '4711', reference: 'order-1/1' });
    simulator.scan('meridian', '4711', { status: 'failure', detail: 'nobody at home' });
    simulator.scan('meridian', '4711', { status: 'return_to_sender' });
    const parcel = { carrier: 'meridian', trackingNumber: '4711' };
    const [announced, ...told] = await facts();
    expect(announced).toMatchObject({ ...parcel, status: 'ANNOUNCED' });
    expect(told).toEqual([
      expect.objectContaining({ ...parcel, status: 'IN_TRANSIT', place: 'Leeds' }),
      // What is known when somebody asks is told again, with the name that they gave it.
      expect.objectContaining({ ...parcel, status: 'IN_TRANSIT', reference: 'order-1/1' }),
      expect.objectContaining({ status: 'EXCEPTION', reference: 'order-1/1', detail: 'nobody at home' }),
      expect.objectContaining({ status: 'RETURNED', reference: 'order-1/1' }),
    ]);
    expect(told[0]).not.toHaveProperty('reference');
  });

  test('a status that means nothing to the hub waits, and is read when it does', async () => {
    simulator.scan('swallow', '1', { status: 'at_the_moon' as 'lost' });
    const message = (await connection.feeds[0]?.read(0))?.messages.at(-1);
    expect(message).toMatchObject({ unmapped: { domain: 'parcel status', value: 'at_the_moon' } });
    const origin = message?.origin ?? { kind: '', body: null };
    const again = await connection.readAgain?.(origin, { parcelStatuses: { at_the_moon: 'LOST' } });
    expect(again).toMatchObject([{ facts: [{ data: { status: 'LOST' } }] }]);
  });

  test('who waits for an answer takes from the same bucket as the queue', async () => {
    const hurried = connect(simulator, platform, { paceLimits: { burst: 1, perSecond: 0.001 } });
    expect(hurried.pace?.take()).toBe(0);
    const way = { fromCountry: 'GB', toCountry: 'FR', weightGrams: 10 };
    await expect(hurried.port.quoteRates(way)).rejects.toThrow(UpstreamUnavailable);
    expect(simulator.requests()).toEqual([]);
    await hurried.close();
  });

  test('says so when the events after a place are gone', async () => {
    await expect(connection.feeds[0]?.read(4_711)).rejects.toThrow(PositionGone);
  });
});
