import { expect, test } from '@jest/globals';
import { LedgerBench } from '../testing/ledger-bench.ts';

/** Nothing is there, and nine may be owed. */
function owing(): LedgerBench {
  const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']);
  const sellPolicy = { mode: 'BACKORDER', limit: '9' } as const;
  const rule = { kind: 'SELL_POLICY', sku: 'A', sellPolicy, isRemoved: false } as const;
  bench.do({ type: 'change-availability-rules', request: { changedBy: 'op', effectiveAtMs: null, rules: [rule] } });
  return bench;
}

function claim(bench: LedgerBench, owner: string): string {
  bench.clock.advance(1);
  const made = bench.reserve([['A', '2']], { kind: 'ORDER', owner });
  return made.code === undefined ? (made.answer.reservations[0]?.id ?? '') : '';
}

const prioritise = (bench: LedgerBench, priority: number, ...reservations: string[]) =>
  bench.do({ type: 'prioritise-reservations', request: { commandId: 'p', priority, reservations } });

const coveredBy = (bench: LedgerBench) =>
  bench
    .do({ type: 'cover-backorders', skus: ['A'] })
    .events?.map((event) => (event.type === 'backorder-covered' ? event.reservation : event.type));

test('moves a later claim ahead of an earlier one, also after a restart, and leaves availability as it is', () => {
  const bench = owing();
  const [early, late] = [claim(bench, 'o1'), claim(bench, 'o2')];
  const before = bench.terms('WEB');
  expect(prioritise(bench, 9, late).events).toMatchObject([
    { type: 'reservations-prioritised', priority: 9, reservations: [late] },
  ]);
  expect(bench.terms('WEB')).toEqual(before);
  expect(prioritise(bench, 9, late, late).events).toEqual([]);
  for (const from of ['LOG', 'SNAPSHOT'] as const) bench.restart(from);
  bench.receive('L0', '3');
  expect(coveredBy(bench)).toEqual([late, early]);
});

test('leaves claims alone that have ended or are not known, and refuses what is no priority', () => {
  const bench = owing();
  const id = claim(bench, 'o1');
  bench.do({ type: 'cancel-reservations', request: { commandId: 'c', reservations: [id] } });
  expect(prioritise(bench, 9, id, 'nobody')).toMatchObject({ events: [], answer: {} });
  expect(prioritise(bench, 10, id).code).toBe('BAD_USER_INPUT');
});
