import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { readBalances } from '../../schema/commands/balances.ts';
import type { BalancePage, BalanceSource } from './balance-source.ts';
import type { PolledConnection } from './connection.ts';
import type { PortUnderTest } from './testing/outside-system.ts';

export interface BalancesUnderTest extends Pick<PortUnderTest<unknown>, 'simulator'> {
  connect(platform: TestPlatform): Promise<PolledConnection<unknown>>;
  /** One that the system tells of. */
  readonly location: string;
  /** More than ten of those that the system knows. */
  readonly skus: readonly string[];
  /** From now on so many lie there, all of them for sale. Whole numbers. */
  put(sku: string, quantity: string): void | Promise<void>;
}

/** What whoever compares a system's book with the ledger relies on. */
export function balancesContract(name: string, open: () => Promise<BalancesUnderTest>): void {
  describe(`${name}: what lies where`, () => {
    let outside: BalancesUnderTest;
    let platform: TestPlatform;
    let connection: PolledConnection<unknown>;
    let source: BalanceSource;

    beforeEach(async () => {
      outside = await open();
      platform = await openTestPlatform();
      connection = await outside.connect(platform);
      if (!connection.balances) throw new Error(`${name} tells no balances.`);
      source = connection.balances;
    });

    afterEach(async () => {
      await connection.close();
      await outside.simulator.close();
      await platform.close();
    });

    /** All pages, rows of one SKU added up. */
    async function all(): Promise<ReadonlyMap<string, number>> {
      const found = new Map<string, number>();
      let after: string | undefined;
      do {
        const page: BalancePage = await source.list(outside.location, after);
        add(found, page);
        after = page.next;
      } while (after !== undefined);
      return found;
    }
    const add = (found: Map<string, number>, { balances }: BalancePage): void => {
      for (const { sku, quantity } of balances) found.set(sku, (found.get(sku) ?? 0) + Number(quantity));
    };
    const lookedUp = async (...skus: readonly string[]): Promise<ReadonlyMap<string, number>> => {
      const found = new Map<string, number>();
      add(found, await source.lookUp(outside.location, skus));
      return found;
    };
    const sku = (index: number): string => outside.skus[index] ?? '';

    test('names the locations that it tells of', () => {
      expect(source.locations).toContain(outside.location);
    });

    test('is told as of the hub’s present, in canonical words, of all that is there', async () => {
      for (const each of outside.skus) await outside.put(each, '7');
      const beforeMs = platform.clock.nowMs();
      const { asOfMs, balances } = await source.list(outside.location, undefined);
      const page = { asOf: new Date(asOfMs).toISOString(), balances: [...balances] };
      parseAs(readBalances.reply, page, 'balances');
      expect(Math.abs(asOfMs - beforeMs)).toBeLessThan(HOUR_MS);
      const found = await all();
      for (const each of outside.skus) expect([each, found.get(each)]).toEqual([each, 7]);
    });

    test('is what lies there after the last change', async () => {
      await outside.put(sku(0), '3');
      await outside.put(sku(1), '0');
      await outside.put(sku(0), '5');
      const found = await all();
      expect(found.get(sku(0))).toBe(5);
      expect(found.get(sku(1)) ?? 0).toBe(0);
    });

    test('is told of chosen SKUs alone, those that nobody knows left out', async () => {
      await outside.put(sku(0), '4');
      await outside.put(sku(2), '9');
      const found = await lookedUp(sku(0), sku(2), 'NO-SUCH-SKU');
      expect(Object.fromEntries(found)).toEqual({ [sku(0)]: 4, [sku(2)]: 9 });
      expect((await lookedUp('NO-SUCH-SKU')).size).toBe(0);
    });

    test.each(['RESET', 'UNAVAILABLE'] as const)('is an obstacle while the system is down (%s)', async (outage) => {
      outside.simulator.faults.set({ outage });
      await expect(source.list(outside.location, undefined)).rejects.toThrow(Obstacle);
      await expect(source.lookUp(outside.location, [sku(0)])).rejects.toThrow(Obstacle);
      outside.simulator.faults.clear();
      await source.list(outside.location, undefined);
    });
  });
}

/** The clock of the machine that a system runs on may be another. */
const HOUR_MS = 3_600_000;
