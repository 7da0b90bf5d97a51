import { findLine, withLine, type Order, type OrderLine } from './order.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { enqueue, stockLine } from './pending-command.ts';
import { note } from './timeline.ts';

/** A location was chosen for the units behind one reservation. */
export interface LineChoice {
  readonly line: string;
  readonly reservation: string;
  readonly location: string;
}

/**
 * Decides where units are allocated. The choice is saved before the ledger is asked, so that after a crash the ledger is
 * asked for the same again. Choices that no longer fit are left out.
 */
export function planAllocation(order: Order, { choices, unsourced, told }: CommandOf<'PlanAllocation'>): Transition {
  const fitting = choices.filter(({ line, reservation }) => freeClaim(findLine(order, line), reservation));
  let state = fitting.length > 0 ? allocate(order, fitting) : order;
  const newlyUnsourced = unsourced
    .map((line) => findLine(order, line))
    .filter((line) => line !== undefined && !line.isUnsourced) as OrderLine[];
  for (const line of newlyUnsourced) state = withLine(state, { ...line, isUnsourced: true });
  if (newlyUnsourced.length > 0) {
    state = note(state, {
      type: 'NO_LOCATION_FOUND',
      summary: 'No location can serve the whole line at the moment; it is tried again.',
      told,
      visibility: 'AGENT',
      lineNos: newlyUnsourced.map((line) => line.lineNo),
    });
  }
  return { state, events: [] };
}

/** The units of a claim that is named and not on its way already. */
function freeClaim(line: OrderLine | undefined, reservation: string) {
  return line?.claims.find((claim) => claim.reservation === reservation && claim.commandId === null);
}

function allocate(order: Order, choices: readonly LineChoice[]): Order {
  let commandId = '';
  let state = enqueue(order, (id) => {
    commandId = id;
    const lines = choices.map(({ line, reservation, location }) => {
      const quantity = freeClaim(findLine(order, line), reservation)?.quantity ?? 0;
      return { ...stockLine(order, { line, quantity }), reservation, location };
    });
    return { id, name: 'allocate-stock', request: { commandId: id, order: order.id, lines } };
  });
  for (const { line: lineId, reservation, location } of choices) {
    const line = findLine(state, lineId) as OrderLine;
    const claims = line.claims.map((claim) =>
      claim.reservation === reservation ? { ...claim, commandId, location } : claim,
    );
    state = withLine(state, { ...line, claims });
  }
  return state;
}
