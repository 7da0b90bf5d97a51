import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { LineState } from '../../../../schema/events/fields.ts';
import type { OrderLine } from '../order-line.ts';

export type StoreStep = 'PICK' | 'PACK' | 'SHIP' | 'DELIVER' | 'READY' | 'HAND_OVER';

export interface StepRule {
  /** The furthest first. */
  readonly from: readonly LineState[];
  readonly to: LineState;
  readonly summary: string;
  /** The movement that the ledger has to be told of; absent when none of the stock moves. */
  readonly movement?: 'PICK' | 'SHIP';
  /** Absent: both what is sent and what is collected takes it. */
  readonly of?: 'SENT' | 'COLLECTED';
  /** After it the goods are no longer in the hands of the store. */
  readonly isLeaving?: true;
}

export const STORE_STEPS: Readonly<Record<StoreStep, StepRule>> = {
  PICK: { from: ['RELEASED'], to: 'PICKED', summary: 'taken from the shelf', movement: 'PICK' },
  PACK: { from: ['PICKED'], to: 'PACKED', summary: 'put in a parcel' },
  SHIP: {
    from: ['PACKED'],
    to: 'SHIPPED',
    summary: 'handed to the carrier',
    movement: 'SHIP',
    of: 'SENT',
    isLeaving: true,
  },
  DELIVER: { from: ['SHIPPED'], to: 'DELIVERED', summary: 'handed to the customer', of: 'SENT' },
  READY: {
    from: ['PACKED', 'PICKED'],
    to: 'READY_FOR_PICKUP',
    summary: 'put ready to be collected',
    of: 'COLLECTED',
  },
  HAND_OVER: {
    from: ['READY_FOR_PICKUP'],
    to: 'DELIVERED',
    summary: 'collected by the customer',
    movement: 'SHIP',
    of: 'COLLECTED',
    isLeaving: true,
  },
};

/** Whether a line takes the step at all, wherever its units are. */
export function takesStep(line: OrderLine, step: StoreStep, location: string): boolean {
  const { of } = STORE_STEPS[step];
  if (of === undefined) return true;
  return of === 'SENT' ? line.pickupAt === undefined : line.pickupAt === location;
}

export function refuseStep({ id, lineNo, pickupAt }: OrderLine, step: StoreStep): RefusalValue {
  const what = pickupAt === undefined ? 'is sent to the customer' : `is collected at ${pickupAt}`;
  return refuse('ILLEGAL_TRANSITION', `Line ${lineNo} ${what}.`, { line: id, step });
}
