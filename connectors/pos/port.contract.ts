import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { Obstacle, Refusal } from '../../kernel/model/errors.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { ReturnRecorded, StoreSaleRecorded } from '../../schema/events/inbox.ts';
import type { Connection } from '../runtime/connection.ts';
import type { Inbound, InboundMessage } from '../runtime/inbound.ts';
import { lookUpCalls, type OutsideSystem } from '../runtime/testing/outside-system.ts';
import type { Pos, RegisterDay } from './port.ts';

export interface SoldLine {
  readonly sku: string;
  readonly quantity: string;
  readonly unitPriceMinor: number;
}

export interface PosUnderTest extends OutsideSystem<Pos> {
  /** A store, as the hub and as the system call it. */
  readonly location: string;
  /** Of that store; one whose days in July are not those of UTC. */
  readonly timeZone: string;
  readonly piece: string;
  readonly weighed: string;
  /** @returns the receipt number */
  sell(sale: {
    readonly lines: readonly SoldLine[];
    readonly tender?: 'CARD' | 'CASH';
    readonly occurredAtMs?: number;
    /** From 1, which is the default. */
    readonly register?: number;
  }): string;
  /** Without an original: blind. @returns the receipt number */
  takeBack(returned: {
    readonly lines: readonly SoldLine[];
    readonly original?: string;
    readonly reason?: string;
    readonly tender?: 'CARD' | 'CASH';
    readonly occurredAtMs?: number;
  }): string;
}

