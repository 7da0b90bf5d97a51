import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { findLine, type Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { notBegunAt } from './reject-work.ts';
import { note } from '../timeline.ts';

/** A location takes on what it was given: from then on it is not taken away because nobody has begun it. */
export function acceptWork(order: Order, { location, told }: CommandOf<'AcceptWork'>): Transition | RefusalValue {
  const lines = notBegunAt(order, location);
  if (lines.length === 0)
    return refuse('ILLEGAL_TRANSITION', `Nothing at ${location} waits to be begun.`, { location });
  const noted = note(order, {
    type: 'WORK_ACCEPTED',
    summary: `${location} has taken on the work.`,
    told,
    visibility: 'AGENT',
    lineNos: lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
  });
  const acceptedAtMs = { ...noted.acceptedAtMs, [location]: told.occurredAtMs };
  return { state: { ...noted, acceptedAtMs }, events: [] };
}

/** Whether a location has taken on the newest work that it was given. */
export function hasAccepted({ acceptedAtMs = {}, releasedAtMs = {} }: Order, location: string): boolean {
  const accepted = acceptedAtMs[location];
  return accepted !== undefined && accepted >= (releasedAtMs[location] ?? 0);
}
