import type { Order } from './order.ts';
import type { OrderLine } from './order-line.ts';
import type { OrderEvent } from './order-command.ts';
import { notedExceptionsBetween } from './noted-exceptions.ts';
import { pickupEventsBetween } from './pickup/pickup-deadline.ts';
import { notBegunAt } from './work/reject-work.ts';
import { standingExceptionsBetween } from './standing-exceptions.ts';
import { alarmExceptionsBetween } from './times/alarm-exceptions.ts';
import { countUnits } from './units.ts';

/** Lines that too many locations have failed, and that still wait for one. */
const givenUpOf = ({ lines }: Order): readonly OrderLine[] =>
  lines.filter((line) => line.sourcing === 'GIVEN_UP' && countUnits(line.units, { states: ['RESERVED'] }) > 0);

/** Tells people of what keeps an order from going on, once, and that the cause is gone, whatever has removed it. */
export function exceptionsBetween(before: Order, after: Order): readonly OrderEvent[] {
  return [
    ...sourcingBetween(before, after),
    ...idleBetween(before.idleAt ?? [], after.idleAt ?? []),
    ...pickupEventsBetween(before, after),
    ...alarmExceptionsBetween(before, after),
    ...notedExceptionsBetween(before, after),
    ...standingExceptionsBetween(before, after),
  ];
}

function sourcingBetween(before: Order, after: Order): readonly OrderEvent[] {
  const was = givenUpOf(before);
  const is = givenUpOf(after);
  if (is.some((line) => !was.some(({ id }) => id === line.id))) {
    return [{ type: 'sourcing-given-up', lines: is.map(({ id }) => id) }];
  }
  return was.length > 0 && is.length === 0 ? [{ type: 'sourcing-resumed' }] : [];
}

function idleBetween(was: readonly string[], is: readonly string[]): readonly OrderEvent[] {
  const begun = was.filter((location) => !is.includes(location));
  const idle = is.filter((location) => !was.includes(location));
  return [
    ...begun.map((location) => ({ type: 'work-begun', location }) as const),
    ...idle.map((location) => ({ type: 'work-idle', location }) as const),
  ];
}

/** Locations that have begun what they were late with, or have it no more, are not idle any more. */
export function withIdleWork(order: Order): Order {
  const { idleAt, ...rest } = order;
  const still = idleAt?.filter((location) => notBegunAt(order, location).length > 0);
  if (!idleAt || still?.length === idleAt.length) return order;
  return still && still.length > 0 ? { ...rest, idleAt: still } : rest;
}
