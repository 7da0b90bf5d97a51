import { endWork } from './end-work.ts';
import { findLine, type Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { takeEcho } from './stop-echo.ts';
import { note } from '../timeline.ts';

/**
 * A location tells that it will not do released work. Units that were to be called off are; the others are sourced anew.
 * When it only confirms what was answered before, nothing is left to move.
 */
export function endRelease(order: Order, command: CommandOf<'EndRelease'>): Transition {
  const { location, reason, told, lines, misfits } = command;
  // Of work that was stopped in part, it confirms what the system has answered already.
  const { state: known, news } = takeEcho(order, location, lines);
  const { state } = endWork(known, location, news);
  const noted = note(state, {
    type: 'RELEASE_ENDED',
    summary: [`${location} ended the work: ${reason}`, ...misfits].join('; '),
    told,
    visibility: 'AGENT',
    lineNos: lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
  });
  return { state: noted, events: [] };
}
