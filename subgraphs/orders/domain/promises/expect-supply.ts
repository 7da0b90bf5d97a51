import { formatQuantity } from '../../../../kernel/model/quantity.ts';
import { owedOf } from '../claims/owed-units.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { OrderLine } from '../order-line.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { note } from '../timeline.ts';
import type { Told } from '../told.ts';
import type { DeliveryDates } from '../sourcing/sourcing-policy.ts';

/** When what a line is owed should arrive now; null: nothing that is announced is enough. */
export interface Expectation {
  readonly line: string;
  readonly dates: DeliveryDates | null;
}

/** What is to come has changed: the promise stays, and what is expected of lines that wait for it follows. */
export function expectSupply(order: Order, { expectations, told }: CommandOf<'ExpectSupply'>): Transition {
  const state = expectations.reduce((now, { line: id, dates }) => {
    const line = findLine(now, id);
    return line && line.claims.some((claim) => owedOf(claim) > 0) ? expectLine(now, line, { dates, told }) : now;
  }, order);
  return { state, events: [] };
}

interface Expecting {
  readonly dates: DeliveryDates | null;
  readonly told: Told;
}

function expectLine(order: Order, line: OrderLine, { dates, told }: Expecting): Order {
  const { expected: before, ...rest } = line;
  if (before?.earliestOn === dates?.earliestOn && before?.latestOn === dates?.latestOn) return order;
  const state = withLine(order, dates ? { ...rest, promise: line.promise ?? dates, expected: dates } : rest);
  if (!line.promise) return state;
  const owed = line.claims.reduce((sum, claim) => sum + owedOf(claim), 0);
  const what = `${formatQuantity(owed, line.decimals)} of ${line.sku}, promised for ${line.promise.latestOn}`;
  return note(state, {
    type: dates ? 'PROMISE_MOVED' : 'PROMISE_BROKEN',
    summary: dates
      ? `${what}, should arrive by ${dates.latestOn} now.`
      : `${what}: nothing that is announced is enough.`,
    told,
    visibility: 'AGENT',
    lineNos: [line.lineNo],
  });
}

/** Lines that were promised, wait for stock, and of which nobody can say any more when it comes. */
export const brokenPromises = ({ lines }: Pick<Order, 'lines'>): readonly OrderLine[] =>
  lines.filter(({ promise, expected, claims }) => promise && !expected && claims.some((claim) => owedOf(claim) > 0));
