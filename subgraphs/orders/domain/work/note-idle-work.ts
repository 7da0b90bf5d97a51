import { findLine, type Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
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
