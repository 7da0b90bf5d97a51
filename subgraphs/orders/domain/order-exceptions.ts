import type { Order, OrderLine } from './order.ts';
import type { OrderEvent } from './order-command.ts';
import { countUnits } from './units.ts';

/** Lines that too many locations have failed, and that still wait for one. */
const givenUpOf = ({ lines }: Order): readonly OrderLine[] =>
  lines.filter((line) => line.sourcing === 'GIVEN_UP' && countUnits(line.units, { states: ['RESERVED'] }) > 0);

/** Tells people of lines that nobody serves, once, and that the cause is gone, whatever has removed it. */
export function exceptionsBetween(before: Order, after: Order): readonly OrderEvent[] {
  const was = givenUpOf(before);
  const is = givenUpOf(after);
  if (is.some((line) => !was.some(({ id }) => id === line.id))) {
    return [{ type: 'sourcing-given-up', lines: is.map(({ id }) => id) }];
  }
  return was.length > 0 && is.length === 0 ? [{ type: 'sourcing-resumed' }] : [];
}
