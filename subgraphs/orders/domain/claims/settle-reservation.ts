import { parseQuantity, type Steps } from '../../../../kernel/model/quantity.ts';
import type { ErrorCode } from '../../../../schema/errors.ts';
import { findLine, withLine, type Order } from '../order.ts';
import { isTakenOn, unclaimedBecause, withUnclaimed } from '../acceptance.ts';
import type { Claim, OrderLine } from '../order-line.ts';
import type { Told } from '../told.ts';
import type { Transition } from '../order-command.ts';
import { enqueueCancelReservations, enqueueReservation } from '../pending-command.ts';
import type { NamedReservation, PendingOf, Settlement } from '../command-outcome.ts';
import { awaitsNames, withOwed } from './owed-units.ts';
import { note } from '../timeline.ts';
import { countUnits, moveUnits } from '../units.ts';

type Reserving = Settlement<PendingOf<'reserve-stock'>>;

/** The ledger has claimed the stock or refused. Claims that nobody waits for any more are given back. */
export function settleReservation(order: Order, settlement: Reserving): Transition {
  const { outcome } = settlement;
  if (outcome.status === 'REFUSED') return { state: withoutStock(order, settlement), events: [] };
  const isFirst = order.lines.some(isCaptured);
  let state = order;
  const orphans: string[] = [];
  const waiting: number[] = [];
  for (const reservation of outcome.reservations ?? []) {
    const line = findLine(state, reservation.lineRef);
    const claimed = line && (claimCaptured(line, reservation) ?? nameClaim(line, reservation, settlement.command.id));
    if (!claimed) {
      orphans.push(reservation.id);
      continue;
    }
    const owed = owedNow(order, claimed, reservation);
    if (owed > 0) waiting.push(claimed.lineNo);
    state = withLine(state, withOwed(claimed, claimOf(claimed, reservation.id), owed));
  }
  state = enqueueCancelReservations(
    withoutCoverage(withUnclaimed(state, undefined), outcome.reservations ?? []),
    orphans,
  );
  const isAnyThere = state.lines.some((line) => countUnits(line.units, { states: ['RESERVED'] }) > 0);
  if (isFirst && isAnyThere) {
    state = note(state, {
      type: 'STOCK_RESERVED',
      summary: 'The stock is claimed for the order.',
      told: settlement.told,
      visibility: 'CUSTOMER',
    });
  }
  if (waiting.length > 0) state = noteWaiting(state, waiting, settlement.told);
  return { state, events: isFirst ? [{ type: 'order-placed' }] : [] };
}

export const noteWaiting = (order: Order, lineNos: readonly number[], told: Told): Order =>
  note(order, {
    type: 'STOCK_BACKORDERED',
    summary: 'Not everything is in stock; what is missing waits for supply.',
    told,
    visibility: 'CUSTOMER',
    lineNos,
  });

/** What was sold beyond stock, less what has been covered since. */
export function owedNow({ earlyCoverage = [] }: Order, line: OrderLine, { id, backordered }: NamedReservation): Steps {
  const sold = backordered === undefined ? 0 : parseQuantity(backordered, line.decimals);
  const covered = earlyCoverage.filter(({ reservation }) => reservation === id);
  return Math.max(
    0,
    covered.reduce((owed, { quantity }) => owed - quantity, sold),
  );
}

/** Coverage is kept for no longer than a claim without a name may wait for it. */
export function withoutCoverage(order: Order, named: readonly NamedReservation[]): Order {
  const { earlyCoverage, ...rest } = order;
  if (!earlyCoverage) return order;
  const isAwaited = awaitsNames(order);
  const left = earlyCoverage.filter(({ reservation }) => isAwaited && named.every(({ id }) => id !== reservation));
  return left.length > 0 ? { ...rest, earlyCoverage: left } : rest;
}

export const claimOf = ({ claims }: OrderLine, reservation: string): Claim =>
  claims.find((claim) => claim.reservation === reservation) as Claim;

const isCaptured = (line: OrderLine): boolean => countUnits(line.units, { states: ['CAPTURED'] }) > 0;

