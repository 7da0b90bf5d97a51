import { shortPickCommandId } from '../../../../schema/commands/inventory.ts';
import { awaitClaim } from '../calling-off/end-work.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { deallocationOf } from '../pending-command.ts';
import { takeBack } from '../calling-off/take-back.ts';
import { note, noteRegression } from '../timeline.ts';

/**
 * Released units were not found. The ledger hears of it by itself and turns their allocation into a reservation; the same
 * command is sent from here, in order to learn which.
 */
export function recordShortPick(order: Order, command: CommandOf<'RecordShortPick'>): Transition {
  const { location, told, lines, misfits } = command;
  const commandId = shortPickCommandId({ system: told.source, eventId: command.eventId });
  let state = order;
  let unmoved = 0;
  const lineNos: number[] = [];
  for (const { line: lineId, quantity } of lines) {
    const line = findLine(state, lineId);
    if (!line) continue;
    const back = takeBack(line, location, quantity);
    state = awaitClaim(withLine(state, back.line), { line: lineId, quantity: back.reserved, commandId });
    unmoved += quantity - back.reserved - back.cancelled;
    lineNos.push(line.lineNo);
  }
  const about = { told, lineNos };
  state = note(state, {
    ...about,
    type: 'SHORT_PICK_RECORDED',
    summary: `${location} did not find everything; the missing units are to come from elsewhere.`,
    visibility: 'AGENT',
  });
  if (unmoved > 0 || misfits.length > 0) {
    state = noteRegression(state, [`Short pick at ${location}`, ...misfits].join('; '), about);
  }
  return { state: lines.length > 0 ? withDeallocation(state, command, commandId) : state, events: [] };
}

function withDeallocation(order: Order, { lines, location }: CommandOf<'RecordShortPick'>, id: string): Order {
  const all = lines.map((line) => ({ ...line, location }));
  return { ...order, pending: [...order.pending, deallocationOf(order, id, { lines: all, into: 'RESERVE' })] };
}
