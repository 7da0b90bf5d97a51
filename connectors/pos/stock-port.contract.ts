import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import type { PortUnderTest } from '../runtime/testing/outside-system.ts';
import { UpstreamRejected } from '../runtime/upstream-errors.ts';
import type { PosStock, StockChange } from './stock-port.ts';

export interface PosStockUnderTest extends PortUnderTest<PosStock> {
  readonly location: string;
  /** A SKU of weighed goods and one of pieces. Nobody has counted them yet. */
  readonly weighed: string;
  readonly piece: string;
  /** What the POS itself shows of a SKU at the store. */
  shown(sku: string): string;
  /** Time for which the POS takes what has happened. */
  readonly takenForMs: number;
}

export function posStockContract(name: string, open: () => Promise<PosStockUnderTest>): void {
  describe(`${name}: the port of its stock`, () => {
    let outside: PosStockUnderTest;
    let platform: TestPlatform;
    let connection: Awaited<ReturnType<PosStockUnderTest['connect']>>;
    let stock: PosStock;

    beforeEach(async () => {
      outside = await open();
      platform = await openTestPlatform();
      connection = await outside.connect({ platform, webhookUrl: 'http://127.0.0.1:1/webhooks/pos' });
      stock = connection.port;
    });

    afterEach(async () => {
      await connection.close();
      await outside.simulator.close();
      await platform.close();
    });

    const change = (part: Partial<StockChange> = {}): StockChange => ({
      kind: 'COUNT',
      sku: outside.piece,
      location: outside.location,
      quantity: '7',
      occurredAt: new Date(platform.clock.nowMs()).toISOString(),
      ...part,
    });
    const record = (idempotencyKey: string, ...changes: StockChange[]): Promise<void> =>
      stock.recordStock({ idempotencyKey, changes });

    test('writes counts and adjustments of one record together, exactly', async () => {
      await record('k-1', change({ quantity: '40' }));
      await record(
        'k-2',
        change({ kind: 'ADJUSTMENT', quantity: '-3' }),
        change({ kind: 'ADJUSTMENT', quantity: '5' }),
        change({ sku: outside.weighed, quantity: '1.105' }),
      );
      expect([outside.shown(outside.piece), outside.shown(outside.weighed)]).toEqual(['42', '1.105']);
    });

    test('changes nothing more under a key that it knows, and refuses other changes under it', async () => {
      const adjustment = change({ kind: 'ADJUSTMENT', quantity: '-1' });
      await record('k-1', change({ quantity: '40' }));
      await record('k-2', adjustment);
      await record('k-2', adjustment);
      expect(outside.shown(outside.piece)).toBe('39');
      await expect(record('k-2', { ...adjustment, quantity: '-2' })).rejects.toThrow(UpstreamRejected);
      expect(outside.shown(outside.piece)).toBe('39');
    });

    test('knows a key of any length', async () => {
      const long = 'k'.repeat(150);
      await record('k-1', change({ quantity: '40' }));
      await record(long, change({ kind: 'ADJUSTMENT', quantity: '-1' }));
      await record(`${long.slice(1)}x`, change({ kind: 'ADJUSTMENT', quantity: '-1' }));
      expect(outside.shown(outside.piece)).toBe('38');
    });

    test('takes a count at its own instant: what happened since goes on top', async () => {
      const { clock } = platform;
      const earlier = new Date(clock.nowMs() - 60_000).toISOString();
      await record('k-1', change({ quantity: '40', occurredAt: new Date(clock.nowMs() - 120_000).toISOString() }));
      await record('k-2', change({ kind: 'ADJUSTMENT', quantity: '-3' }));
      await record('k-3', change({ quantity: '50', occurredAt: earlier }));
      expect(outside.shown(outside.piece)).toBe('47');
    });

    test('refuses a record whole when one change of it is too old, or of an unknown item or store', async () => {
      await record('k-1', change({ quantity: '40' }));
      const occurredAt = new Date(platform.clock.nowMs() - outside.takenForMs - 60_000).toISOString();
      for (const [key, wrong] of [
        ['k-2', change({ quantity: '1', occurredAt })],
        ['k-3', change({ quantity: '1', sku: 'NO-SUCH-SKU' })],
        ['k-4', change({ quantity: '1', location: 'ELSEWHERE' })],
      ] as const) {
        await expect(record(key, change({ kind: 'ADJUSTMENT', quantity: '-1' }), wrong)).rejects.toThrow(
          UpstreamRejected,
        );
      }
      expect(outside.shown(outside.piece)).toBe('40');
    });

    test('ends in an obstacle while the system is down, and writes once when it is back', async () => {
      await record('k-1', change({ quantity: '40' }));
      const adjustment = change({ kind: 'ADJUSTMENT', quantity: '-1' });
      outside.simulator.faults.set({ outage: 'UNAVAILABLE' });
      await expect(record('k-2', adjustment)).rejects.toThrow(Obstacle);
      outside.simulator.faults.clear();
      await record('k-2', adjustment);
      expect(outside.shown(outside.piece)).toBe('39');
    });
  });
}
