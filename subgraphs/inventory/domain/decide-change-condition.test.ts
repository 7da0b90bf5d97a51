import { describe, expect, test } from '@jest/globals';
import { LedgerBench } from '../testing/ledger-bench.ts';

const shop = (quantity = '10'): LedgerBench => {
  const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']);
  bench.receive('L0', quantity);
  return bench;
};
const change = (
  bench: LedgerBench,
  { commandId = 'c1', from = 'SELLABLE', lines = [{ lineId: '1', sku: 'A', quantity: '3' }] } = {},
) => {
  const isHold = from === 'SELLABLE';
  const route = isHold
    ? ({ from: 'SELLABLE', to: 'QC_HOLD' } as const)
    : ({ from: 'QC_HOLD', to: 'SELLABLE' } as const);
  return bench.do({
    type: 'change-condition',
    request: { commandId, return: 'r1', location: 'L0', ...route, lines },
  });
};
const buckets = (bench: LedgerBench): readonly number[] =>
  (['SELLABLE', 'QC_HOLD'] as const).map((bucket) => bench.figure('L0', bucket));

describe('goods that are held because the books do not follow', () => {
  test('are for sale no more, and once more when they are released', () => {
    const bench = shop();
    expect(change(bench).events).toMatchObject([
      { type: 'stock-moved', kind: 'CONDITION', document: 'r1' },
      { type: 'fact-recorded' },
    ]);
    expect(buckets(bench)).toEqual([7, 3]);
    expect(bench.terms('WEB').available).toBe(7);
    change(bench, { commandId: 'c2', from: 'QC_HOLD' });
    expect(buckets(bench)).toEqual([10, 0]);
  });

  test('are moved once, however often it is asked for', () => {
    const bench = shop();
    change(bench);
    expect(change(bench)).toMatchObject({ code: undefined, events: [] });
    expect(buckets(bench)).toEqual([7, 3]);
  });

  test('are short where they were sold meanwhile, and nothing is clipped', () => {
    const bench = shop('3');
    bench.sell('L0', '2');
    expect(change(bench).events).toContainEqual(expect.objectContaining({ type: 'shortage-recorded', short: 2 }));
    expect(buckets(bench)).toEqual([-2, 3]);
  });

  test('are the components of a kit', () => {
    const bench = shop();
    bench.kit('KIT', { A: '2' });
    change(bench, { lines: [{ lineId: '1', sku: 'KIT', quantity: '2' }] });
    expect(buckets(bench)).toEqual([6, 4]);
  });

  test('are all moved or none', () => {
    const bench = shop();
    const lines = [
      { lineId: '1', sku: 'A', quantity: '3' },
      { lineId: '2', sku: 'X', quantity: '1' },
    ];
    expect(change(bench, { lines })).toMatchObject({ code: 'UNKNOWN_SKU', events: [] });
    expect(buckets(bench)).toEqual([10, 0]);
  });
});
