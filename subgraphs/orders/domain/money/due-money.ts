import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { LineState } from '../../../../schema/events/fields.ts';
import type { CaptureMoment } from './capture-rules.ts';
import { DEAD_STATES, LEFT_STATES, LINE_STATES, OPEN_STATES } from '../line-state.ts';
import type { Order } from '../order.ts';
import { lineCostOf, orderTotalOf } from './order-money.ts';
import { billedOf } from './totals.ts';
import { countUnits } from '../units.ts';

/** Units whose money is due from a moment on. */
const DUE_STATES: Readonly<Record<CaptureMoment, readonly LineState[]>> = {
  PLACEMENT: LINE_STATES.filter((state) => state !== 'CAPTURED' && !DEAD_STATES.includes(state)),
  RELEASE: ['RELEASED', 'PICKED', 'PACKED', 'READY_FOR_PICKUP', ...LEFT_STATES],
  SHIPMENT: LEFT_STATES,
  DELIVERY: ['DELIVERED', 'RETURNED', 'CLOSED'],
};

const ALIVE_STATES = LINE_STATES.filter((state) => !DEAD_STATES.includes(state));

const costOf = (order: Order, states: readonly LineState[]): number =>
  costOfCounts(
    order,
    order.lines.map((line) => countUnits(line.units, { states })),
  );

/** What the units that have come to this moment cost, in minor units. */
export const dueAt = (order: Order, moment: CaptureMoment): number => costOf(order, DUE_STATES[moment]);

/** What the units that were not called off cost: more than that may not be kept. */
export const keepableOf = (order: Order): number => costOf(order, ALIVE_STATES);

/** Whether the hub has a claim for the order: until then nobody is asked for money. */
export function isAccepted({ lines }: Order): boolean {
  return lines.some((line) => countUnits(line.units, { states: DUE_STATES.PLACEMENT }) > 0);
}

export function isOpen({ lines }: Order): boolean {
  return lines.some((line) => countUnits(line.units, { states: OPEN_STATES }) > 0);
}

/**
 * The part of the grand total that these units are of all units, rounded down until the last unit, so that the parts of
 * an order that goes whole sum to its total.
 */
export function costOfCounts(order: Order, counts: readonly Steps[]): number {
  const totalMinor = orderTotalOf(order);
  const goodsMinor = order.lines.reduce((sum, line) => sum + lineCostOf(order, line, billedOf(line)), 0);
  if (goodsMinor > 0) {
    const partMinor = order.lines.reduce((sum, line, index) => sum + lineCostOf(order, line, counts[index] ?? 0), 0);
    return Number((BigInt(totalMinor) * BigInt(partMinor)) / BigInt(goodsMinor));
  }
  // Goods that cost nothing: the charges are due with the first of them.
  return counts.some((count) => count > 0) ? totalMinor : 0;
}
