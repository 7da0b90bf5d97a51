import { LEFT_STATES, OPEN_STATES } from '../line-state.ts';
import type { OrderLine } from '../order-line.ts';

/** The location that serves a line: where its open units are, else where its units left; null while none is chosen. */
export function locationOf({ units }: Pick<OrderLine, 'units'>): string | null {
  const placed = units.filter((cell) => cell.location !== null);
  const serving =
    placed.find((cell) => OPEN_STATES.includes(cell.state)) ?? placed.find((cell) => LEFT_STATES.includes(cell.state));
  return serving?.location ?? null;
}
