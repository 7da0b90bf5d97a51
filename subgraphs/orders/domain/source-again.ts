import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Order } from './order.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { note } from './timeline.ts';
import { countUnits } from './units.ts';

/** A person has seen to it: lines that found no location are tried again, also at locations that failed them before. */
export function sourceAgain(order: Order, { told }: CommandOf<'SourceAgain'>): Transition | RefusalValue {
  const stuck = order.lines.filter((line) => {
    return line.sourcing !== 'OPEN' && countUnits(line.units, { states: ['RESERVED'] }) > 0;
  });
  if (stuck.length === 0) return refuse('ILLEGAL_TRANSITION', 'No line of the order waits for a location.');
  const lines = order.lines.map((line) =>
    stuck.includes(line) ? { ...line, declinedBy: [], sourcingFailures: 0, sourcing: 'OPEN' as const } : line,
  );
  const noted = note(
    { ...order, lines },
    {
      type: 'SOURCING_RESUMED',
      summary: 'Locations are looked for again.',
      told,
      visibility: 'AGENT',
      lineNos: stuck.map((line) => line.lineNo),
    },
  );
  return { state: noted, events: [] };
}
