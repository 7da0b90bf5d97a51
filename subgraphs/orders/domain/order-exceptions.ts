import type { Order } from './order.ts';
import type { OrderLine } from './order-line.ts';
import type { OrderEvent } from './order-command.ts';
import { notedExceptionsBetween } from './noted-exceptions.ts';
import { pickupEventsBetween } from './pickup/pickup-deadline.ts';
import { hasAccepted } from './work/accept-work.ts';
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
    ...idleBetween(before, after),
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

function idleBetween(before: Order, after: Order): readonly OrderEvent[] {
  const was = { soon: before.idleSoonAt ?? [], idle: before.idleAt ?? [] };
  const is = { soon: after.idleSoonAt ?? [], idle: after.idleAt ?? [] };
  const idle = is.idle.filter((location) => !was.idle.includes(location));
  const soon = is.soon.filter((location) => !was.soon.includes(location) && !is.idle.includes(location));
  const known = [...new Set([...was.soon, ...was.idle])];
  const begun = known.filter((location) => !is.soon.includes(location) && !is.idle.includes(location));
  return [
    ...begun.map((location) => ({ type: 'work-begun', location }) as const),
    ...soon.map((location) => ({ type: 'work-idle-soon', location }) as const),
    ...idle.map((location) => ({ type: 'work-idle', location }) as const),
  ];
}

/** Locations that have begun what they were late with, or have it no more, are not idle any more. */
export function withIdleWork(order: Order): Order {
  const { idleAt = [], idleSoonAt = [], ...rest } = order;
  const isLeft = (location: string): boolean => notBegunAt(order, location).length > 0;
  const idle = idleAt.filter(isLeft);
  // Whoever has taken the work on is not pressed.
  const soon = idleSoonAt.filter((location) => isLeft(location) && !hasAccepted(order, location));
  if (idle.length === idleAt.length && soon.length === idleSoonAt.length) return order;
  return { ...rest, ...(idle.length > 0 && { idleAt: idle }), ...(soon.length > 0 && { idleSoonAt: soon }) };
}
