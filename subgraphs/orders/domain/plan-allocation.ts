import { findLine, withLine, type Order, type OrderLine, type Told } from './order.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { enqueue, stockLine } from './pending-command.ts';
import { allocatable } from './owed-units.ts';
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
export function planAllocation(order: Order, command: CommandOf<'PlanAllocation'>): Transition {
  const { choices, unsourced, givenUp, told } = command;
  const fitting = choices.filter(({ line, reservation }) => freeClaim(findLine(order, line), reservation));
  let state = fitting.length > 0 ? allocate(order, fitting) : order;
  state = mark(state, { lines: unsourced, sourcing: 'UNSOURCED', told });
  state = mark(state, { lines: givenUp, sourcing: 'GIVEN_UP', told });
  return { state, events: [] };
}

const NOTES = {
  UNSOURCED: {
    type: 'NO_LOCATION_FOUND',
    summary: 'No location can serve the whole line at the moment; it is tried again.',
  },
  GIVEN_UP: {
    type: 'SOURCING_GIVEN_UP',
    summary: 'Too many locations could not serve the line after all; somebody has to decide.',
  },
} as const;

interface Mark {
  readonly lines: readonly string[];
  readonly sourcing: 'UNSOURCED' | 'GIVEN_UP';
  readonly told: Told;
}

/** Notes it once, not with every try. */
function mark(order: Order, { lines: ids, sourcing, told }: Mark): Order {
  const lines = ids
    .map((id) => findLine(order, id))
    .filter((line) => line !== undefined)
    .filter((line) => line.sourcing !== sourcing);
  if (lines.length === 0) return order;
  const marked = lines.reduce<Order>((state, line) => withLine(state, { ...line, sourcing }), order);
  const lineNos = lines.map((line) => line.lineNo);
  return note(marked, { ...NOTES[sourcing], told, visibility: 'AGENT', lineNos });
}

/** A claim that is named and not on its way already, of which not everything waits for supply. */
function freeClaim(line: OrderLine | undefined, reservation: string) {
  const claim = line?.claims.find((each) => each.reservation === reservation && each.commandId === null);
  return claim && allocatable(claim) > 0 ? claim : undefined;
}

function allocate(order: Order, choices: readonly LineChoice[]): Order {
  let commandId = '';
  let state = enqueue(order, (id) => {
    commandId = id;
    const lines = choices.map(({ line, reservation, location }) => {
      const claim = freeClaim(findLine(order, line), reservation);
      const quantity = claim ? allocatable(claim) : 0;
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
