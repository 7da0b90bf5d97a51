import { describe, expect, test } from '@jest/globals';
import { LedgerBench } from '../testing/ledger-bench.ts';

const shop = (stock: string): LedgerBench => {
  const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']);
  bench.receive('L0', stock);
  return bench;
};

const accepted = (quantity: string, bench: LedgerBench, owner = 'o1') =>
  bench.reserve([['A', quantity]], { kind: 'ORDER', owner, isAccepted: true });

const cover = (bench: LedgerBench) => bench.do({ type: 'cover-backorders', skus: ['A'] });

describe('demand that was accepted elsewhere', () => {
  test('is claimed as far as there is stock, and owed beyond it, although nothing is sold beyond stock here', () => {
    const bench = shop('3');
    expect(accepted('5', bench)).toMatchObject({ answer: { reservations: [{ quantity: '5', backordered: '2' }] } });
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 3, extra: -2, available: 0 });
    expect(bench.reserve([['A', '1']]).code).toBe('INSUFFICIENT_STOCK');
  });

  test('is no more than a claim like any other where there is stock', () => {
    const bench = shop('3');
    const made = accepted('2', bench);
    expect(made).not.toMatchObject({ answer: { reservations: [{ backordered: expect.any(String) }] } });
    expect(bench.terms('WEB').available).toBe(1);
  });

  test('is covered by what comes in before anybody else may buy it', () => {
    const bench = shop('0');
    accepted('2', bench);
    bench.receive('L0', '3');
    expect(bench.terms('WEB').available).toBe(1);
    expect(cover(bench).events).toMatchObject([{ type: 'backorder-covered', steps: 2 }]);
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 2, available: 1 });
  });

  test('several lines of a SKU share what there is, the first before the next', () => {
    const bench = shop('3');
    const made = bench.reserve([['A', '2'], ['A', '2']], { kind: 'ORDER', owner: 'o1', isAccepted: true }); // prettier-ignore
    expect(made).toMatchObject({ answer: { reservations: [{ quantity: '2' }, { quantity: '2', backordered: '1' }] } });
  });

  test('is refused like any other at one location, where nobody has accepted it', () => {
    const bench = shop('1');
    const made = bench.reserve([['A', '2']], { kind: 'PICKUP', location: 'L0', isAccepted: true });
    expect(made.code).toBe('INSUFFICIENT_STOCK');
  });

  test('kits are never owed: they are put together from what is there', () => {
    const bench = shop('1');
    bench.kit('K', { A: '2' });
    const asked = { kind: 'ORDER', owner: 'o1', isAccepted: true } as const;
    expect(bench.reserve([['K', '1']], asked).code).toBe('INSUFFICIENT_STOCK');
    expect(bench.reserve([['A', '2']], asked).code).toBeUndefined();
  });
});
