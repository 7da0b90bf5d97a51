import { describe, expect, test } from '@jest/globals';
import type { ReturnRecorded, StoreSaleRecorded } from '../../schema/events/inbox.ts';
import { receiptOfReturn, receiptOfSale, registerName, totalOfReceipt } from './store-receipt.ts';

const TOLD = { id: 'pos|1', occurredAtMs: 1_000, takenAtMs: 2_000 };
const LINE = { lineId: '1', sku: 'MUG', quantity: '2', unitPriceMinor: 600 };
const SALE: StoreSaleRecorded = {
  channel: 'STORE:S-1',
  externalId: 'R-1',
  location: 'S-1',
  currency: 'GBP',
  lines: [LINE],
  charges: [{ kind: 'DISCOUNT', description: '', amountMinor: -50 }],
  tenders: [{ tender: 'CARD', amountMinor: 1_150 }],
};
const RETURN: ReturnRecorded = {
  channel: 'STORE:S-1',
  externalId: 'R-2',
  location: 'S-1',
  currency: 'GBP',
  lines: [{ ...LINE, reason: 'UNWANTED' }],
  charges: [{ kind: 'OTHER', description: '', amountMinor: 10 }],
  refunds: [{ tender: 'CARD', amountMinor: 1_210 }],
};

describe('a receipt of a store', () => {
  test('adds up to its lines and charges', () => {
    expect(totalOfReceipt(receiptOfSale(SALE, TOLD))).toBe(1_150);
  });

  test('adds up to what was taken off its lines, and to taxes that were added', () => {
    const discounts = [{ description: '', amountMinor: 30 }];
    const taxes = [{ jurisdiction: 'NY', ratePercent: '8.875', amountMinor: 104 }];
    const sale = { ...SALE, lines: [{ ...LINE, discounts, taxes }] };
    expect(totalOfReceipt(receiptOfSale(sale, TOLD))).toBe(1_120);
    expect(totalOfReceipt(receiptOfSale({ ...sale, pricesIncludeTax: false }, TOLD))).toBe(1_224);
  });

  test('of a return is less than nothing', () => {
    const receipt = receiptOfReturn(RETURN, TOLD);
    expect(receipt && totalOfReceipt(receipt)).toBe(-1_210);
  });

  test('brings goods at no price where the refund is still to be decided', () => {
    const receipt = receiptOfReturn({ ...RETURN, refunds: [] }, TOLD);
    expect(receipt?.lines).toEqual([{ sku: 'MUG', quantity: '2', unitPriceMinor: 0 }]);
    expect(receipt && totalOfReceipt(receipt)).toBe(0);
  });

  test('is none for goods that came back elsewhere', () => {
    expect(receiptOfReturn({ ...RETURN, channel: 'WEB' }, TOLD)).toBeUndefined();
    expect(receiptOfReturn({ ...RETURN, location: 'DC' }, TOLD)).toBeUndefined();
  });

  test('names its register, or none, in a form that short fields hold', () => {
    expect(receiptOfSale({ ...SALE, register: 'till-1' }, TOLD).register).toBe('till-1');
    expect(receiptOfSale(SALE, TOLD).register).toBe('-');
    expect(registerName('x'.repeat(200))).toHaveLength(48);
  });
});
