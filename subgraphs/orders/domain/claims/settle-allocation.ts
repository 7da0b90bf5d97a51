import { findLine, withLine, type Order } from '../order.ts';
import type { OrderLine } from '../order-line.ts';
import {
  enqueueCancelReservations,
  enqueueDeallocation,
  enqueueReservation,
  type Deallocation,
} from '../pending-command.ts';
import type { PendingOf, Settlement } from '../command-outcome.ts';
import { note } from '../timeline.ts';
import { moveUnits } from '../units.ts';
import { parseQuantity } from '../../../../kernel/model/quantity.ts';

type Allocating = Settlement<PendingOf<'allocate-stock'>>;
type AllocatedLine = Allocating['command']['request']['lines'][number];

/** The ledger has bound the units to their locations or refused. */
export function settleAllocation(order: Order, settlement: Allocating): Order {
  return settlement.outcome.status === 'DONE' ? allocated(order, settlement) : freeClaims(order, settlement);
}

/** A command that was to bind claims, and was refused. */
type RefusedBinding = Settlement<PendingOf<'allocate-stock' | 'bring-stock'>>;

/** Units that were called off meanwhile are taken back at once. */
function allocated(order: Order, { command, told }: Allocating): Order {
  let state = order;
  const orphans: Deallocation['lines'][number][] = [];
  const served: number[] = [];
  for (const asked of command.request.lines) {
    const line = findLine(state, asked.orderLine) as OrderLine;
    const claim = line.claims.find((each) => each.reservation === asked.reservation);
    const { location } = asked;
    if (claim) {
      served.push(line.lineNo);
      const quantity = parseQuantity(asked.quantity, line.decimals);
      const rest = { ...claim, quantity: claim.quantity - quantity, commandId: null, location: null };
      state = withLine(state, {
        ...line,
        sourcing: 'OPEN',
        claims: line.claims.flatMap((each) => (each !== claim ? [each] : rest.quantity > 0 ? [rest] : [])),
        units: moveUnits(line.units, { from: 'RESERVED', at: null, to: 'ALLOCATED', toLocation: location, quantity }),
      });
    } else {
      orphans.push({ line: line.id, quantity: parseQuantity(asked.quantity, line.decimals), location });
    }
  }
  if (served.length > 0) {
    const places = [...new Set(command.request.lines.map((line) => line.location))].join(', ');
    state = note(state, {
      type: 'STOCK_ALLOCATED',
      summary: `The order is to be served by ${places}.`,
      told,
      visibility: 'AGENT',
      lineNos: served,
    });
  }
  return enqueueDeallocation(state, { lines: orphans, into: 'NOTHING' });
}

/** The claims are free again, to be tried elsewhere; a claim that is gone is made anew. */
export function freeClaims(order: Order, { command, outcome }: RefusedBinding): Order {
  const isGone = outcome.status === 'REFUSED' && outcome.code === 'RESERVATION_NOT_ACTIVE';
  const asked = new Set(command.request.lines.map((line) => line.reservation));
  const orphans = command.request.lines.filter((line) => !hasClaim(order, line)).map((line) => line.reservation);
  const lines = order.lines.map((line) => {
    if (!line.claims.some((claim) => claim.commandId === command.id)) return line;
    const claims = line.claims.map((claim) =>
      asked.has(claim.reservation ?? '') ? { ...claim, commandId: null, location: null } : claim,
    );
    return { ...line, claims, sourcingFailures: line.sourcingFailures + 1 };
  });
  const freed = enqueueCancelReservations({ ...order, lines }, orphans);
  return isGone ? claimAnew(freed, asked) : freed;
}

function hasClaim(order: Order, asked: Pick<AllocatedLine, 'orderLine' | 'reservation'>): boolean {
  return findLine(order, asked.orderLine)?.claims.some((claim) => claim.reservation === asked.reservation) ?? false;
}

/**
 * One of several claims is gone and the ledger does not say which: all are given up, which leaves a claim that is gone
 * as it is, and made anew.
 */
function claimAnew(order: Order, reservations: ReadonlySet<string>): Order {
  const lost = order.lines.flatMap((line) =>
    line.claims
      .filter((claim) => claim.reservation !== null && reservations.has(claim.reservation))
      .map((claim) => ({ line: line.id, quantity: claim.quantity, reservation: claim.reservation as string })),
  );
  const cancelled = enqueueCancelReservations(
    order,
    lost.map((each) => each.reservation),
  );
  const asked = enqueueReservation(
    cancelled,
    lost.map(({ line, quantity }) => ({ line, quantity })),
  );
  const commandId = asked.pending.at(-1)?.id ?? null;
  const lines = asked.lines.map((line) => ({
    ...line,
    claims: line.claims.map((claim) =>
      claim.reservation !== null && reservations.has(claim.reservation)
        ? { ...claim, reservation: null, commandId }
        : claim,
    ),
  }));
  return lost.length > 0 ? { ...asked, lines } : order;
}
