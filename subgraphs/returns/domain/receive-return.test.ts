import { describe, expect, test } from '@jest/globals';
import { accepted, authorizedReturn, brief, NOW_MS } from '../testing/return-samples.ts';
import { receiveReturn } from './receive-return.ts';
import type { ReturnState } from './return-state.ts';

let next = 0;

function receive(state: ReturnState, sku: string, steps: number, { key = 'k1', location = 'S2' } = {}) {
  const arrived = [{ sku, steps, decimals: 0 }] as const;
  return receiveReturn(state, { location, arrived, key, nowMs: NOW_MS, nextId: () => `n${++next}` });
}

describe('goods that a store takes in', () => {
  test('may be fewer than announced; the rest may come elsewhere', () => {
    const first = accepted(receive(authorizedReturn(), 'A1', 2)).state;
    expect(brief(first.lines)).toEqual(['2 of ol1 RECEIVED', '1 of ol1 AUTHORIZED']);
    const second = accepted(receive(first, 'A1', 1, { key: 'k2', location: 'S3' })).state;
    expect(second.lines.map(({ location }) => location)).toEqual(['S2', 'S3']);
    const receipts = second.tasks.filter((task) => task.kind === 'RECORD_RECEIPT');
    expect(receipts).toMatchObject([
      { location: 'S2', lines: [{ quantity: '2' }] },
      { location: 'S3', lines: [{ quantity: '1' }] },
    ]);
  });

  test('may be more than announced, or something else, and are blind then', () => {
    expect(brief(accepted(receive(authorizedReturn(), 'A1', 5)).state.lines)).toEqual([
      '3 of ol1 RECEIVED',
      '2 of nothing RECEIVED',
    ]);
    expect(brief(accepted(receive(authorizedReturn(), 'B1', 1)).state.lines)).toEqual([
      '3 of ol1 AUTHORIZED',
      '1 of nothing RECEIVED',
    ]);
  });

  test('are taken in once under one key', () => {
    const { state } = accepted(receive(authorizedReturn(), 'A1', 1));
    expect(accepted(receive(state, 'A1', 1)).state).toBe(state);
    expect(brief(accepted(receive(state, 'A1', 1, { key: 'k2' })).state.lines)).toHaveLength(3);
  });
});
