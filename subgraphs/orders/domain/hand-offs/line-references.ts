import type { Steps } from '../../../../kernel/model/quantity.ts';
import { DEAD_STATES } from '../line-state.ts';
import { isAccepted } from '../money/due-money.ts';
import type { Claim, OrderLine } from '../order-line.ts';
import type { Order } from '../order.ts';
import { countUnits } from '../units.ts';
import type { SaleHandOff } from './sale-hand-off.ts';

/** Of one line; the oldest go. */
const REFERENCES_MAX = 100;

/**
 * Keeps by which reservations the ledger claims what is left of each line, or had claimed it before it was bound to a location.
 * A claim that is made anew has another; one that was given up has none. Of a line of which only a part has come back from its
 * location, the reservation of that part stays too: the ledger does not say which of several it was.
 */
export function withReferences(before: Order, order: Order, sale: SaleHandOff): Order {
  if (!isAccepted(order)) return order;
  const known = sale.reservations ?? [];
  const reservations = order.lines.flatMap((line, index) => {
    const own = known.filter((each) => each.line === line.id).map(({ reservation }) => reservation);
    return referencesOf(line, before.lines[index], own).map((reservation) => ({ line: line.id, reservation }));
  });
  const isSame =
    sale.reservations?.length === reservations.length &&
    reservations.every(
      ({ line, reservation }, at) => known[at]?.line === line && known[at]?.reservation === reservation,
    );
  return isSame ? order : { ...order, sale: { ...sale, reservations } };
}

function referencesOf(line: OrderLine, former: OrderLine | undefined, known: readonly string[]): readonly string[] {
  const named = namesOf(line);
  const bound = boundOf(line);
  if (bound === 0) return named;
  const isBoundMore = bound > (former ? boundOf(former) : 0);
  const were = former ? namesOf(former) : [];
  const kept = known.filter((name) => !named.includes(name) && (isBoundMore || !were.includes(name)));
  return [...kept, ...named].slice(-REFERENCES_MAX);
}

const namesOf = ({ claims }: OrderLine): readonly string[] =>
  claims.flatMap(({ reservation }) => (reservation === null ? [] : [reservation]));

/** Units that are left and that no claim stands behind any more, because they have, or had, their location. */
function boundOf({ ordered, units, claims }: OrderLine): Steps {
  const claimed = claims.filter(({ transfer }) => transfer === undefined);
  const alive = ordered - countUnits(units, { states: DEAD_STATES });
  return claimed.reduce((left, { quantity }) => left - quantity, alive);
}

/** Whether the ledger is about to name claims: what they are called is told once, when all have their names. */
export const awaitsReferences = ({ lines }: Pick<Order, 'lines'>): boolean =>
  lines.some(({ claims }) => claims.some(isAwaiting));

const isAwaiting = ({ reservation, commandId }: Claim): boolean => reservation === null && commandId !== null;
