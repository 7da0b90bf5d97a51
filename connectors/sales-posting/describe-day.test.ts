import { describe, expect, test } from '@jest/globals';
import { describeDay } from './describe-day.ts';
import type { Comparison, SalesBatch, SalesDayDocument } from './sales-documents.ts';
import type { StoreReceipt } from './store-receipt.ts';

const GROUP = { location: 'S-1', businessDay: '2026-11-20', currency: 'GBP' };
const figures = (register: string, sales: number) => ({
  register,
  sales,
  returns: 0,
  units: String(sales),
  totalMinor: 100 * sales,
});

function receipt(number: number, change: Partial<StoreReceipt> = {}): StoreReceipt {
  return {
    id: `pos|${number}`,
    status: 'BATCHED',
    kind: 'SALE',
    number: `R-${number}`,
    register: 'till-1',
    occurredAtMs: 0,
    takenAtMs: 0,
    group: 'S-1|2026-11-20|GBP',
    lines: [{ sku: 'MUG', quantity: '1', unitPriceMinor: 100 }],
    charges: [],
    waitsFor: null,
    batch: 1,
    ...GROUP,
    ...change,
  };
}

function batch(status: SalesBatch['status'], receipts: readonly StoreReceipt[]): SalesBatch {
  return {
    id: 'S-1|2026-11-20|GBP|1',
    group: 'S-1|2026-11-20|GBP',
    sequence: 1,
    status,
    payload: { ...GROUP, sequence: 1, registers: [figures('till-1', receipts.length)], lines: [], charges: [] },
    receipts: receipts.map(({ id, register }) => ({ id, register })),
    isMarked: true,
    attempt: 1,
    document: status === 'DONE' ? 'SI1001' : null,
    reason: null,
    closedAtMs: 0,
    changedAtMs: 0,
  };
}

const DAY: SalesDayDocument = {
  id: 'S-1|2026-11-20|GBP',
  ...GROUP,
  endsAtMs: 0,
  status: 'OPEN',
  changes: 7,
  takenSince: 0,
  isEnded: false,
  closesNow: false,
  compared: null,
  changedAtMs: 0,
};
const compared = (change: Partial<Comparison> = {}): SalesDayDocument => ({
  ...DAY,
  compared: {
    atMs: 0,
    change: 7,
    told: null,
    posted: [figures('till-1', 1)],
    differing: [],
    isUnsettled: false,
    ...change,
  },
});

const stateOf = (day: SalesDayDocument, status: SalesBatch['status'], receipts = [receipt(1)]) =>
  describeDay({ system: 'erp', day, batches: [batch(status, receipts)], receipts }).registers[0]?.state;

describe('where a register stands', () => {
  test.each([
    ['QUEUED while its batch waits', DAY, 'QUEUED', 'QUEUED'],
    ['FAILED when its batch was given up', DAY, 'DEAD', 'FAILED'],
    ['POSTED before the sides are compared', DAY, 'DONE', 'POSTED'],
    ['POSTED when something has happened since', compared({ change: 6 }), 'DONE', 'POSTED'],
    ['POSTED while the POS tells otherwise and may still change it', compared({ isUnsettled: true }), 'DONE', 'POSTED'],
    ['PROVEN when the sides say the same', compared(), 'DONE', 'PROVEN'],
    ['DIFFERS when they do not', compared({ differing: [{ register: 'till-1', summary: '' }] }), 'DONE', 'DIFFERS'],
    [
      'PROVEN although another register differs',
      compared({ differing: [{ register: '2', summary: '' }] }),
      'DONE',
      'PROVEN',
    ],
  ] as const)('%s', (_when, day, status, state) => {
    expect(stateOf(day, status)).toBe(state);
  });

  test('OPEN as long as a receipt of it belongs to no batch, or one that names no register', () => {
    for (const register of ['till-1', '-']) {
      const open = receipt(2, { status: 'TAKEN', register, batch: null });
      const described = describeDay({
        system: 'erp',
        day: compared(),
        batches: [batch('DONE', [receipt(1)])],
        receipts: [receipt(1), open],
      });
      expect(described.registers.find((row) => row.register === 'till-1')?.state).toBe('OPEN');
    }
  });

  test('counts what waits apart, since nobody knows yet what it adds up to', () => {
    const waiting = receipt(2, { status: 'WAITING', waitsFor: 'the unit CS of MUG', batch: null });
    const described = describeDay({
      system: 'erp',
      day: compared(),
      batches: [batch('DONE', [receipt(1)])],
      receipts: [receipt(1), waiting],
    });
    expect(described).toMatchObject({ waiting: 1, registers: [{ taken: { sales: 1, totalMinor: 100 } }] });
  });
});
