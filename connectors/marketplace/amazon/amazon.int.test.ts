import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import type { MarketplaceOrderReceived } from '../../../schema/events/inbox-marketplace.ts';
import { connectionContract } from '../../runtime/connection.contract.ts';
import type { InboundMessage } from '../../runtime/inbound.ts';
import { TEST_LIMITS, TEST_WEBHOOKS, type OutsideSystem } from '../../runtime/testing/outside-system.ts';
import {
  AMAZON_CREDENTIALS,
  type AmazonOptions as SimulatorOptions,
  type AmazonSimulator,
} from '../../simulators/marketplace-amazon/amazon-simulator.ts';
import { shippedOf } from '../../simulators/marketplace-amazon/market-order.ts';
import { AmazonContract, startHeldAmazon } from '../../simulators/marketplace-amazon/testing/amazon-contract.ts';
import { marketplaceContract, type MarketplaceUnderTest } from '../port.contract.ts';
import type { Marketplace } from '../port.ts';
import { connectAmazon, type AmazonConnection, type AmazonOptions } from './connect-amazon.ts';

const SYSTEM = 'market-north';
const CHANNEL = 'MARKET';
const API_KEY = 'bus-key';
const LISTINGS = [
  { sku: 'LAMP', asin: 'B000000001', title: 'Lamp', priceMinor: 2_500 },
  { sku: 'MUG', asin: 'B000000002', title: 'Mug', priceMinor: 899 },
];

/** All that the adapter asks and gets is held against Amazon's own contracts, where they are present. */
const contract = AmazonContract.open();

const start = (options: Partial<SimulatorOptions> = {}): Promise<AmazonSimulator> =>
  startHeldAmazon(contract, { listings: LISTINGS, ratesTimes: 1_000, webhooks: TEST_WEBHOOKS, ...options });

const connect = (
  simulator: AmazonSimulator,
  platform: TestPlatform,
  more: Partial<AmazonOptions> = {},
): Promise<AmazonConnection> =>
  connectAmazon({
    system: SYSTEM,
    baseUrl: simulator.url,
    loginUrl: simulator.url,
    login: AMAZON_CREDENTIALS,
    sellerId: simulator.sellerId,
    apiKey: API_KEY,
    mapping: { marketplaces: { [simulator.marketplaceId]: CHANNEL }, carriers: { DPD: 'DPD UK' } },
    ratesTimes: 1_000,
    limits: TEST_LIMITS,
    platform,
    ...more,
  });

async function open(): Promise<MarketplaceUnderTest & OutsideSystem<Marketplace>> {
  const simulator = await start();
  const bySku = (number: string, of: (itemId: string) => number): Readonly<Record<string, number>> =>
    Object.fromEntries(simulator.order(number).items.map(({ id, sku }) => [sku, of(id)]));
  const itemOf = (number: string, id: string) => simulator.order(number).items.find((item) => item.id === id);
  return {
    simulator,
    system: SYSTEM,
    channel: CHANNEL,
    skus: ['LAMP', 'MUG'],
    isFeedComplete: true,
    doWebhooksTell: false,
    connect: ({ platform }) => connect(simulator, platform),
    subscribe: async ({ webhookUrl, isForged }) =>
      simulator.subscribe({ url: webhookUrl, apiKey: isForged ? 'a guess' : API_KEY }),
    makeFact: (ordinal) => {
      const lines = [{ sku: 'MUG', quantity: ordinal, discountMinor: ordinal, shippingMinor: 399 }];
      simulator.buy({ lines });
    },
    destination: {
      name: 'Sam Buyer',
      street: '7 Market Row',
      city: 'London',
      postalCode: 'N1 7AA',
      country: 'GB',
    },
    buy: ([lamps, mugs]) =>
      simulator.buy({ lines: [{ sku: 'LAMP', quantity: lamps }, { sku: 'MUG', quantity: mugs }] }).id, // prettier-ignore
    askToCancel: (number) => simulator.askToCancel(number, 'Changed my mind'),
    askToCancelSecond: (number) =>
      simulator.askToCancel(number, 'One too many', [simulator.order(number).items[1]?.id ?? '']),
    callOff: (number) => simulator.callOff(number),
    stateOf: (number) => ({
      isAcknowledged: simulator.order(number).acknowledgement === 'SUCCESS',
      isCancelled: simulator.order(number).status === 'Canceled',
      pieces: bySku(number, (id) => itemOf(number, id)?.quantity ?? 0),
      shipped: bySku(number, (id) => shippedOf(simulator.order(number), id)),
    }),
    offered: (sku) => simulator.listings().find((listing) => listing.sku === sku)?.quantity ?? null,
  };
}

