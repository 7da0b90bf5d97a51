import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { orderChangeTold, type OrderChangeTold } from '../../schema/events/inbox-changes.ts';
import type { ParcelAddress } from '../../schema/commands/outbound-parcels.ts';
import type { RouteOrder } from '../../schema/commands/outbound-routing.ts';
import type { PolledConnection } from '../runtime/connection.ts';
import type { PortUnderTest } from '../runtime/testing/outside-system.ts';
import { UpstreamRejected } from '../runtime/upstream-errors.ts';
import type { Oms } from './port.ts';

export interface OmsUnderTest extends PortUnderTest<Oms> {
  /** The one location that serves `sku`. */
  readonly location: string;
  readonly sku: string;
  /** Pieces that are to be worked on, order by order. */
  work(): readonly { readonly order: string; readonly quantity: number }[];
  /** Where an order is sent, as far as it was told. */
  shipToOf(order: string): Partial<ParcelAddress>;
  /** The location sends what it has of an order. */
  ship(order: string): void;
  /** Somebody at the OMS agrees with the customer on so much more of `sku` at 45.00 GBP, or less of it. */
  amend(order: string, change: number): void;
  /** What a change means that this OMS tells. */
  readonly changeMeaning: OrderChangeTold['change']['meaning'];
}

export function omsContract(name: string, open: () => Promise<OmsUnderTest>): void {
  describe(`${name}: the port`, () => {
    let outside: OmsUnderTest;
    let platform: TestPlatform;
    let connection: PolledConnection<Oms>;
    let oms: Oms;

    beforeEach(async () => {
      outside = await open();
      platform = await openTestPlatform();
      connection = await outside.connect({ platform, webhookUrl: 'http://127.0.0.1:1/webhooks/oms' });
      oms = connection.port;
    });

    afterEach(async () => {
      await connection.close();
      await outside.simulator.close();
      await platform.close();
    });

    const order = (quantity = '3', sku = outside.sku): RouteOrder => ({
      order: 'order-1',
      channel: 'HOME',
      number: 'H-1',
      placedAt: '2026-11-20T10:00:00.000Z',
      country: 'GB',
      postalCode: null,
      lines: [{ orderLine: 'order-1.1', sku, quantity, reservations: ['reservation-1'] }],
    });
    const context = { key: 'order-1/1', correlationId: 'test' };

    test('takes an order on once, however often it is asked', async () => {
      const first = await oms.route(order());
      expect(first).toEqual({ document: expect.any(String) });
      expect(await Promise.all([oms.route(order()), oms.route(order())])).toEqual([first, first]);
      expect(outside.work()).toEqual([{ order: 'order-1', quantity: 3 }]);
    });

    test('tells where it goes as far as that is known', async () => {
      const shipTo = { name: 'Ann', street: '2 Low Road', city: 'York', postalCode: 'YO1 1AA', country: 'GB' };
      await oms.route(order());
      expect(outside.shipToOf('order-1')).toEqual({ country: 'GB' });
      await oms.route({ ...order(), shipTo });
      expect(outside.shipToOf('order-1')).toEqual(shipTo);
    });

    test('brings it up to less, to more, and to nothing', async () => {
      const { document } = await oms.route(order());
      expect(await oms.route(order('1'))).toEqual({ document });
      expect(outside.work()).toEqual([{ order: 'order-1', quantity: 1 }]);
      await oms.route(order('2'));
      expect(outside.work().reduce((sum, { quantity }) => sum + quantity, 0)).toBe(2);
      await oms.route(order('0'));
      expect(outside.work()).toEqual([]);
    });

    test('stops work that has not left, and says when it is too late', async () => {
      await oms.route(order());
      expect(await oms.stop('order-1', outside.location)).toBe('CANCELLED');
      expect(outside.work()).toEqual([]);
      expect(await oms.stop('order-1', outside.location)).toBe('CANCELLED');
      await oms.route(order());
      outside.ship('order-1');
      expect(await oms.stop('order-1', outside.location)).toBe('REFUSED');
    });

    test('refuses what it does not know, and has kept nothing', async () => {
      await expect(oms.route(order('1', 'NO-SUCH-SKU'))).rejects.toThrow(UpstreamRejected);
      await expect(oms.stop('no-such-order', outside.location)).rejects.toThrow(UpstreamRejected);
      await expect(oms.stop('order-1', 'NO-SUCH-LOCATION')).rejects.toThrow(UpstreamRejected);
      expect(outside.work()).toEqual([]);
    });

    test.each(['RESET', 'UNAVAILABLE'] as const)('ends in an obstacle while it is down (%s)', async (outage) => {
      outside.simulator.faults.set({ outage });
      await expect(oms.route(order())).rejects.toThrow(Obstacle);
      await expect(oms.stop('order-1', outside.location)).rejects.toThrow(Obstacle);
      outside.simulator.faults.clear();
      await oms.route(order());
      expect(outside.work()).toEqual([{ order: 'order-1', quantity: 3 }]);
    });

    test('tells what it changes of an order, in its own meaning, and goes on with it when it is asked to', async () => {
      await oms.route(order());
      outside.amend('order-1', -1);
      const { messages = [] } = (await connection.feeds[0]?.read(0)) ?? {};
      const facts = messages.flatMap((message) => ('facts' in message ? message.facts : []));
      const told = facts.filter(({ definition }) => definition === orderChangeTold).map(({ data }) => data);
      expect(told).toMatchObject([
        {
          channel: 'HOME',
          externalId: 'H-1',
          change: { meaning: outside.changeMeaning, lines: [{ sku: outside.sku, unitPriceMinor: 4_500 }] },
        },
      ]);
      expect(outside.work()).toEqual([{ order: 'order-1', quantity: 3 }]);
      await oms.route(order('2'));
      expect(outside.work()).toEqual([{ order: 'order-1', quantity: 2 }]);
    });

    test('does what its queue says', async () => {
      const { commands = {} } = connection;
      const routed = await commands['route-order']?.perform(order(), context);
      expect(routed).toEqual({ document: expect.any(String) });
      const stop = { order: 'order-1', location: outside.location };
      expect(await commands['stop-work']?.perform(stop, context)).toEqual({ stopped: 'CANCELLED' });
    });
  });
}
