import { isRefusal, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { applyEdit } from './apply-edit.ts';
import { checkEdit, isBusyFor } from './check-edit.ts';
import type { NamedReservation, PendingOf, Settlement } from '../command-outcome.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { OpenEdit } from './order-edit.ts';
import { enqueueCancelReservations } from '../pending-command.ts';
import { enqueueAllocation, withClaimsOf } from '../claims/plan-allocation.ts';
import { withOwed } from '../claims/owed-units.ts';
import { claimOf, noteWaiting, owedNow, withoutCoverage } from '../claims/settle-reservation.ts';
import { note } from '../timeline.ts';
import { countUnits, moveUnits } from '../units.ts';

type Reserving = Settlement<PendingOf<'reserve-stock'>>;

/** The source of what was asked of the hub itself, and is answered. */
const BY_STOCKWIRE = 'stockwire';

/** Refused changes that a repeat is answered from; the oldest go. */
const REFUSED_MAX = 20;

/**
 * The ledger has claimed what a change needs more of, or refused. The order went on meanwhile: when the change does not fit it
 * any more, it is refused and its claim given back.
 */
export function settleEdit(order: Order, settlement: Reserving, open: OpenEdit): Order {
  const { openEdit: _open, ...rest } = order;
  const { outcome, told } = settlement;
  if (outcome.status === 'REFUSED') return refused(rest, open, { refused: true, ...outcome });
  const { edit, wmsLocations } = open;
  const reservations = outcome.reservations ?? [];
  const refusal = checkEdit(rest, edit, open);
  const applied = refusal ?? (isBusyFor(rest, edit, wmsLocations) ? busy() : applyEdit(rest, open));
  if (isRefusal(applied)) {
    const givenBack = enqueueCancelReservations(
      rest,
      reservations.map(({ id }) => id),
    );
    return withoutCoverage(refused(givenBack, open, applied), reservations);
  }
  const claimed = reservations.reduce(putClaim, applied);
  const waiting = claimed.lines.filter(({ claims }) =>
    claims.some(({ reservation, owed = 0 }) => owed > 0 && reservations.some(({ id }) => id === reservation)),
  );
  const lineNos = waiting.map(({ lineNo }) => lineNo);
  const noted = lineNos.length > 0 ? noteWaiting(claimed, lineNos, told) : claimed;
  return atHand(withoutCoverage(noted, reservations), open, reservations);
}

const busy = (): RefusalValue => ({
  refused: true,
  code: 'ILLEGAL_TRANSITION',
  message: 'The units were bound elsewhere while the change waited for its stock.',
  details: {},
});

function refused(order: Order, { key, told, edit }: OpenEdit, { code, message, details }: RefusalValue): Order {
  const others = Object.entries(order.refusedEdits ?? {}).slice(1 - REFUSED_MAX);
  const refusedEdits = { ...Object.fromEntries(others), [key]: { code, message, details } };
  return note(
    { ...order, refusedEdits },
    {
      // Whoever told it takes it as done.
      type: told.source === BY_STOCKWIRE ? 'CHANGE_REFUSED' : 'TOLD_CHANGE_REFUSED',
      summary: `What ${edit.by} asked for could not be done: ${message}`,
      told,
      visibility: 'AGENT',
    },
  );
}

/** The new units of a line are RESERVED, or BACKORDERED as far as they were sold beyond stock. */
function putClaim(order: Order, reservation: NamedReservation): Order {
  const line = findLine(order, reservation.lineRef);
  const quantity = line ? countUnits(line.units, { states: ['CAPTURED'] }) : 0;
  if (!line || quantity === 0) return enqueueCancelReservations(order, [reservation.id]);
  const units = moveUnits(line.units, { from: 'CAPTURED', at: null, to: 'RESERVED', quantity });
  const claim = { reservation: reservation.id, quantity, commandId: null, location: null };
  const claimed = { ...line, units, claims: [...line.claims, claim] };
  return withLine(order, withOwed(claimed, claimOf(claimed, reservation.id), owedNow(order, claimed, reservation)));
}

/** What a location has at hand in the place of something else it sends itself. */
function atHand(order: Order, { edit }: OpenEdit, reservations: readonly NamedReservation[]): Order {
  const location = edit.substitution?.location;
  const last = order.lines.at(-1);
  const claim = reservations.find(({ lineRef }) => lineRef === last?.id);
  if (location === undefined || !last || !claim) return order;
  const lines = [{ orderLine: last.id, sku: last.sku, quantity: claim.quantity, reservation: claim.id, location }];
  return withClaimsOf(enqueueAllocation(order, lines), lines);
}
