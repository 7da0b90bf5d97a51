import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { Claim, OrderLine } from '../order-line.ts';
import type { Order } from '../order.ts';
import { moveUnits } from '../units.ts';

/** Of the units of a claim, those that were sold beyond stock and wait for it: they are BACKORDERED. */
export const owedOf = ({ owed = 0 }: Claim): Steps => owed;

/** What of a claim can be bound to a location now. */
export const allocatable = (claim: Claim): Steps => claim.quantity - owedOf(claim);

/** Brings a claim of a line to what it is owed now, and its units with it. */
export function withOwed(line: OrderLine, claim: Claim, owed: Steps): OrderLine {
  const change = owed - owedOf(claim);
  if (change === 0) return line;
  const [from, to] = change > 0 ? (['RESERVED', 'BACKORDERED'] as const) : (['BACKORDERED', 'RESERVED'] as const);
  return {
    ...line,
    units: moveUnits(line.units, { from, at: null, to, quantity: Math.abs(change) }),
    claims: line.claims.map((each) => (each === claim ? { ...claim, owed } : each)),
  };
}

/** Whether the ledger is about to name a claim, which it may have covered already. */
export const awaitsNames = ({ pending }: Order): boolean =>
  pending.some((each) => each.name === 'reserve-stock' || (each.name === 'cancel-reservations' && each.request.parts));
