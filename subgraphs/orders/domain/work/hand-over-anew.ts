import type { LineState } from '../../../../schema/events/fields.ts';
import { awaitClaim } from '../calling-off/end-work.ts';
import { findLine, withLine, type Order } from '../order.ts';
import { enqueueDeallocation, type Deallocation } from '../pending-command.ts';
import { countUnits, moveUnits } from '../units.ts';

type Place = Deallocation['lines'][number];

/** The legal way back of work that a system has stopped along with what was to be called off. */
const WAY_BACK: readonly (readonly [from: LineState, path: readonly LineState[]])[] = [
  ['RELEASED', ['RESERVED']],
  ['PICKED', ['RESERVED']],
  ['PACKED', ['PICKED', 'RESERVED']],
];

/** A system has stopped everything: what was not to be called off is claimed anew, and may go to the same location again. */
export function handOverAnew(order: Order, location: string): Order {
  let state = order;
  const back: Place[] = [];
  for (const { id } of order.lines) {
    for (const [from, path] of WAY_BACK) {
      const line = findLine(state, id);
      const quantity = line ? countUnits(line.units, { states: [from], location }) : 0;
      if (!line || quantity === 0) continue;
      const units = path.reduce((walked, to, at) => {
        const toLocation = to === 'RESERVED' ? null : location;
        return moveUnits(walked, { from: path[at - 1] ?? from, at: location, to, toLocation, quantity });
      }, line.units);
      state = withLine(state, { ...line, units });
      back.push({ line: id, location, quantity });
    }
  }
  const asked = enqueueDeallocation(state, { lines: summed(back), into: 'RESERVE' });
  const commandId = asked.pending.at(-1)?.id ?? null;
  return summed(back).reduce(
    (current, { line, quantity }) => awaitClaim(current, { line, quantity, commandId }),
    asked,
  );
}

function summed(places: readonly Place[]): readonly Place[] {
  const byLine = Map.groupBy(places, ({ line }) => line);
  return [...byLine.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, quantity: same.reduce((sum, each) => sum + each.quantity, 0) }] : [];
  });
}
