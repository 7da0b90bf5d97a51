import { describe, expect, test } from '@jest/globals';
import type { ItemRecorded } from '../../../schema/events/inbox.ts';
import { itemOf, priceOf } from '../testing/items.ts';
import { HEARD_AGAIN_MS, recordItem } from './record-item.ts';
import type { ItemReport, SkuRecord } from './sku-record.ts';

const report = (differing: Partial<ItemReport> = {}): ItemReport => ({
  item: itemOf('A1'),
  system: 'feed',
  isFromErp: false,
  statedAtMs: 1_000,
  heardAtMs: 1_000,
  ...differing,
});

function known(from: ItemReport = report()): SkuRecord {
  const outcome = recordItem(undefined, from);
  if (outcome.status !== 'RECORDED') throw new Error('a first report is recorded');
  return outcome.record;
}

describe('recordItem', () => {
  test('registers an item that is heard for the first time, with all its prices', () => {
    expect(recordItem(undefined, report())).toEqual({
      status: 'RECORDED',
      record: { id: 'A1', product: 'P-A1', item: itemOf('A1'), owner: 'feed', statedAtMs: 1_000, heardAtMs: 1_000 },
      isRegistration: true,
      changedPrices: [priceOf(250)],
    });
  });

  test('leaves what says nothing new', () => {
    expect(recordItem(known(), report({ statedAtMs: 2_000, heardAtMs: 2_000 })).status).toBe('UNCHANGED');
  });

  test('notes now and then that an unchanged item was heard, without telling others', () => {
    const heardAtMs = 1_000 + HEARD_AGAIN_MS;
    const outcome = recordItem(known(), report({ statedAtMs: heardAtMs, heardAtMs }));
    expect(outcome).toMatchObject({
      status: 'RECORDED',
      isRegistration: false,
      changedPrices: [],
      record: { heardAtMs },
    });
  });

  test.each<[string, Partial<ItemRecorded>]>([
    ['baseUnit', { baseUnit: 'KGM' }],
    ['step', { step: '0.001' }],
    ['tracking', { tracking: 'LOT' }],
    ['categories', { categories: ['HOME'] }],
    ['components', { components: [{ sku: 'B', quantity: '2' }] }],
    ['conversions', { conversions: [{ unit: 'CS', numerator: 12, denominator: 1 }] }],
  ])('registers again when %s differs', (_name, differing) => {
    const outcome = recordItem(known(), report({ statedAtMs: 2_000, item: itemOf('A1', differing) }));
    expect(outcome).toMatchObject({ status: 'RECORDED', isRegistration: true, changedPrices: [] });
  });

  test('does not register again for a title, and tells a price by itself', () => {
    const item = itemOf('A1', { title: 'Lamp', prices: [priceOf(250), priceOf(300, 'EUR')] });
    const outcome = recordItem(known(), report({ statedAtMs: 2_000, item }));
    expect(outcome).toMatchObject({ status: 'RECORDED', isRegistration: false, changedPrices: [priceOf(300, 'EUR')] });
  });

  test('passes over a statement that was made before the one it knows', () => {
    const item = itemOf('A1', { title: 'older' });
    expect(recordItem(known(), report({ statedAtMs: 999, item })).status).toBe('SUPERSEDED');
  });

  test('refuses to let another feed write what the first one owns', () => {
    const outcome = recordItem(known(), report({ system: 'other', statedAtMs: 9_000 }));
    expect(outcome).toEqual({ status: 'NOT_OWNER', owner: 'feed' });
  });

  test('lets the ERP take over what it holds, and nobody take it back', () => {
    const taken = known(report({ system: 'erp', isFromErp: true, statedAtMs: 1 }));
    expect(taken.owner).toBe('erp');
    const fromErp = report({ system: 'erp', isFromErp: true, statedAtMs: 1 });
    expect(recordItem(known(), fromErp)).toMatchObject({ status: 'RECORDED', record: { owner: 'erp' } });
    expect(recordItem(taken, report({ statedAtMs: 9_000 })).status).toBe('NOT_OWNER');
  });
});
