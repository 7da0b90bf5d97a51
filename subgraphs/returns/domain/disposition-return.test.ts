import { describe, expect, test } from '@jest/globals';
import type { Disposition } from '../../../schema/events/fields.ts';
import { accepted, authorizedReturn, NOW_MS } from '../testing/return-samples.ts';
import { dispositionReturn } from './disposition-return.ts';
import { inspectReturn } from './inspect-return.ts';
import { receiveReturn } from './receive-return.ts';
import type { ReturnState } from './return-state.ts';
import { settleDisposal } from './settle-task.ts';
import type { Task } from './task.ts';

let next = 0;
const nextId = (): string => `n${++next}`;

function inspected(): ReturnState {
  const arrived = accepted(receiveReturn(authorizedReturn(), { location: 'S1', nowMs: NOW_MS, nextId })).state;
  const lines = [{ line: 'l1', condition: 'A' }] as const;
  return accepted(inspectReturn(arrived, { lines, by: 'ann', nowMs: NOW_MS, nextId })).state;
}

const dispose = (state: ReturnState, disposition: Disposition, steps?: number) =>
  dispositionReturn(state, {
    lines: [{ line: 'l1', disposition, ...(steps !== undefined && { steps }) }],
    nowMs: NOW_MS,
    nextId,
  });

const disposals = ({ tasks }: ReturnState) => tasks.filter((task) => task.kind === 'DISPOSE');

function moved(state: ReturnState): ReturnState {
  return disposals(state).reduce((each: ReturnState, task: Task) => {
    return task.kind === 'DISPOSE' ? settleDisposal(each, task) : each;
  }, state);
}

describe('a disposition', () => {
  test('is revised as often as people change their minds, each time by a movement of its own', () => {
    const once = moved(accepted(dispose(inspected(), 'RESTOCK')).state);
    const twice = moved(accepted(dispose(once, 'DAMAGED')).state);
    const back = accepted(dispose(twice, 'RESTOCK')).state;
    expect(disposals(back)).toMatchObject([
      { lines: [{ disposition: 'RESTOCK', quantity: '3' }] },
      { lines: [{ disposition: 'DAMAGED' }] },
      { lines: [{ disposition: 'RESTOCK' }] },
    ]);
    expect(back.lines).toMatchObject([{ disposition: 'RESTOCK', movedAs: 'DAMAGED' }]);
    expect(accepted(dispose(back, 'RESTOCK')).state).toBe(back);
  });

  test('of some units parts the line, and what the ledger does late with the whole holds for both parts', () => {
    const decided = accepted(dispose(inspected(), 'RESTOCK')).state;
    const parted = accepted(dispose(decided, 'DAMAGED', 1)).state;
    expect(parted.lines).toMatchObject([
      { id: 'l1', steps: 1, disposition: 'DAMAGED' },
      { steps: 2, disposition: 'RESTOCK' },
    ]);
    const [first] = disposals(parted);
    const settled = first?.kind === 'DISPOSE' ? settleDisposal(parted, first) : parted;
    expect(settled.lines.map(({ movedAs }) => movedAs)).toEqual(['RESTOCK', 'RESTOCK']);
    expect(moved(parted).lines.map(({ movedAs }) => movedAs)).toEqual(['DAMAGED', 'RESTOCK']);
    expect(dispose(decided, 'DAMAGED', 4)).toMatchObject({ code: 'INVALID_QUANTITY' });
  });

  test('lets the customer keep what has not come, without a movement, and nothing that is here', () => {
    const { state } = accepted(dispose(authorizedReturn(), 'KEEP_IT'));
    expect(disposals(state)).toEqual([]);
    expect(state.lines).toMatchObject([{ status: 'DISPOSITIONED', movedAs: 'KEEP_IT', isRegistered: false }]);
    expect(dispose(state, 'RESTOCK')).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(dispose(authorizedReturn(), 'RESTOCK')).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(dispose(inspected(), 'KEEP_IT')).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });
});
