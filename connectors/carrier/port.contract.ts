import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import type { ParcelAddress } from '../../schema/commands/outbound-parcels.ts';
import type { PolledConnection } from '../runtime/connection.ts';
import type { PortUnderTest } from '../runtime/testing/outside-system.ts';
import { UpstreamRejected } from '../runtime/upstream-errors.ts';
import type { Carrier, LabelOrder } from './port.ts';

export interface CarrierUnderTest extends PortUnderTest<Carrier> {
  /** A service within the United Kingdom that takes a parcel of a kilogram. */
  readonly service: string;
  /** A carrier as those name it who send parcels. */
  readonly carrier: string;
  /** How many labels were bought and not given back. */
  labelCount(): number;
  /** The carrier takes the parcel in. */
  collect(trackingNumber: string): void;
}

const STORE: ParcelAddress = {
  name: 'Store 1',
  street: '1 High Street',
  city: 'Leeds',
  postalCode: 'LS1 1AA',
  country: 'GB',
};
const CUSTOMER: ParcelAddress = { ...STORE, name: 'A. Customer', street: '2 Low Road', city: 'York' };
const WEIGHT_GRAMS = 1_000;

export function carrierContract(name: string, open: () => Promise<CarrierUnderTest>): void {
  describe(`${name}: the port`, () => {
    let outside: CarrierUnderTest;
    let platform: TestPlatform;
    let connection: PolledConnection<Carrier>;
    let carrier: Carrier;
    let keys = 0;

    beforeEach(async () => {
      outside = await open();
      platform = await openTestPlatform();
      connection = await outside.connect({ platform, webhookUrl: 'http://127.0.0.1:1/webhooks/carrier' });
      carrier = connection.port;
    });

    afterEach(async () => {
      await connection.close();
      await outside.simulator.close();
      await platform.close();
    });

    const label = (change: Partial<LabelOrder> = {}): LabelOrder => ({
      idempotencyKey: `key-${++keys}`,
      reference: 'order-1/1',
      service: outside.service,
      from: STORE,
      to: CUSTOMER,
      weightGrams: WEIGHT_GRAMS,
      ...change,
    });

    test('names the carriers that it speaks for', () => {
      expect(carrier.carriers).toContain(outside.carrier);
    });

    test('says what a parcel would cost and how long it takes, the cheapest first', async () => {
      const rates = await carrier.quoteRates({ fromCountry: 'GB', toCountry: 'GB', weightGrams: WEIGHT_GRAMS });
      expect(rates.map(({ service }) => service)).toContain(outside.service);
      const costs = rates.map(({ cost }) => cost.amountMinor);
      expect(costs).toEqual(costs.toSorted((a, b) => a - b));
      for (const { cost, daysMin, daysMax } of rates) {
        expect(cost).toEqual({ amountMinor: expect.any(Number), currencyCode: 'GBP' });
        expect(daysMax).toBeGreaterThanOrEqual(daysMin);
      }
    });

    test('says that nobody takes a parcel by quoting nothing', async () => {
      expect(await carrier.quoteRates({ fromCountry: 'GB', toCountry: 'GB', weightGrams: 1e9 })).toEqual([]);
      await expect(carrier.buyLabel(label({ weightGrams: 1e9 }))).rejects.toThrow(UpstreamRejected);
    });

    test('buys one label, however often it is asked under the same key', async () => {
      const asked = label();
      const first = await carrier.buyLabel(asked);
      expect(first).toEqual({
        label: expect.any(String),
        carrier: expect.any(String),
        trackingNumber: expect.any(String),
        document: expect.any(String),
        cost: { amountMinor: expect.any(Number), currencyCode: 'GBP' },
      });
      expect(await Promise.all([carrier.buyLabel(asked), carrier.buyLabel(asked)])).toEqual([first, first]);
      expect(outside.labelCount()).toBe(1);
      await expect(carrier.buyLabel({ ...asked, weightGrams: 2 * WEIGHT_GRAMS })).rejects.toThrow(UpstreamRejected);
      expect(outside.labelCount()).toBe(1);
    });

    test('takes a label back until the carrier has the parcel', async () => {
      const [unused, used] = [await carrier.buyLabel(label()), await carrier.buyLabel(label())];
      expect(await carrier.voidLabel(unused.label)).toBe('VOIDED');
      expect(await carrier.voidLabel(unused.label)).toBe('VOIDED');
      outside.collect(used.trackingNumber);
      expect(await carrier.voidLabel(used.label)).toBe('REFUSED');
      expect(outside.labelCount()).toBe(1);
      await expect(carrier.voidLabel('no-such-label')).rejects.toThrow(UpstreamRejected);
    });

    test('follows a parcel whose label was bought elsewhere, once', async () => {
      const parcel = { carrier: outside.carrier, trackingNumber: '4711', reference: 'order-1/2' };
      const first = await carrier.track(parcel);
      expect(await carrier.track(parcel)).toEqual(first);
      expect(await carrier.track({ ...parcel, trackingNumber: '4712' })).not.toEqual(first);
    });

    test('refuses a parcel of a carrier that it does not speak for', async () => {
      const parcel = { carrier: 'Pigeons', trackingNumber: '1', reference: 'order-1/1' };
      await expect(carrier.track(parcel)).rejects.toThrow(UpstreamRejected);
    });

    test.each(['RESET', 'UNAVAILABLE'] as const)(
      'ends in an obstacle while the system is down (%s), and the same key goes on afterwards',
      async (outage) => {
        const asked = label();
        outside.simulator.faults.set({ outage });
        await expect(carrier.buyLabel(asked)).rejects.toThrow(Obstacle);
        await expect(carrier.quoteRates({ fromCountry: 'GB', toCountry: 'GB', weightGrams: 1 })).rejects.toThrow(
          Obstacle,
        );
        outside.simulator.faults.clear();
        await carrier.buyLabel(asked);
        await carrier.buyLabel(asked);
        expect(outside.labelCount()).toBe(1);
      },
    );

    test('does by way of its queue what it is told, under the key of the command', async () => {
      const perform = (command: string, told: object, key: string) =>
        connection.commands?.[command]?.perform(told, { key, correlationId: 'test' });
      const { idempotencyKey: _key, ...asked } = label();
      const bought = await perform('buy-label', { order: 'order-1', ...asked }, 'order-1/7');
      expect(await perform('buy-label', { order: 'order-1', ...asked }, 'order-1/7')).toEqual(bought);
      const { label: id } = bought as { readonly label: string };
      expect(await perform('void-label', { order: 'order-1', label: id }, 'order-1/8')).toEqual({ voided: 'VOIDED' });
      expect(outside.labelCount()).toBe(0);
      const parcel = { carrier: outside.carrier, trackingNumber: '4711', reference: 'order-1/2' };
      expect(await perform('track-parcel', { order: 'order-1', ...parcel }, 'order-1/9')).toEqual({
        parcel: expect.any(String),
      });
    });
  });
}