marketplaceContract('Amazon', open);
connectionContract('Amazon', open);

afterAll(() => {
  expect(contract?.takeFaults() ?? []).toEqual([]);
});

describe('Amazon', () => {
  let platform: TestPlatform;
  let amazon: AmazonSimulator;
  let connection: AmazonConnection;

  beforeEach(async () => {
    platform = await openTestPlatform();
    amazon = await start({ isDeferred: true });
    connection = await connect(amazon, platform);
  });

  afterEach(async () => {
    await connection.close();
    await amazon.close();
    await platform.close();
  });

  const read = async (of: AmazonConnection = connection, feed = 0) =>
    ((await of.feeds[feed]?.read(0))?.messages ?? []) as readonly InboundMessage[];
  const dataOf = ([message]: readonly InboundMessage[]) => message?.data as MarketplaceOrderReceived;

  test('tells what was paid for it line by line, with discounts and carriage', async () => {
    const { id } = amazon.buy({ lines: [{ sku: 'MUG', quantity: 3, discountMinor: 97, shippingMinor: 399 }] });
    const order = dataOf(await read());
    expect(order).toMatchObject({
      externalId: id,
      currency: 'GBP',
      destination: { country: 'GB', postalCode: 'N1 7AA' },
      charges: [{ kind: 'SHIPPING', amountMinor: 399 }],
    });
    expect(order.lines).toEqual([
      expect.objectContaining({
        sku: 'MUG',
        quantity: '3',
        unitPriceMinor: 899,
        discounts: [{ description: 'Promotion', promotion: 'SPRING-SALE', amountMinor: 97 }],
      }),
    ]);
  });

  test('tells what is to be kept for an order that is not paid for, and all of it once it is', async () => {
    const { id } = amazon.buy({ lines: [{ sku: 'MUG', quantity: 2, discountMinor: 97 }], isPending: true });
    const pending = await read();
    expect(pending.map(({ definition, data }) => [definition.type, data])).toEqual([
      [
        'marketplace-order-pending',
        { channel: CHANNEL, externalId: id, lines: [{ lineId: expect.any(String), sku: 'MUG', quantity: '2' }] },
      ],
    ]);
    expect((await read()).map(({ eventId }) => eventId)).toEqual([`pending:${id}`]);
    amazon.pay(id);
    const told = await read();
    expect(told.map(({ eventId }) => eventId)).toEqual([`pending:${id}`, `order:${id}`]);
    expect(told[1]?.data).toMatchObject({ externalId: id, lines: [{ quantity: '2', unitPriceMinor: 899 }] });
  });

  test('tells that an order was called off before it was paid for', async () => {
    const { id } = amazon.buy({ lines: [{ sku: 'MUG', quantity: 1 }], isPending: true });
    await read();
    amazon.callOff(id);
    amazon.callOff(amazon.buy({ lines: [{ sku: 'MUG', quantity: 1 }], isPending: true }).id);
    expect((await read()).map(({ eventId }) => eventId)).toEqual([`pending:${id}`, `cancelled:${id}`]);
  });

  test('asks for addresses with a token of their own, one for all orders, and for another when it is refused', async () => {
    const orders = [1, 2].map((quantity) => amazon.buy({ lines: [{ sku: 'MUG', quantity }] }));
    const asked = orders.map(({ id: externalId }) => connection.port.deliveryAddress({ channel: CHANNEL, externalId }));
    expect(await Promise.all(asked)).toMatchObject([{ street: '7 Market Row' }, { street: '7 Market Row' }]);
    const given = () => amazon.countOf('POST /tokens/2021-03-01/restrictedDataToken');
    expect(given()).toBe(1);
    amazon.revokeTokens();
    const [{ id: externalId } = { id: '' }] = orders;
    expect(await connection.port.deliveryAddress({ channel: CHANNEL, externalId })).toMatchObject({
      name: 'Sam Buyer',
    });
    expect(given()).toBeGreaterThan(1);
  });

  test('is refused addresses without the role for them, and is told none of an order that is not paid for', async () => {
    const { id: externalId } = amazon.buy({ lines: [{ sku: 'MUG', quantity: 1 }], isPending: true });
    expect(await connection.port.deliveryAddress({ channel: CHANNEL, externalId })).toBeNull();
    const strict = await start({ isRestrictedDataAllowed: false });
    const unauthorised = await connect(strict, platform);
    const bought = strict.buy({ lines: [{ sku: 'MUG', quantity: 1 }] });
    await expect(unauthorised.port.deliveryAddress({ channel: CHANNEL, externalId: bought.id })).rejects.toThrow(
      /denied/,
    );
    await unauthorised.close();
    await strict.close();
  });

  test('asks for the items of an order once, and again when it has changed', async () => {
    const { id } = amazon.buy({ lines: [{ sku: 'MUG', quantity: 1 }] });
    const asked = () => amazon.countOf('GET /orders/v0/orders/:orderId/orderItems');
    const first = await read();
    expect((await read()).map(({ eventId }) => eventId)).toEqual(first.map(({ eventId }) => eventId));
    expect(asked()).toBe(1);
    amazon.askToCancel(id, 'Too late');
    expect((await read()).map(({ eventId }) => eventId)).toEqual([
      `order:${id}`,
      expect.stringContaining('cancel-asked'),
    ]);
    expect(asked()).toBe(2);
  });

  test('a code that means nothing to the hub waits, and is read when it does', async () => {
    amazon.buy({ lines: [{ sku: 'MUG', quantity: 1 }] });
    const marketplaces = { [amazon.marketplaceId]: CHANNEL };
    const strict = await connect(amazon, platform, { mapping: { marketplaces, skus: { OLD: 'MUG-1' }, carriers: {} } });
    const [message] = await read(strict);
    expect(message).toMatchObject({ unmapped: { domain: 'seller SKU', value: 'MUG' } });
    const origin = message?.origin ?? { kind: '', body: null };
    const again = (await strict.readAgain?.(origin, { skus: { MUG: 'MUG-1' } })) ?? [];
    expect(dataOf(again as readonly InboundMessage[]).lines[0]?.sku).toBe('MUG-1');
    await strict.close();
  });

  test('sends what gathers in one feed, and tells what became of it when it is processed', async () => {
    const orders = [1, 2, 3].map((quantity) => amazon.buy({ lines: [{ sku: 'MUG', quantity }] }));
    for (const { id: externalId } of orders) {
      await connection.port.acknowledge({ idempotencyKey: `ack-${externalId}`, channel: CHANNEL, externalId });
    }
    expect(await read(connection, 1)).toEqual([]);
    expect(amazon.feeds()).toHaveLength(1);
    amazon.settleFeeds();
    expect((await read(connection, 1)).map(({ data }) => data)).toMatchObject(
      orders.map(({ id }) => ({ externalId: id, command: `ack-${id}`, outcome: 'SUCCEEDED' })),
    );
    expect(amazon.feeds()).toHaveLength(1);
  });

  test('a feed that a process has sent and not noted is sent again, and changes nothing more', async () => {
    const { id: externalId } = amazon.buy({ lines: [{ sku: 'MUG', quantity: 1 }] });
    const told = { idempotencyKey: 'ack-1', channel: CHANNEL, externalId };
    await connection.port.acknowledge(told);
    const elsewhere = await openTestPlatform();
    const other = await connect(amazon, elsewhere);
    await other.port.acknowledge(told);
    await read(connection, 1);
    await read(other, 1);
    amazon.settleFeeds();
    for (const each of [connection, other]) {
      expect((await read(each, 1)).map(({ data }) => data)).toMatchObject([{ outcome: 'SUCCEEDED' }]);
    }
    await other.close();
    await elsewhere.close();
  });

  test('leaves to the next round what may not be asked for now', async () => {
    const clock = new FakeClock(Date.now());
    const usual = await connect(amazon, { ...platform, clock }, { ratesTimes: 1 });
    for (let count = 0; count < 35; count++) amazon.buy({ lines: [{ sku: 'MUG', quantity: 1 }] });
    // 30 orders are looked at in one go; what was looked at is known.
    expect(await read(usual)).toHaveLength(30);
    clock.advance(10_000);
    expect(await read(usual)).toHaveLength(35);
    await usual.close();
  });

  test('asks for a new token when the old one is refused', async () => {
    amazon.buy({ lines: [{ sku: 'MUG', quantity: 1 }] });
    expect(await read()).toHaveLength(1);
    amazon.revokeTokens();
    expect(await read()).toHaveLength(1);
    expect(amazon.countOf('POST /auth/o2/token')).toBe(2);
  });

  test('has changes of orders written to the bus of events, once', async () => {
    const bus = await connect(amazon, platform, { eventBus: { accountId: '123456789012', region: 'eu-west-1' } });
    await bus.ensureSubscribed();
    await bus.ensureSubscribed();
    expect(amazon.countOf('POST /notifications/v1/destinations')).toBe(1);
    expect(amazon.countOf('POST /notifications/v1/subscriptions/:notificationType')).toBe(1);
    await bus.close();
  });
});
