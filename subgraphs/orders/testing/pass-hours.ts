import { isRefusal } from '../../../kernel/model/errors.ts';
import type { OrderCommand, Transition } from '../domain/order-command.ts';
import type { OrderException } from '../domain/order-exception.ts';
import type { Order } from '../domain/order.ts';
import { USUAL_TIMES, type TimeRules } from '../domain/times/time-rules.ts';
import { transition } from '../domain/transition.ts';
import { NOW_MS, told } from './sample-order.ts';

export const HOUR_MS = 3_600_000;

/** What time alone does to an order that is looked at so many hours after it was placed. */
export function passHours(order: Order, hours: number, rules: TimeRules = USUAL_TIMES): Transition {
  const afterMs = hours * HOUR_MS;
  return take(order, { type: 'PassTime', nowMs: NOW_MS + afterMs, told: told(`hour-${hours}`, afterMs) }, rules);
}

/** Applies a command that must not be refused, by rules of time. */
export function take(order: Order, command: OrderCommand, rules: TimeRules = USUAL_TIMES): Transition {
  const result = transition(order, command, rules);
  if (isRefusal(result)) throw new Error(`${command.type} was refused: ${result.message}`);
  return result;
}

/** The exceptions that a change raises. */
export const raisedBy = ({ events }: Transition): readonly OrderException[] =>
  events.flatMap((event) => (event.type === 'exception-raised' ? [event.exception] : []));

/** The ids of the exceptions whose cause a change has removed. */
export const clearedBy = ({ events }: Transition): readonly string[] =>
  events.flatMap((event) => (event.type === 'exception-cleared' ? [event.exceptionId] : []));
