import { expect, test } from '@jest/globals';
import { authorizedReturn, NOW_MS } from '../testing/return-samples.ts';
import { inPresentForm } from './present-form.ts';
import type { ReturnState } from './return-state.ts';

/** As it was saved before lines told what became of them. */
function former(): ReturnState {
  const state = authorizedReturn();
  const lines = state.lines.map((line) => ({ ...line, status: 'CLOSED' as const, disposition: 'RESTOCK' as const }));
  const moved = { returnLine: 'l1', sku: 'A1', quantity: '3', disposition: 'RESTOCK' } as const;
  const done = { id: 't1', state: 'DONE', attempts: 1, unfitAnswers: 0 } as const;
  const amount = { amountMinor: 750, currencyCode: 'GBP' };
  return {
    ...state,
    lines,
    tasks: [{ ...done, kind: 'DISPOSE', location: 'S1', lines: [moved] }],
    refunds: [{ id: 'f1', amount, status: 'SUCCEEDED', requestedAtMs: NOW_MS, isStated: false }],
  };
}

test('a return of before is revised from where its goods are, and pays nothing twice', () => {
  expect(inPresentForm(former())).toMatchObject({ lines: [{ movedAs: 'RESTOCK' }], granted: { goodsMinor: 750 } });
});

test('a return of today stays the very same, also while the ledger has not moved what was decided', () => {
  const today = inPresentForm(former());
  expect(inPresentForm(today)).toBe(today);
  const [task] = former().tasks;
  const waiting = { ...former(), refunds: [], tasks: task ? [{ ...task, state: 'PENDING' as const }] : [] };
  expect(inPresentForm(waiting)).toBe(waiting);
});
