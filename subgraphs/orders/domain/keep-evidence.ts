import { findLine, type Order } from './order.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { noteRegression } from './timeline.ts';

/** Keeps what was told and cannot move anything, such as goods that came back of an order that is closed. */
export function keepEvidence(order: Order, { what, lines, told }: CommandOf<'KeepEvidence'>): Transition {
  const known = lines.map((line) => findLine(order, line)).filter((line) => line !== undefined);
  const lineNos = known.map(({ lineNo }) => lineNo);
  return { state: noteRegression(order, what, { told, lineNos }), events: [] };
}
