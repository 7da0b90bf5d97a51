import { invariant, isRefusal } from '../../../kernel/model/errors.ts';
import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import { moveLine } from './line-transitions.ts';
import type { ReturnLine } from './return-state.ts';
import { splitLine } from './split-line.ts';

export interface ArrivedUnits {
  /** Absent: the first lines of the SKU that are expected. */
  readonly returnLine?: string;
  readonly sku: string;
  readonly steps: Steps;
  readonly decimals: StepDecimals;
}

export interface Arrival {
  readonly location: string;
  readonly occurredAtMs: number;
  readonly lines: readonly ArrivedUnits[];
  /** Ids for lines that are split off. */
  readonly nextId: () => string;
}

export interface TakenIn {
  readonly lines: readonly ReturnLine[];
  /** Those of them that came now. */
  readonly received: readonly ReturnLine[];
}

/**
 * Goods are there. What was expected becomes received, in parts if fewer came; what nobody expected, or what was refused
 * before, is there all the same and becomes a blind line.
 */
export function takeIn(expected: readonly ReturnLine[], arrival: Arrival): TakenIn {
  let lines = expected;
  const received: ReturnLine[] = [];
  for (const arrived of arrival.lines) {
    const taken = takeUnits(lines, arrived, arrival);
    lines = taken.lines;
    received.push(...taken.received);
  }
  return { lines, received };
}

function takeUnits(lines: readonly ReturnLine[], arrived: ArrivedUnits, arrival: Arrival): TakenIn {
  let left = arrived.steps;
  const received: ReturnLine[] = [];
  const next = lines.flatMap((line) => {
    if (left === 0 || !isExpected(line, arrived)) return [line];
    const steps = Math.min(left, line.steps);
    left -= steps;
    const isWhole = steps === line.steps;
    const [came, missing] = isWhole ? [line, undefined] : splitLine(line, { steps, id: arrival.nextId() });
    const here = receiveLine(came, arrival);
    received.push(here);
    return missing ? [here, missing] : [here];
  });
  if (left === 0) return { lines: next, received };
  const surplus = blindLine({ ...arrived, steps: left }, arrival);
  return { lines: [...next, surplus], received: [...received, surplus] };
}

function isExpected(line: ReturnLine, { returnLine, sku, decimals }: ArrivedUnits): boolean {
  const isOpen = line.status === 'REQUESTED' || line.status === 'AUTHORIZED';
  return isOpen && line.sku === sku && line.decimals === decimals && (returnLine ?? line.id) === line.id;
}

/** A fact may jump forward: goods that came before they were authorized are authorized by having come. */
function receiveLine(line: ReturnLine, { location, occurredAtMs }: Arrival): ReturnLine {
  const authorized = line.status === 'REQUESTED' ? moveLine(line, 'AUTHORIZED') : line;
  invariant(!isRefusal(authorized), 'An open line can be authorized.');
  const received = moveLine(authorized, 'RECEIVED');
  invariant(!isRefusal(received), 'An authorized line can be received.');
  return { ...received, location, receivedAtMs: occurredAtMs };
}

function blindLine({ sku, steps, decimals }: ArrivedUnits, { location, occurredAtMs, nextId }: Arrival): ReturnLine {
  return {
    id: nextId(),
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
    location,
    receivedAtMs: occurredAtMs,
  };
}
