import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { LineState } from '../../../../schema/events/fields.ts';
import type { Order } from '../order.ts';
import type { OrderLine } from '../order-line.ts';
import type { StoreStep } from './store-step.ts';
import { countUnits } from '../units.ts';

/** What a location has to do next with units of a line. */
export interface WorkTask {
  readonly line: OrderLine;
  readonly step: StoreStep;
  readonly quantity: Steps;
}

/** What a location does with its own hands, in the order of the work: for goods that are sent, and for those collected. */
const NEXT_STEPS: readonly (readonly [state: LineState, sent: StoreStep | null, collected: StoreStep | null])[] = [
  ['RELEASED', 'PICK', 'PICK'],
  ['PICKED', 'PACK', 'READY'],
  ['PACKED', 'SHIP', 'READY'],
  ['READY_FOR_PICKUP', null, 'HAND_OVER'],
];

/** Goods of an order that a location has to send to where they are collected, or that are on their way to it. */
export function openTransfersAt({ transfers = [] }: Pick<Order, 'transfers'>, location: string) {
  return transfers.filter(({ from, to, lines }) => {
    return (
      (from === location && lines.some(({ coming, onTheWay }) => coming > onTheWay)) ||
      (to === location && lines.some(({ onTheWay }) => onTheWay > 0))
    );
  });
}

/** Whether a location has anything to do for an order. */
export const hasWorkAt = (order: Order, location: string): boolean =>
  openWorkAt(order, location).length > 0 || openTransfersAt(order, location).length > 0;

/** Everything of an order that waits for a location to do something, line by line. */
export function openWorkAt({ lines }: Pick<Order, 'lines'>, location: string): readonly WorkTask[] {
  return lines.flatMap((line) =>
    NEXT_STEPS.flatMap(([state, sent, collected]) => {
      const step = line.pickupAt === undefined ? sent : collected;
      const quantity = countUnits(line.units, { states: [state], location });
      return step === null || quantity === 0 ? [] : [{ line, step, quantity }];
    }),
  );
}
