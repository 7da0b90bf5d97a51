import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../kernel/model/event-envelope.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import type { ParcelAddress } from '../../schema/commands/outbound-parcels.ts';
import type {
  MarketplaceAnswerTold,
  MarketplaceCancellationTold,
  MarketplaceOrderReceived,
} from '../../schema/events/inbox-marketplace.ts';
import { createInbox, type Inbox } from '../runtime/inbox.ts';
import { createPoller } from '../runtime/poller.ts';
import type { PolledConnection } from '../runtime/connection.ts';
import type { PortUnderTest } from '../runtime/testing/outside-system.ts';
import { UpstreamRejected } from '../runtime/upstream-errors.ts';
import type { Marketplace } from './port.ts';

export interface MarketplaceUnderTest extends PortUnderTest<Marketplace> {
  readonly channel: string;
  /** Two SKUs that are offered there. */
  readonly skus: readonly [string, string];
  /** Where its customers have their goods sent. */
  readonly destination: ParcelAddress;
  /** A customer buys and pays: pieces of each SKU. @returns the number of the order */
  buy(pieces: readonly [number, number]): string;
  /** The customer asks to call all of it off. */
  askToCancel(number: string): void;
  /** The customer asks to call off what they bought of the second SKU. */
  askToCancelSecond(number: string): void;
  /** The marketplace calls it off by itself. */
  callOff(number: string): void;
  /** What the marketplace knows of an order. */
  stateOf(number: string): {
    readonly isAcknowledged: boolean;
    readonly isCancelled: boolean;
    /** Pieces that are still to be sent or were, by SKU. */
    readonly pieces: Readonly<Record<string, number>>;
    /** Pieces in parcels, by SKU. */
    readonly shipped: Readonly<Record<string, number>>;
  };
  /** What may be bought of a SKU; null: it was never told. */
  offered(sku: string): number | null;
}

type Told = MarketplaceOrderReceived | MarketplaceCancellationTold | MarketplaceAnswerTold;

