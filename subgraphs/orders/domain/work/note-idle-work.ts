import { findLine, type Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { hasAccepted } from './accept-work.ts';
import { notBegunAt } from './reject-work.ts';
import { note } from '../timeline.ts';

/** A system has not begun its work in time. It keeps the work, because only it can stop; people are told. */
export function noteIdleWork(order: Order, { location, told }: CommandOf<'NoteIdleWork'>): Transition {
  const { idleAt = [] } = order;
  const lines = notBegunAt(order, location);
  if (lines.length === 0 || idleAt.includes(location)) return { state: order, events: [] };
  const noted = note(order, {
    type: 'WORK_IDLE',
    summary: `${location} has not begun the work in time.`,
    told,
    visibility: 'AGENT',
    lineNos: lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
  });
  return { state: { ...noted, idleAt: [...idleAt, location] }, events: [] };
}

/** A location has to begin its work soon; people hear of it while there is still time. */
export function warnIdleWork(order: Order, { location, dueAtMs, told }: CommandOf<'WarnIdleWork'>): Transition {
  const { idleSoonAt = [] } = order;
  const lines = notBegunAt(order, location);
  const isKnown = idleSoonAt.includes(location) || hasAccepted(order, location);
  if (lines.length === 0 || isKnown) return { state: order, events: [] };
  const noted = note(order, {
    type: 'WORK_IDLE_DUE',
    summary: `${location} has to begin the work by ${new Date(dueAtMs).toISOString()}, and has not yet.`,
    told,
    visibility: 'AGENT',
    lineNos: lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
  });
  return { state: { ...noted, idleSoonAt: [...idleSoonAt, location] }, events: [] };
}
