import { findLine, withLine, type Order } from '../order.ts';
import { enqueueCancelReservations, enqueueReservation } from '../pending-command.ts';
import { noteIfRefused, type PendingOf, type Settlement } from '../command-outcome.ts';
import { withOwed } from './owed-units.ts';
import { claimOf, nameClaim, owedNow, withoutCoverage } from './settle-reservation.ts';

type Deallocating = Settlement<PendingOf<'deallocate-stock' | 'cancel-reservations'>>;

/**
 * The ledger has taken allocations or parts of claims back. A reservation that it made instead becomes the claim of the
 * units that wait for it, or is given back. Units that still wait afterwards are claimed anew.
 */
export function settleDeallocation(order: Order, settlement: Deallocating): Order {
  const { command, outcome } = settlement;
  let state = noteIfRefused(order, settlement);
  const orphans: string[] = [];
  const reservations = outcome.status === 'DONE' ? (outcome.reservations ?? []) : [];
  for (const reservation of reservations) {
    const line = findLine(state, reservation.lineRef);
    const named = line && nameClaim(line, reservation, command.id);
    if (named) {
      const owed = owedNow(state, named, reservation);
      state = withLine(state, withOwed(named, claimOf(named, reservation.id), owed));
    } else orphans.push(reservation.id);
  }
  const covered = withoutCoverage(state, reservations);
  return claimAnew(enqueueCancelReservations(covered, orphans), command.id);
}

function claimAnew(order: Order, commandId: string): Order {
  const waiting = order.lines.flatMap((line) =>
    line.claims.filter((claim) => claim.commandId === commandId).map(({ quantity }) => ({ line: line.id, quantity })),
  );
  if (waiting.length === 0) return order;
  const asked = enqueueReservation(order, waiting);
  const newId = asked.pending.at(-1)?.id ?? null;
  const lines = asked.lines.map((line) => ({
    ...line,
    claims: line.claims.map((claim) => (claim.commandId === commandId ? { ...claim, commandId: newId } : claim)),
  }));
  return { ...asked, lines };
}
