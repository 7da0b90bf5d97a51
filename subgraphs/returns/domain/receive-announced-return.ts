import { addTasks } from './add-tasks.ts';
import { registrationOf, withLines } from './change-lines.ts';
import { moneyTasksOf } from './money-tasks.ts';
import { factKey, type Change, type ReturnState } from './return-state.ts';
import { takeIn, type Arrival } from './take-in.ts';

export interface AnnouncedReceipt extends Arrival {
  readonly system: string;
  readonly eventId: string;
  readonly nowMs: number;
}

/** A warehouse took goods in, and the ledger hears of it by itself. A fact that is included already changes nothing. */
export function receiveAnnouncedReturn(state: ReturnState, receipt: AnnouncedReceipt): Change {
  const fact = factKey(receipt);
  if (state.facts.includes(fact)) return { state, steps: [] };
  const { lines, received } = takeIn(state.lines, receipt);
  const told = { system: receipt.system, eventId: receipt.eventId };
  const next = withLines({ ...state, location: receipt.location, facts: [...state.facts, fact] }, lines);
  const tasks = [...registrationOf(received, receipt.occurredAtMs), ...moneyTasksOf(next, received)];
  return {
    state: addTasks(next, tasks, receipt.nowMs),
    steps: [{ step: 'RECEIVED', lines: received, occurredAtMs: receipt.occurredAtMs, told }],
  };
}
