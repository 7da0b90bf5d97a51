import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { itemRecorded, locationRecorded } from '../../schema/events/inbox.ts';
import type { PolledConnection } from '../runtime/connection.ts';
import { lookUpCalls, type PortUnderTest } from '../runtime/testing/outside-system.ts';
import type { Erp } from './port.ts';

export interface ErpUnderTest extends PortUnderTest<Erp> {
  /** More than fifty. */
  readonly skus: readonly string[];
  readonly locations: readonly string[];
}

export function erpContract(name: string, open: () => Promise<ErpUnderTest>): void {
  describe(`${name}: the port`, () => {
    let outside: ErpUnderTest;
    let platform: TestPlatform;
    let connection: PolledConnection<Erp>;
    let erp: Erp;

    beforeEach(async () => {
      outside = await open();
      platform = await openTestPlatform();
      connection = await outside.connect({ platform, webhookUrl: 'http://127.0.0.1:1/webhooks/erp' });
      erp = connection.port;
    });

    afterEach(async () => {
      await connection.close();
      await outside.simulator.close();
      await platform.close();
    });

    test('looks fifty items and their prices up in one call', async () => {
      const skus = outside.skus.slice(0, 50);
      const items = await erp.lookUpItems(skus);
      expect(lookUpCalls(outside)).toBe(1);
      expect([...items.keys()].sort()).toEqual([...skus].sort());
      for (const [sku, item] of items) {
        expect(parseAs(itemRecorded.data, item, 'item').sku).toBe(sku);
        expect(item.prices.length).toBeGreaterThan(0);
      }
    });

    test('leaves unknown SKUs out, and asks nothing for none', async () => {
      const [sku = ''] = outside.skus;
      expect([...(await erp.lookUpItems([sku, 'NO-SUCH-SKU', "O'HARA"])).keys()]).toEqual([sku]);
      outside.simulator.resetRequests();
      expect((await erp.lookUpItems([])).size).toBe(0);
      expect(lookUpCalls(outside)).toBe(0);
    });

    test('lists every item once, page by page, in the order of their codes', async () => {
      const listed: string[] = [];
      let after: string | undefined;
      do {
        const page = await erp.listItems(after);
        listed.push(...page.items.map(({ sku }) => sku));
        after = page.next;
      } while (after !== undefined);
      expect(listed).toEqual([...outside.skus].sort());
    });

    test('lists the locations', async () => {
      const locations = await erp.listLocations();
      for (const location of locations) expect(parseAs(locationRecorded.data, location, 'location')).toBe(location);
      expect(locations.map(({ location }) => location).sort()).toEqual([...outside.locations].sort());
    });

    test.each(['RESET', 'UNAVAILABLE'] as const)(
      'ends in an obstacle while the system is down (%s)',
      async (outage) => {
        outside.simulator.faults.set({ outage });
        await expect(erp.lookUpItems(outside.skus.slice(0, 3))).rejects.toThrow(Obstacle);
        outside.simulator.faults.clear();
        expect((await erp.lookUpItems(outside.skus.slice(0, 3))).size).toBe(3);
      },
    );

    test('waits as long as it is told when it is throttled, and then answers', async () => {
      outside.simulator.faults.set({ throttle: 1 });
      const answer = erp.lookUpItems(outside.skus.slice(0, 3));
      await waitFor(() => outside.simulator.requests().some(({ status }) => status === 429), 'the throttled request');
      outside.simulator.faults.clear();
      expect((await answer).size).toBe(3);
      expect(outside.simulator.requests().filter(({ status }) => status === 429)).toHaveLength(1);
    });

    test('answers whole although members of its batch fail now and then', async () => {
      await erp.lookUpItems([]);
      outside.simulator.faults.set({ partialFailure: 0.3 });
      expect((await erp.lookUpItems(outside.skus.slice(0, 50))).size).toBe(50);
    });
  });
}