export function posContract(name: string, open: () => Promise<PosUnderTest>): void {
  describe(`${name}: the port`, () => {
    let outside: PosUnderTest;
    let platform: TestPlatform;
    let connection: Connection<Pos>;
    let pos: Pos;

    beforeEach(async () => {
      outside = await open();
      platform = await openTestPlatform();
      connection = await outside.connect({ platform, webhookUrl: 'http://127.0.0.1:1/webhooks/pos' });
      pos = connection.port;
    });

    afterEach(async () => {
      await connection.close();
      await outside.simulator.close();
      await platform.close();
    });

    const read = async (): Promise<readonly Inbound[]> => (await connection.feeds[0]?.read(0))?.messages ?? [];
    const messages = async (): Promise<readonly InboundMessage[]> => (await read()) as readonly InboundMessage[];
    const line = (quantity: string, unitPriceMinor = 1_000): SoldLine => ({
      sku: outside.piece,
      quantity,
      unitPriceMinor,
    });

    test('names the stores that it runs', () => {
      expect(pos.locations).toContain(outside.location);
    });

    test('looks the receipts of a page of sales up in one call', async () => {
      const numbers = Array.from({ length: 30 }, () => outside.sell({ lines: [line('1')] }));
      await read();
      outside.simulator.resetRequests();
      const receipts = await pos.lookUpReceipts([...numbers, 'NO-SUCH-RECEIPT']);
      expect(lookUpCalls(outside)).toBe(1);
      expect([...receipts.keys()].sort()).toEqual([...numbers].sort());
      for (const [number, receipt] of receipts) {
        expect(receipt).toMatchObject({ number, location: outside.location });
        expect(new Date(receipt.printedAt).toISOString()).toBe(receipt.printedAt);
      }
    });

    test('asks nothing for no receipt', async () => {
      expect((await pos.lookUpReceipts([])).size).toBe(0);
      expect(lookUpCalls(outside)).toBe(0);
    });

    test.each(['RESET', 'UNAVAILABLE'] as const)(
      'ends in an obstacle while the system is down (%s)',
      async (outage) => {
        const number = outside.sell({ lines: [line('1')] });
        await read();
        outside.simulator.faults.set({ outage });
        await expect(pos.lookUpReceipts([number])).rejects.toThrow(Obstacle);
        outside.simulator.faults.clear();
        expect((await pos.lookUpReceipts([number])).size).toBe(1);
      },
    );

    test('waits as long as it is told when it is throttled, and then answers', async () => {
      const number = outside.sell({ lines: [line('1')] });
      await read();
      outside.simulator.faults.set({ throttle: 1 });
      const answer = pos.lookUpReceipts([number]);
      await waitFor(() => outside.simulator.requests().some(({ status }) => status === 429), 'the throttled request');
      outside.simulator.faults.clear();
      expect((await answer).size).toBe(1);
    });

    test('tells a sale under its receipt number, at the till’s own time', async () => {
      const occurredAtMs = Date.UTC(2026, 0, 5, 9);
      const externalId = outside.sell({ lines: [line('2', 1_999), line('1', 500)], tender: 'CASH', occurredAtMs });
      const [sale] = await messages();
      expect(sale?.definition.type).toBe('store-sale-recorded');
      expect(sale?.occurredAtMs).toBe(occurredAtMs);
      const data: StoreSaleRecorded = {
        channel: `STORE:${outside.location}`,
        externalId,
        location: outside.location,
        currency: 'GBP',
        lines: [
          { lineId: expect.any(String) as never, sku: outside.piece, quantity: '2', unitPriceMinor: 1_999 },
          { lineId: expect.any(String) as never, sku: outside.piece, quantity: '1', unitPriceMinor: 500 },
        ],
        charges: [],
        tenders: [{ tender: 'CASH', amountMinor: 4_498 }],
      };
      expect(sale?.data).toEqual(data);
    });

    const local = (time: string): number => DateTime.fromISO(time, { zone: outside.timeZone }).toMillis();
    /** Registers come in no telling order. */
    const sumOf = (days: readonly RegisterDay[], side: 'taken' | 'given') => ({
      receiptCount: days.reduce((sum, day) => sum + day[side].receiptCount, 0),
      totalMinor: days.reduce((sum, day) => sum + day[side].totalMinor, 0),
    });

    test('adds up what each register of a store took on its own calendar day, and names the receipts', async () => {
      const sell = (occurredAt: string, register: number, unitPriceMinor: number) =>
        outside.sell({ lines: [line('2', unitPriceMinor)], register, occurredAtMs: local(occurredAt) });
      sell('2026-06-30T23:59', 1, 1);
      const early = sell('2026-07-01T00:01', 1, 1_000);
      const other = sell('2026-07-01T12:00', 2, 50);
      const late = sell('2026-07-01T23:59', 1, 300);
      sell('2026-07-02T00:00', 2, 7);
      const days = await pos.registerDays(outside.location, '2026-07-01');
      const head = { location: outside.location, businessDay: '2026-07-01', currency: 'GBP', isClosed: true };
      const given = { receiptCount: 0, totalMinor: 0 };
      expect([...days].sort((a, b) => b.taken.totalMinor - a.taken.totalMinor)).toMatchObject([
        { ...head, given, taken: { receiptCount: 2, totalMinor: 2_600 }, receipts: [early, late].sort() },
        { ...head, given, taken: { receiptCount: 1, totalMinor: 100 }, receipts: [other] },
      ]);
      expect(new Set(days.map(({ register }) => register)).size).toBe(2);
    });

    test('adds up to what the facts of the day tell', async () => {
      const occurredAtMs = local('2026-07-01T10:00');
      const sold = outside.sell({ lines: [line('3', 333)], tender: 'CASH', occurredAtMs });
      outside.sell({ lines: [{ sku: outside.weighed, quantity: '0.455', unitPriceMinor: 1_250 }], occurredAtMs });
      outside.takeBack({ original: sold, lines: [line('1', 333)], tender: 'CASH', occurredAtMs });
      outside.takeBack({ lines: [line('1', 40)], occurredAtMs });
      const facts = (await messages()).map(({ data }) => data as Partial<StoreSaleRecorded & ReturnRecorded>);
      const days = await pos.registerDays(outside.location, '2026-07-01');
      for (const [side, amounts] of [
        ['taken', facts.flatMap(({ tenders }) => (tenders ? [tenders] : []))],
        ['given', facts.flatMap(({ refunds }) => (refunds ? [refunds] : []))],
      ] as const) {
        const totalMinor = amounts.flat().reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        expect(totalMinor).toBeGreaterThan(0);
        expect(sumOf(days, side)).toEqual({ receiptCount: 2, totalMinor });
      }
      const numbers = days.flatMap(({ receipts }) => receipts);
      expect(numbers.sort()).toEqual(facts.map(({ externalId }) => String(externalId)).sort());
    });

    test('tells nothing of a day without receipts, nor of a store that it does not run', async () => {
      outside.sell({ lines: [line('1')] });
      expect(await pos.registerDays(outside.location, '2026-07-01')).toEqual([]);
      outside.simulator.resetRequests();
      expect(await pos.registerDays('NO-SUCH-STORE', '2026-07-01')).toEqual([]);
      expect(lookUpCalls(outside)).toBe(0);
    });

    test('refuses what is no calendar day, and ends in an obstacle while the system is down', async () => {
      await expect(pos.registerDays(outside.location, '2026-02-30')).rejects.toThrow(Refusal);
      outside.simulator.faults.set({ outage: 'UNAVAILABLE' });
      await expect(pos.registerDays(outside.location, '2026-07-01')).rejects.toThrow(Obstacle);
    });

    test('tells weighed goods exactly, and adds up to the penny', async () => {
      outside.sell({ lines: [{ sku: outside.weighed, quantity: '0.455', unitPriceMinor: 1_250 }] });
      outside.sell({ lines: [{ sku: outside.weighed, quantity: '1.100', unitPriceMinor: 333 }] });
      const sales = (await messages()).map(({ data }) => data as StoreSaleRecorded);
      expect(sales.map(({ lines }) => lines[0]?.quantity)).toEqual(['0.455', '1.1']);
      expect(sales.map(({ tenders }) => tenders[0]?.amountMinor)).toEqual([569, 366]);
      expect(sales.map(({ charges }) => charges)).toEqual([[], []]);
    });

    test('tells a return with the sale that it belongs to, and what was given back', async () => {
      const original = outside.sell({ lines: [line('3')] });
      const externalId = outside.takeBack({ original, lines: [line('1')], reason: 'Too small' });
      const returned = (await messages()).find(({ definition }) => definition.type === 'return-recorded');
      const channel = `STORE:${outside.location}`;
      const data: ReturnRecorded = {
        channel,
        externalId,
        location: outside.location,
        currency: 'GBP',
        original: { channel, externalId: original },
        lines: [
          {
            lineId: expect.any(String) as never,
            sku: outside.piece,
            quantity: '1',
            unitPriceMinor: 1_000,
            reason: 'SIZE_SMALL',
          },
        ],
        charges: [],
        refunds: [{ tender: 'CARD', amountMinor: 1_000 }],
      };
      expect(returned?.data).toEqual(data);
    });

    test('tells a blind return without an original, and a reason that nobody listed as the other one', async () => {
      outside.takeBack({ lines: [line('1')], reason: 'because' });
      const [returned] = await messages();
      expect(returned?.definition.type).toBe('return-recorded');
      expect(returned?.data).not.toHaveProperty('original');
      expect(returned?.data).toMatchObject({
        lines: [{ quantity: '1', reason: 'OTHER' }],
        refunds: [{ amountMinor: 1_000 }],
      });
    });
  });
}
