import { formatQuantity, parseQuantity } from '../../../../kernel/model/quantity.ts';
import type { PendingOf, Settlement } from '../command-outcome.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { OrderLine } from '../order-line.ts';
import { enqueue, enqueueCancelReservations } from '../pending-command.ts';
import { priorityOfClaim } from './priority-of-claim.ts';
import { withOwed } from './owed-units.ts';
import { claimOf, noteWaiting, owedNow, withoutCoverage } from './settle-reservation.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import { takeableOf, takeUnits } from '../changes/take-units.ts';
import { note } from '../timeline.ts';
import type { Told } from '../told.ts';

/** What becomes of units that no stock covers after a location failed them, where nothing is sold beyond stock. */
export type ShortPolicy = 'SOURCE_AGAIN' | 'CANCEL';

interface Shortage {
  /** Units that no location has. */
  readonly short: readonly LineQuantity[];
  /** Lines that no location serves now, also where it has them. */
  readonly unsourced: readonly string[];
  readonly policy: ShortPolicy;
  readonly told: Told;
}

/**
 * Deals with units that were claimed, and that no location has since one failed them: the ledger is asked, once for each
 * failure, to owe them as far as the channel sells beyond stock. Where it does not, they wait for a location to have them, or
 * are called off, as the policy of the channel says.
 */
export function dealWithShort(order: Order, { short, unsourced, policy, told }: Shortage): Order {
  const back = unsourced.filter((id) => !short.some(({ line }) => line === id));
  return short.reduce(
    (state, { line: id, quantity }) => {
      const line = findLine(state, id);
      if (!line || line.declinedBy.length === 0) return state;
      if (line.owingAskedAfter !== line.sourcingFailures) return askToOwe(state, line);
      return policy === 'CANCEL' ? callOffShort(state, { line, quantity, told }) : state;
    },
    back.reduce(tryAllAgain, order),
  );
}

/** Stock has come for units that nobody had, and only locations that failed them before have it: it is not what they failed. */
function tryAllAgain(order: Order, id: string): Order {
  const line = findLine(order, id);
  if (!line || line.declinedBy.length === 0 || line.owingAskedAfter !== line.sourcingFailures) return order;
  return withLine(order, { ...line, declinedBy: [] });
}

/** The claims of the line give way to one that is judged by what is there now; a refusal leaves them. */
function askToOwe(order: Order, line: OrderLine): Order {
  const free = line.claims.filter(({ commandId, reservation }) => commandId === null && reservation !== null);
  const asked = withLine(order, { ...line, owingAskedAfter: line.sourcingFailures });
  return free.reduce((state, { reservation, quantity }) => {
    if (reservation === null) return state;
    const lines = [{ lineRef: line.id, sku: line.sku, quantity: formatQuantity(quantity, line.decimals) }];
    const claiming = enqueue(state, (id) => ({
      id,
      name: 'reserve-stock',
      request: {
        commandId: id,
        kind: 'ORDER',
        channel: order.channel,
        owner: order.id,
        replaces: [reservation],
        ...priorityOfClaim(order),
        lines,
      },
    }));
    return awaiting(claiming, line.id, reservation);
  }, asked);
}

function awaiting(order: Order, id: string, reservation: string): Order {
  const line = findLine(order, id);
  const commandId = order.pending.at(-1)?.id ?? null;
  if (!line) return order;
  const claims = line.claims.map((claim) => (claim.reservation === reservation ? { ...claim, commandId } : claim));
  return withLine(order, { ...line, claims });
}

interface CalledOff {
  readonly line: OrderLine;
  readonly quantity: number;
  readonly told: Told;
}

function callOffShort(order: Order, { line, quantity, told }: CalledOff): Order {
  const rules = { into: 'CANCELLED', wmsLocations: [] } as const;
  const count = Math.min(quantity, takeableOf(order, line, rules));
  if (count === 0) return order;
  const state = takeUnits(order, [{ line: line.id, quantity: count }], rules);
  return note(
    { ...state, revision: (order.revision ?? 1) + 1 },
    {
      type: 'UNITS_CANCELLED',
      summary: `${formatQuantity(count, line.decimals)} of ${line.sku} cannot be had any more and are called off (OUT_OF_STOCK).`,
      told,
      visibility: 'CUSTOMER',
      lineNos: [line.lineNo],
    },
  );
}

type Replacing = Settlement<PendingOf<'reserve-stock'>>;

/** The ledger owes what no stock covers, or the claims stay as they were. What nobody waits for any more is given back. */
export function settleOwing(order: Order, { command, outcome, told }: Replacing): Order {
  const [before] = command.request.replaces ?? [];
  const line = order.lines.find(({ claims }) => claims.some(({ commandId }) => commandId === command.id));
  if (!line || before === undefined) {
    const ids = outcome.status === 'DONE' ? (outcome.reservations ?? []).map(({ id }) => id) : [before];
    return enqueueCancelReservations(
      order,
      ids.filter((id) => id !== undefined),
    );
  }
  const named = outcome.status === 'DONE' ? outcome.reservations?.[0] : undefined;
  const claims = line.claims.map((claim) =>
    claim.commandId === command.id ? { ...claim, reservation: named?.id ?? claim.reservation, commandId: null } : claim,
  );
  const free = { ...line, claims };
  if (!named) return withLine(order, free);
  const owed = Math.min(owedNow(order, free, named), parseQuantity(named.quantity, line.decimals));
  const state = withLine(order, withOwed(free, claimOf(free, named.id), owed));
  return withoutCoverage(owed > 0 ? noteWaiting(state, [line.lineNo], told) : state, [named]);
}
