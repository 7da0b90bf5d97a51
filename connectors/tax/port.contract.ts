import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import type { PolledConnection } from '../runtime/connection.ts';
import { lookUpCalls, type PortUnderTest } from '../runtime/testing/outside-system.ts';
import { UpstreamRejected } from '../runtime/upstream-errors.ts';
import type { TaxQuestion, TaxSystem } from './port.ts';

/** 20 percent on everything but SKU `BOOK` in GB; 8.875 percent in two parts in US. */
export interface TaxUnderTest extends PortUnderTest<TaxSystem> {
  /** How many documents it has booked. */
  bookedCount(): number;
}

export function taxContract(name: string, open: () => Promise<TaxUnderTest>): void {
  describe(`${name}: the port`, () => {
    let outside: TaxUnderTest;
    let platform: TestPlatform;
    let connection: PolledConnection<TaxSystem>;

    beforeEach(async () => {
      outside = await open();
      platform = await openTestPlatform();
      connection = await outside.connect({ platform, webhookUrl: 'http://127.0.0.1:1/webhooks/tax' });
    });

    afterEach(async () => {
      await connection.close();
      await outside.simulator.close();
      await platform.close();
    });

    const question = (changes: Partial<TaxQuestion> = {}): TaxQuestion => ({
      order: 'order-1',
      currency: 'GBP',
      pricesIncludeTax: true,
      country: 'GB',
      postalCode: null,
      items: [
        { ref: 'order-1.1', sku: 'MUG', amountMinor: 1_000 },
        { ref: 'order-1.2', sku: 'BOOK', amountMinor: 2_500 },
        { ref: 'charge-1', sku: null, amountMinor: 395 },
      ],
      ...changes,
    });
    const amounts = async (changes: Partial<TaxQuestion> = {}) => {
      const { taxes } = await connection.port.quote(question(changes));
      return [...taxes].map(([ref, each]) => [ref, each.map(({ amountMinor }) => amountMinor)] as const);
    };
    const confirmation = (taxMinor = 167) => ({
      order: 'order-1',
      quote: 'quote-1',
      currency: 'GBP',
      lines: [{ ref: 'order-1.1', amountMinor: 1_000, taxMinor }],
    });

    test('quotes all items in one call, to the minor unit, included or added', async () => {
      expect(await amounts()).toEqual([
        ['order-1.1', [167]],
        ['order-1.2', []],
        ['charge-1', [66]],
      ]);
      expect(lookUpCalls(outside)).toBe(1);
      expect(await amounts({ pricesIncludeTax: false })).toEqual([
        ['order-1.1', [200]],
        ['order-1.2', []],
        ['charge-1', [79]],
      ]);
      const items = [{ ref: 'x', sku: 'MUG', amountMinor: 2_700 }];
      expect(await amounts({ country: 'US', pricesIncludeTax: false, items })).toEqual([['x', [108, 132]]]);
      expect(outside.bookedCount()).toBe(0);
    });

    test('names who levies what', async () => {
      const items = [{ ref: 'x', sku: 'MUG', amountMinor: 2_700 }];
      const { quote, taxes } = await connection.port.quote(question({ country: 'US', items }));
      expect(quote).not.toBe('');
      expect(taxes.get('x')?.map(({ jurisdiction, ratePercent }) => [jurisdiction, ratePercent])).toEqual([
        ['US-NY', '4'],
        ['US-NY-NYC', '4.875'],
      ]);
    });

    test('books once, however often it is told under the same key', async () => {
      const confirm = (taxMinor?: number) =>
        connection.port.confirm({ idempotencyKey: 'key-1', ...confirmation(taxMinor) });
      const [first, ...others] = await Promise.all([confirm(), confirm(), confirm()]);
      expect(others).toEqual([first, first]);
      expect(outside.bookedCount()).toBe(1);
      await expect(confirm(1)).rejects.toThrow(UpstreamRejected);
    });

    test('tells what it cannot tax', async () => {
      await expect(connection.port.quote(question({ country: 'XX' }))).rejects.toThrow(UpstreamRejected);
    });

    test('is the same when numbers become text', async () => {
      const before = await amounts();
      outside.simulator.faults.set({ drift: 'RETYPED_FIELD' });
      expect(await amounts()).toEqual(before);
    });

    test.each(['RESET', 'UNAVAILABLE'] as const)('ends in an obstacle while it is down (%s)', async (outage) => {
      outside.simulator.faults.set({ outage });
      await expect(connection.port.quote(question())).rejects.toThrow(Obstacle);
      await expect(connection.port.confirm({ idempotencyKey: 'key-1', ...confirmation() })).rejects.toThrow(Obstacle);
      outside.simulator.faults.clear();
      expect(await amounts()).toHaveLength(3);
    });

    test('books by way of its queue, under the key of the command', async () => {
      const perform = () =>
        connection.commands?.['confirm-tax']?.perform(confirmation(), { key: 'order-1/9', correlationId: 'test' });
      expect(await perform()).toEqual(await perform());
      expect(outside.bookedCount()).toBe(1);
    });
  });
}