export function marketplaceContract(name: string, open: () => Promise<MarketplaceUnderTest>): void {
  describe(`${name}: the port`, () => {
    let outside: MarketplaceUnderTest;
    let platform: TestPlatform;
    let connection: PolledConnection<Marketplace>;
    let inbox: Inbox;
    let port: Marketplace;
    let channel: string;

    beforeEach(async () => {
      outside = await open();
      platform = await openTestPlatform();
      connection = await outside.connect({ platform, webhookUrl: 'http://127.0.0.1:1/webhooks/market' });
      inbox = await createInbox({ platform });
      ({ port } = connection);
      ({ channel } = outside);
    });

    afterEach(async () => {
      await connection.close();
      await outside.simulator.close();
      await platform.close();
    });

    /** Reads every feed once, as a hub does again and again. */
    async function look(): Promise<void> {
      for (const feed of connection.feeds) {
        await (await createPoller({ source: port.system, feed, inbox, platform })).round();
      }
    }

    async function told(type: string): Promise<readonly (EventEnvelope & { readonly data: Told })[]> {
      await platform.documents.flushOutbox();
      const messages = await platform.streams.read('INBOX_EVENTS', 0, 10_000);
      return messages
        .map(({ envelope }) => envelope as EventEnvelope & { readonly data: Told })
        .filter((envelope) => envelope.type === type);
    }

    async function ordersTold(): Promise<readonly MarketplaceOrderReceived[]> {
      return (await told('marketplace-order-received')).map(({ data }) => data as MarketplaceOrderReceived);
    }

    async function received(number: string): Promise<MarketplaceOrderReceived> {
      await look();
      const found = (await ordersTold()).find(({ externalId }) => externalId === number);
      if (!found) throw new Error(`${number} was not told.`);
      return found;
    }

    const lineIdOf = ({ lines }: MarketplaceOrderReceived, sku: string): string =>
      lines.find((line) => line.sku === sku)?.lineId ?? '';

    async function answersTo(key: string): Promise<readonly Pick<MarketplaceAnswerTold, 'outcome'>[]> {
      // What is taken on is told as soon as it is settled.
      await look();
      await look();
      const all = (await told('marketplace-answer-told')).map(({ data }) => data as MarketplaceAnswerTold);
      return all.filter(({ command }) => command === key);
    }

    async function succeeds(key: string, telling: Promise<{ readonly status: string }>): Promise<void> {
      const { status } = await telling;
      if (status === 'PENDING') expect(await answersTo(key)).toMatchObject([{ outcome: 'SUCCEEDED' }]);
    }

    test('names the channels that it sells for', () => {
      expect(port.channels).toContain(channel);
    });

    test('tells an order once, to the minor unit, with the time until which it is to be taken on', async () => {
      const number = outside.buy([2, 1]);
      const order = await received(number);
      await look();
      expect(await ordersTold()).toEqual([order]);
      expect(order).toMatchObject({ channel, externalId: number });
      expect(order.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
        [outside.skus[0], '2'],
        [outside.skus[1], '1'],
      ]);
      expect(new Set(order.lines.map(({ lineId }) => lineId)).size).toBe(2);
      const [envelope] = await told('marketplace-order-received');
      expect(Date.parse(order.acknowledgeBy ?? '')).toBeGreaterThan(Date.parse(envelope?.occurredAt ?? ''));
    });

    test('tells orders in batches, each once', async () => {
      const numbers = Array.from({ length: 12 }, () => outside.buy([1, 1]));
      await look();
      await look();
      expect((await ordersTold()).map(({ externalId }) => externalId).sort()).toEqual([...numbers].sort());
    });

    test('tells that the customer asks to call an order off, also a part of it, and changes nothing of what was told', async () => {
      const [whole, part] = [outside.buy([1, 1]), outside.buy([1, 1])];
      const orders = [await received(whole), await received(part)];
      outside.askToCancel(whole);
      outside.askToCancelSecond(part);
      await look();
      await look();
      const asked = (await told('marketplace-cancellation-told')).map(
        ({ data }) => data as MarketplaceCancellationTold,
      );
      expect(asked.map(({ externalId, kind }) => [externalId, kind])).toEqual([
        [whole, 'REQUESTED'],
        [part, 'REQUESTED'],
      ]);
      expect(asked[0]?.lines).toBeUndefined();
      expect(asked[1]?.lines).toEqual([lineIdOf(orders[1] as MarketplaceOrderReceived, outside.skus[1])]);
      expect(await ordersTold()).toHaveLength(2);
      expect(await inbox.conflicts({ first: 10 })).toEqual([]);
    });

    test('tells that it has called an order off by itself, and nothing of one that nobody had heard of', async () => {
      const known = outside.buy([1, 1]);
      await received(known);
      outside.callOff(known);
      outside.callOff(outside.buy([1, 1]));
      await look();
      const off = (await told('marketplace-cancellation-told')).map(({ data }) => data);
      expect(off).toMatchObject([{ channel, externalId: known, kind: 'CANCELLED' }]);
      expect(await ordersTold()).toHaveLength(1);
    });

    test('is told once that an order is taken on, however often it is said', async () => {
      const number = outside.buy([1, 1]);
      await received(number);
      const taken = { idempotencyKey: 'order-1/2', channel, externalId: number };
      const telling = port.acknowledge(taken);
      await Promise.all([telling, port.acknowledge(taken)]);
      await succeeds('order-1/2', telling);
      expect((await port.acknowledge(taken)).status).toBe('SUCCEEDED');
      expect(outside.stateOf(number)).toMatchObject({ isAcknowledged: true, isCancelled: false });
      expect(await answersTo('order-1/2')).toHaveLength((await told('marketplace-answer-told')).length);
    });

    test('is told of units that will not be sent, and of all of them', async () => {
      const [part, whole] = [outside.buy([3, 1]), outside.buy([1, 1])];
      const [first, second] = [await received(part), await received(whole)];
      const cancel = (key: string, order: MarketplaceOrderReceived, lines: readonly (readonly [string, string])[]) =>
        port.cancel({
          idempotencyKey: key,
          channel,
          externalId: order.externalId,
          reason: 'OUT_OF_STOCK',
          lines: lines.map(([sku, quantity]) => ({ lineId: lineIdOf(order, sku), quantity })),
        });
      const [a, b] = outside.skus;
      await succeeds('c1', cancel('c1', first, [[a, '2']]));
      await succeeds('c2', cancel('c2', second, [[a, '1'], [b, '1']])); // prettier-ignore
      expect(outside.stateOf(part)).toMatchObject({ isCancelled: false, pieces: { [a]: 1, [b]: 1 } });
      expect(outside.stateOf(whole)).toMatchObject({ isCancelled: true });
      const [sent] = (await ordersTold()).filter(({ externalId }) => externalId === part);
      expect(sent?.lines[0]?.quantity).toBe('3');
      expect(await inbox.conflicts({ first: 10 })).toEqual([]);
    });

    test('says why it will not take in what it is told', async () => {
      const number = outside.buy([1, 1]);
      const order = await received(number);
      const [sku] = outside.skus;
      const lines = [{ lineId: lineIdOf(order, sku), quantity: '7' }];
      const tooMuch = { idempotencyKey: 'c3', channel, externalId: number, reason: 'OTHER', lines } as const;
      const answer = await port.cancel(tooMuch).then(
        async () => (await answersTo('c3'))[0]?.outcome,
        (error: unknown) => (error instanceof UpstreamRejected ? 'FAILED' : error),
      );
      expect(answer).toBe('FAILED');
      await expect(port.cancel(tooMuch)).rejects.toThrow(UpstreamRejected);
      expect(outside.stateOf(number)).toMatchObject({ pieces: { [sku]: 1 } });
    });

    test('is told of each parcel, and the same parcel again counts once', async () => {
      const number = outside.buy([2, 1]);
      const order = await received(number);
      const [a, b] = outside.skus;
      const parcel = (packageNo: number, lines: readonly (readonly [string, string])[]) =>
        port.confirmShipment({
          idempotencyKey: `order-1/${packageNo}`,
          channel,
          externalId: number,
          shipment: `order-1.s${packageNo}`,
          packageNo,
          carrier: 'DPD',
          trackingNumber: `47${packageNo}`,
          shippedAt: '2026-01-05T09:00:00.000Z',
          lines: lines.map(([sku, quantity]) => ({ lineId: lineIdOf(order, sku), quantity })),
        });
      await succeeds('order-1/1', parcel(1, [[a, '1']]));
      await succeeds('order-1/1', parcel(1, [[a, '1']]));
      expect(outside.stateOf(number).shipped).toEqual({ [a]: 1, [b]: 0 });
      await succeeds('order-1/2', parcel(2, [[a, '1'], [b, '1']])); // prettier-ignore
      expect(outside.stateOf(number).shipped).toEqual({ [a]: 2, [b]: 1 });
      await expect(parcel(3, [[a, '1']])).rejects.toThrow(UpstreamRejected);
    });

    test('tells whoever asks where an order goes, and says nothing of names and streets in its facts', async () => {
      const number = outside.buy([1, 1]);
      await received(number);
      const order = { channel, externalId: number };
      expect(await port.deliveryAddress(order)).toEqual(outside.destination);
      const facts = JSON.stringify(await platform.streams.read('INBOX_EVENTS', 0, 10_000));
      for (const secret of [outside.destination.name, outside.destination.street]) expect(facts).not.toContain(secret);
      await expect(port.deliveryAddress({ ...order, channel: 'ELSEWHERE' })).rejects.toThrow(UpstreamRejected);
    });

    test('offers whole pieces, and nothing where less than one is there', async () => {
      const [a, b] = outside.skus;
      await port.offerStock({ channel, sku: a, quantity: '7.9' });
      await port.offerStock({ channel, sku: b, quantity: '-2' });
      expect([outside.offered(a), outside.offered(b)]).toEqual([7, 0]);
      await expect(port.offerStock({ channel, sku: 'NO-SUCH-SKU', quantity: '1' })).rejects.toThrow(UpstreamRejected);
    });

    test('refuses a channel that it does not sell for', async () => {
      const foreign = { channel: 'ELSEWHERE', externalId: '1', idempotencyKey: 'x' };
      await expect((async () => port.acknowledge(foreign))()).rejects.toThrow(UpstreamRejected);
    });

    test.each(['RESET', 'UNAVAILABLE'] as const)(
      'ends in an obstacle while the system is down (%s), and what was taken on goes on afterwards',
      async (outage) => {
        const number = outside.buy([1, 1]);
        await received(number);
        outside.simulator.faults.set({ outage });
        await expect(port.offerStock({ channel, sku: outside.skus[0], quantity: '1' })).rejects.toThrow(Obstacle);
        const telling = port.acknowledge({ idempotencyKey: 'order-1/2', channel, externalId: number });
        const status = await telling.then((done) => done.status, () => 'OBSTACLE'); // prettier-ignore
        await expect(look()).rejects.toThrow(Obstacle);
        outside.simulator.faults.clear();
        if (status === 'OBSTACLE') await port.acknowledge({ idempotencyKey: 'order-1/2', channel, externalId: number });
        await look();
        expect(outside.stateOf(number).isAcknowledged).toBe(true);
      },
    );

    test('does by way of its queue what it is told, under the key of the command', async () => {
      const number = outside.buy([1, 1]);
      const order = await received(number);
      const perform = (command: string, about: object, key: string) =>
        connection.commands?.[command]?.perform(about, { key, correlationId: 'test' });
      const ofOrder = { order: 'order-1', channel, externalId: number };
      const done = { status: expect.stringMatching(/^(SUCCEEDED|PENDING)$/) };
      expect(await perform('acknowledge-order', ofOrder, 'order-1/1')).toEqual(done);
      const [a, b] = outside.skus;
      const line = (sku: string) => ({ lineId: lineIdOf(order, sku), quantity: '1' });
      expect(
        await perform('tell-cancellation', { ...ofOrder, lines: [line(b)], reason: 'BUYER' }, 'order-1/2'),
      ).toEqual(done);
      const shipment = {
        shipment: 'order-1.s1',
        packageNo: 1,
        shippedAt: '2026-01-05T09:00:00.000Z',
        lines: [line(a)],
      };
      expect(await perform('tell-shipment', { ...ofOrder, ...shipment }, 'order-1/3')).toEqual(done);
      expect(await perform('offer-stock', { channel, sku: a, quantity: '3' }, 'offer-1')).toEqual({});
      await look();
      expect(outside.stateOf(number)).toMatchObject({ isAcknowledged: true, pieces: { [a]: 1, [b]: 0 } });
      expect(outside.stateOf(number).shipped).toEqual({ [a]: 1, [b]: 0 });
      expect(outside.offered(a)).toBe(3);
    });
  });
}