function claimCaptured(line: OrderLine, { id }: NamedReservation): OrderLine | undefined {
  const quantity = countUnits(line.units, { states: ['CAPTURED'] });
  if (quantity === 0) return undefined;
  const units = moveUnits(line.units, { from: 'CAPTURED', at: null, to: 'RESERVED', quantity });
  return { ...line, units, claims: [...line.claims, { reservation: id, quantity, commandId: null, location: null }] };
}

/**
 * Gives the claim that waits for this command its reservation. Undefined when no claim waits for it, or when it waits
 * for another quantity.
 */
export function nameClaim(line: OrderLine, reservation: NamedReservation, commandId: string): OrderLine | undefined {
  const quantity = parseQuantity(reservation.quantity, line.decimals);
  const at = line.claims.findIndex(
    (claim) => claim.commandId === commandId && claim.reservation === null && claim.quantity === quantity,
  );
  const claim = line.claims[at];
  if (!claim) return undefined;
  return { ...line, claims: line.claims.with(at, { ...claim, reservation: reservation.id, commandId: null }) };
}

/** Refusals that say something about the stock; any other may pass when the ledger has learnt a SKU or a channel. */
const REJECTING: readonly ErrorCode[] = ['INSUFFICIENT_STOCK', 'NOT_SOLD_HERE', 'LIMIT_EXCEEDED', 'INVALID_QUANTITY'];

function withoutStock(order: Order, { command, outcome, told }: Reserving): Order {
  if (outcome.status !== 'REFUSED') return order;
  if (!order.lines.some(isCaptured)) return loseClaims(order, command.id, told);
  if (!REJECTING.includes(outcome.code)) return askAgain(order);
  const { code, message, details } = outcome;
  if (isTakenOn(order)) return awaitStock(order, { command, message, told });
  const lines = order.lines.map((line) => ({
    ...line,
    units: moveUnits(line.units, { from: 'CAPTURED', at: null, to: 'REJECTED', quantity: line.ordered }),
  }));
  return note(
    { ...order, lines, rejection: { code, message, details } },
    { type: 'ORDER_REJECTED', summary: `The order could not be served: ${message}`, told, visibility: 'CUSTOMER' },
  );
}

interface Awaiting extends Pick<Reserving, 'command' | 'told'> {
  readonly message: string;
}

/**
 * It was taken on: what the ledger has not is owed from then on. Where not even that can be, people hear of it, and it is
 * asked for again until it can be claimed or is called off.
 */
function awaitStock(order: Order, { command, message, told }: Awaiting): Order {
  // It was first asked for before the order was taken on.
  if (!command.request.isAccepted) return askAgain(order);
  const asked = askAgain(withUnclaimed(order, message));
  if (unclaimedBecause(order) !== undefined) return asked;
  const summary = `Nothing could be claimed for the order yet: ${message}`;
  return note(asked, { type: 'STOCK_NOT_CLAIMED', summary, told, visibility: 'AGENT' });
}

/** Under a new id, because the ledger remembers its refusal under the old one. */
function askAgain(order: Order): Order {
  return enqueueReservation(
    order,
    order.lines.map((line) => ({ line: line.id, quantity: line.ordered })),
  );
}

/** Nothing stands behind these units any more; a person has to decide. */
function loseClaims(order: Order, commandId: string, told: Reserving['told']): Order {
  const waits = (claim: Claim): boolean => claim.commandId === commandId;
  const lost = order.lines.filter((line) => line.claims.some(waits));
  if (lost.length === 0) return order;
  const lines = order.lines.map((line) => ({
    ...line,
    claims: line.claims.map((claim) => (waits(claim) ? { ...claim, commandId: null } : claim)),
  }));
  return note(
    { ...order, lines },
    {
      type: 'CLAIM_LOST',
      summary: 'The stock that was claimed is gone, and no other could be claimed.',
      told,
      visibility: 'AGENT',
      lineNos: lost.map((line) => line.lineNo),
    },
  );
}
