import { isRefusal, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { findLine, withLine } from '../order.ts';
import type { Transition } from '../order-command.ts';
import type { DeliveryDates } from '../sourcing/sourcing-policy.ts';

/** When a line should arrive. */
export interface LinePromise {
  readonly line: string;
  readonly dates: DeliveryDates;
}

/** Lines that were promised nothing yet are promised this. */
export function withPromises(
  decided: Transition | RefusalValue,
  promises: readonly LinePromise[] = [],
): Transition | RefusalValue {
  if (isRefusal(decided)) return decided;
  const state = promises.reduce((order, { line: id, dates }) => {
    const line = findLine(order, id);
    return !line || line.promise ? order : withLine(order, { ...line, promise: dates, expected: dates });
  }, decided.state);
  return state === decided.state ? decided : { ...decided, state };
}
