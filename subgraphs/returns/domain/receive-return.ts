import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { addTasks } from './add-tasks.ts';
import { quantityOf, registrationOf, withLines } from './change-lines.ts';
import { moneyTasksOf } from './money-tasks.ts';
import type { Change, ReturnLine, ReturnState } from './return-state.ts';
import { takeIn, type ArrivedUnits } from './take-in.ts';

export interface Receipt {
  readonly location: string;
  /** What came; absent: everything that is authorized. */
  readonly arrived?: readonly ArrivedUnits[];
  /** A repeat under it changes nothing. Needed where `arrived` is said. */
  readonly key?: string;
  readonly nowMs: number;
  readonly nextId: () => string;
}

/**
 * A person says what has arrived at a location, expected or not. The ledger is told by this context, because no other
 * system will. A repeat changes nothing.
 */
export function receiveReturn(state: ReturnState, receipt: Receipt): Change | RefusalValue {
  const { location, nowMs, nextId, key } = receipt;
  const fact = key === undefined ? undefined : `receipt|${key}`;
  if (isRepeat(state, receipt, fact)) return { state, steps: [] };
  const lines = receipt.arrived ?? expectedOf(state);
  if (lines.length === 0) {
    return refuse('ILLEGAL_TRANSITION', `The return is ${state.status} and nothing of it is expected.`, {
      from: state.status,
      to: 'RECEIVED',
    });
  }
  if (state.status === 'REJECTED' || state.status === 'CANCELLED') {
    return refuse('ILLEGAL_TRANSITION', `The return is ${state.status}.`, { from: state.status, to: 'RECEIVED' });
  }
  const taken = takeIn(state.lines, { location, occurredAtMs: nowMs, lines, nextId });
  const facts = fact === undefined ? state.facts : [...state.facts, fact];
  const next = withLines({ ...state, location, facts }, taken.lines);
  const { received } = taken;
  const tasks = [receiptOf(received, receipt), ...registrationOf(received, nowMs), ...moneyTasksOf(next, received)];
  return {
    state: addTasks(next, tasks, nowMs),
    steps: [{ step: 'RECEIVED', lines: received, occurredAtMs: nowMs }],
  };
}

function isRepeat(state: ReturnState, { location, arrived }: Receipt, fact: string | undefined): boolean {
  if (fact !== undefined && state.facts.includes(fact)) return true;
  return !arrived && state.status === 'RECEIVED' && state.location === location;
}

function expectedOf({ lines }: ReturnState): readonly ArrivedUnits[] {
  const expected = lines.filter((line) => line.status === 'AUTHORIZED');
  return expected.map(({ id, sku, steps, decimals }) => ({ returnLine: id, sku, steps, decimals }));
}

function receiptOf(received: readonly ReturnLine[], { location, nowMs }: Receipt) {
  const lines = received.map((line) => ({ documentLine: line.id, sku: line.sku, quantity: quantityOf(line) }));
  return { kind: 'RECORD_RECEIPT', location, occurredAtMs: nowMs, lines } as const;
}
