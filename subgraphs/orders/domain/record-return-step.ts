import type { Order, Visibility } from './order.ts';
import { findLine } from './order.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { note } from './timeline.ts';

type StepName =
  | 'REQUESTED'
  | 'AUTHORIZED'
  | 'REJECTED'
  | 'RECEIVED'
  | 'INSPECTED'
  | 'DISPOSITIONED'
  | 'REFUNDED'
  | 'POSTED'
  | 'POSTING_FAILED'
  | 'GOODS_HELD'
  | 'GOODS_RELEASED';

export interface ReturnStep {
  readonly step: StepName;
  /** In one sentence. */
  readonly summary: string;
  readonly orderLines: readonly string[];
}

const VISIBILITY: Readonly<Record<StepName, Visibility>> = {
  REQUESTED: 'CUSTOMER',
  AUTHORIZED: 'CUSTOMER',
  REJECTED: 'CUSTOMER',
  RECEIVED: 'CUSTOMER',
  INSPECTED: 'AGENT',
  DISPOSITIONED: 'AGENT',
  REFUNDED: 'CUSTOMER',
  POSTED: 'AGENT',
  POSTING_FAILED: 'AGENT',
  GOODS_HELD: 'AGENT',
  GOODS_RELEASED: 'AGENT',
};

/** A return of the order went one step further; units and money follow by commands of their own. */
export function recordReturnStep(order: Order, command: CommandOf<'RecordReturnStep'>): Transition {
  const lines = command.orderLines.map((line) => findLine(order, line)).filter((line) => line !== undefined);
  const state = note(order, {
    type: `RETURN_${command.step}`,
    summary: command.summary,
    told: command.told,
    visibility: VISIBILITY[command.step],
    lineNos: lines.map((line) => line.lineNo),
  });
  return { state, events: [] };
}
