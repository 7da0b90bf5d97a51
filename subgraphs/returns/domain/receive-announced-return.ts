import { invariant, isRefusal } from '../../../kernel/model/errors.ts';
import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import { addTasks } from './add-tasks.ts';
import { registrationOf, withLines } from './change-lines.ts';
import { moveLine } from './line-transitions.ts';
import { factKey, type Change, type ReturnLine, type ReturnState } from './return-state.ts';

export interface AnnouncedReceipt {
  readonly system: string;
  readonly eventId: string;
  readonly location: string;
  readonly occurredAtMs: number;
  readonly nowMs: number;
  readonly lines: readonly ArrivedUnits[];
  /** Ids for lines that are split off. */
  nextId(): string;
}

export interface ArrivedUnits {
  /** Absent: the first lines of the SKU that are expected. */
  readonly returnLine?: string;
  readonly sku: string;
  readonly steps: Steps;
  readonly decimals: StepDecimals;
}

/**
 * A warehouse took goods in. What was expected becomes received, in parts if fewer came; what nobody expected, or what
 * was refused before, is there all the same and becomes a blind line. A fact that is included already changes nothing.
 */
export function receiveAnnouncedReturn(state: ReturnState, receipt: AnnouncedReceipt): Change {
  const fact = factKey(receipt);
  if (state.facts.includes(fact)) return { state, steps: [] };
  let lines = state.lines;
  const received: ReturnLine[] = [];
  for (const arrived of receipt.lines) {
    const taken = takeIn(lines, arrived, receipt);
    lines = taken.lines;
    received.push(...taken.received);
  }
  const told = { system: receipt.system, eventId: receipt.eventId };
  const next = withLines({ ...state, location: receipt.location, facts: [...state.facts, fact] }, lines);
  return {
    state: addTasks(next, registrationOf(received, receipt.occurredAtMs), receipt.nowMs),
    steps: [{ step: 'RECEIVED', lines: received, occurredAtMs: receipt.occurredAtMs, told }],
  };
}

interface TakenIn {
  readonly lines: readonly ReturnLine[];
  readonly received: readonly ReturnLine[];
}

function takeIn(lines: readonly ReturnLine[], arrived: ArrivedUnits, receipt: AnnouncedReceipt): TakenIn {
  let left = arrived.steps;
  const received: ReturnLine[] = [];
  const next = lines.flatMap((line) => {
    if (left === 0 || !isExpected(line, arrived)) return [line];
    const steps = Math.min(left, line.steps);
    left -= steps;
    const here = receiveLine({ ...line, steps });
    received.push(here);
    return steps === line.steps ? [here] : [here, { ...line, id: receipt.nextId(), steps: line.steps - steps }];
  });
  if (left === 0) return { lines: next, received };
  const surplus = blindLine({ ...arrived, steps: left }, receipt.nextId());
  return { lines: [...next, surplus], received: [...received, surplus] };
}

function isExpected(line: ReturnLine, { returnLine, sku, decimals }: ArrivedUnits): boolean {
  const isOpen = line.status === 'REQUESTED' || line.status === 'AUTHORIZED';
  return isOpen && line.sku === sku && line.decimals === decimals && (returnLine ?? line.id) === line.id;
}

/** A fact may jump forward: goods that came before they were authorized are authorized by having come. */
function receiveLine(line: ReturnLine): ReturnLine {
  const authorized = line.status === 'REQUESTED' ? moveLine(line, 'AUTHORIZED') : line;
  invariant(!isRefusal(authorized), 'An open line can be authorized.');
  const received = moveLine(authorized, 'RECEIVED');
  invariant(!isRefusal(received), 'An authorized line can be received.');
  return received;
}

function blindLine({ sku, steps, decimals }: ArrivedUnits, id: string): ReturnLine {
  return {
    id,
    sku,
    orderLine: null,
    steps,
    decimals,
    unitPriceMinor: 0,
    reason: 'OTHER',
    status: 'RECEIVED',
    condition: null,
    disposition: null,
    isRegistered: false,
  };
}
