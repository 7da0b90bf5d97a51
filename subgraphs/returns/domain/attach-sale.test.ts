import { describe, expect, test } from '@jest/globals';
import { brief, NOW_MS, recordedReturn, saleOf } from '../testing/return-samples.ts';
import { allocateToSale, attachSale, stayBlind } from './attach-sale.ts';
import { addTasks } from './add-tasks.ts';
import type { Sale } from './sale.ts';

function allocate(sale: Sale, claimed: [string, number][] = [], state = recordedReturn()) {
  let next = 0;
  return allocateToSale(state.lines, { sale, claimed: new Map(claimed), nextId: () => `n${++next}` });
}

describe('allocateToSale', () => {
  test('takes the order line with the same price first', () => {
    const { lines } = allocate(saleOf([{ unitPriceMinor: 100 }, { unitPriceMinor: 250 }]));
    expect(brief(lines)).toEqual(['3 of ol2 RECEIVED']);
  });

  test('spreads over several lines and leaves the rest blind', () => {
    const { lines, splitFrom } = allocate(saleOf([{ returnable: '1' }, { returnable: '1' }]));
    expect(brief(lines)).toEqual(['1 of ol1 RECEIVED', '1 of ol2 RECEIVED', '1 of nothing RECEIVED']);
    expect([...splitFrom]).toEqual([
      ['n1', 'l1'],
      ['n2', 'l1'],
    ]);
  });

  test('leaves what other returns claim', () => {
    expect(brief(allocate(saleOf([{ returnable: '3' }]), [['ol1', 2]]).lines)).toEqual([
      '1 of ol1 RECEIVED',
      '2 of nothing RECEIVED',
    ]);
  });

  test('does not touch lines of other SKUs', () => {
    expect(brief(allocate(saleOf([{ sku: 'B1' }])).lines)).toEqual(['3 of nothing RECEIVED']);
  });
});

describe('attachSale', () => {
  test('registers the units and the money that was given back, and tells the step as its source told it', () => {
    const state = recordedReturn([{ tender: 'CASH', amountMinor: 750 }]);
    const sale = saleOf([{}]);
    const change = attachSale(state, { sale, allocation: allocate(sale), nowMs: NOW_MS });
    expect(change.state).toMatchObject({ order: 'o1', customer: 'c1' });
    expect(change.state.tasks.map((task) => task.kind)).toEqual([
      'FIND_SALE',
      'REGISTER_RETURN',
      'SYNC_CLAIMS',
      'REGISTER_REFUND',
    ]);
    expect(change.steps).toMatchObject([{ step: 'RECEIVED', told: { system: 'pos', eventId: 'e1' } }]);
  });

  test('lets a refund that waits include the lines that were split off', () => {
    const state = addTasks(recordedReturn(), [{ kind: 'GRANT_REFUND', lines: ['l1'] }], NOW_MS);
    const sale = saleOf([{ returnable: '1' }, { returnable: '2' }]);
    const change = attachSale(state, { sale, allocation: allocate(sale), nowMs: NOW_MS });
    expect(change.state.tasks.find((task) => task.kind === 'GRANT_REFUND')).toMatchObject({ lines: ['l1', 'n1'] });
  });
});

test('a blind return keeps the money that was given back as it was told', () => {
  const { state } = stayBlind(recordedReturn([{ tender: 'CASH', amountMinor: 750 }]));
  expect(state.refunds).toMatchObject([{ status: 'SUCCEEDED', amount: { amountMinor: 750 } }]);
});
