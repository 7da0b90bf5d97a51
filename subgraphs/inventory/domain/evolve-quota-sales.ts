import type { LedgerEvent, LedgerEventOf } from './ledger-event.ts';
import { NONE } from './bucket.ts';
import type { AllocatedLine } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import type { QuotaSales } from './quota-sales.ts';
import type { Reservation } from './reservation.ts';
import type { RuleSetting } from './rule-setting.ts';

/**
 * Keeps count of what is sold of quotas. To be applied before the event changes the claims that it is about, because what
 * is given up or bound is read from them.
 */
export function evolveQuotaSales(state: LedgerState, event: LedgerEvent): void {
  if (state.quotaSales.isEmpty) return;
  if ('atMs' in event && event.atMs !== undefined) state.quotaSales.advance(event.atMs);
  switch (event.type) {
    case 'stock-reserved':
      return countReserved(state, event);
    case 'backorder-covered':
      return countCovered(state, event);
    case 'reservations-cancelled':
      for (const id of event.reservations) giveUpReservation(state, id);
      return;
    case 'reservation-expired':
      return giveUpReservation(state, event.reservation);
    case 'stock-allocated':
      for (const line of event.lines) countAllocated(state, line);
      return;
    case 'stock-deallocated':
      for (const line of event.lines) state.quotaSales.giveUp(nameOfAllocation(line), line.steps);
      return;
    case 'allocations-shipped':
      for (const line of event.lines) state.quotaSales.close(nameOfAllocation(line), line.steps);
      return;
    case 'stock-moved':
      return countMoved(state, event);
    default:
      return;
  }
}

/** Quotas that begin or end with settings. Those that come again count from here on. */
export function applyQuotas(
  state: Pick<LedgerState, 'skuIds' | 'territory'> & { readonly quotaSales: QuotaSales },
  settings: readonly Pick<RuleSetting, 'kind' | 'scope' | 'value'>[],
  atMs: number,
): void {
  for (const { kind, scope, value } of settings) {
    const channel = scope.channel === undefined ? undefined : state.territory.channels.get(scope.channel)?.index;
    if (kind !== 'QUOTA' || channel === undefined) continue;
    const place = { sku: scope.sku === undefined ? NONE : state.skuIds.intern(scope.sku), channel };
    if (value === null) state.quotaSales.end(place);
    else state.quotaSales.start(place, atMs);
  }
}

/** What goes from one location to another is not sold. */
function countReserved(state: LedgerState, { kind, channel, lines }: LedgerEventOf<'stock-reserved'>): void {
  const record = state.territory.channels.get(channel);
  if (!record || kind === 'TRANSFER') return;
  for (const { id, sku, steps, components, backordered = 0 } of lines) {
    const parts = components ?? [{ sku, stepsEach: 1 }];
    for (const part of parts) {
      const place = { sku: state.skuIds.intern(part.sku), channel: record.index };
      state.quotaSales.claim(nameOfReservation(id, part.sku), place, steps * part.stepsEach - backordered);
    }
  }
}

function countCovered(state: LedgerState, { reservation: id, sku, steps }: LedgerEventOf<'backorder-covered'>): void {
  const reservation = state.reservations.get(id);
  const channel = reservation && state.territory.channels.get(reservation.channel);
  if (reservation?.status !== 'ACTIVE' || !channel || reservation.kind === 'TRANSFER') return;
  const place = { sku: reservation.sku, channel: channel.index };
  state.quotaSales.claim(nameOfReservation(id, sku), place, steps);
}

function giveUpReservation(state: LedgerState, id: string): void {
  const reservation = state.reservations.get(id);
  if (!reservation) return;
  for (const sku of claimedSkus(state, reservation)) {
    state.quotaSales.giveUp(nameOfReservation(id, sku), Number.MAX_SAFE_INTEGER);
  }
}

/** What was counted of the reservation goes on as the allocation; what it was owed is sold with the allocation. */
function countAllocated(state: LedgerState, line: LedgerEventOf<'stock-allocated'>['lines'][number]): void {
  const reservation = state.reservations.get(line.reservation);
  const channel = reservation && state.territory.channels.get(reservation.channel);
  if (reservation?.status !== 'ACTIVE' || !channel) return;
  const owed = Math.max(0, line.steps - (reservation.steps - reservation.backordered));
  const parts = line.components ?? [{ sku: line.sku, stepsEach: 1 }];
  for (const { sku, stepsEach } of parts) {
    const counted = state.quotaSales.giveUp(nameOfReservation(line.reservation, sku), line.steps * stepsEach - owed);
    const place = { sku: state.skuIds.intern(sku), channel: channel.index };
    const bound = reservation.kind === 'TRANSFER' ? 0 : counted + owed;
    state.quotaSales.claim(nameOfAllocation({ ...line, sku }), place, bound);
  }
}

/** A sale that a channel tells when it is over has no claim. One from before the quota does not count for it. */
function countMoved(state: LedgerState, { channel, lines, occurredAtMs }: LedgerEventOf<'stock-moved'>): void {
  const record = channel === undefined ? undefined : state.territory.channels.get(channel);
  if (!record) return;
  for (const { sku, steps, isCompensation } of lines) {
    const place = { sku: state.skuIds.intern(sku), channel: record.index };
    const sinceMs = state.quotaSales.sinceMs(place);
    if (!isCompensation && sinceMs !== undefined && occurredAtMs >= sinceMs) state.quotaSales.sell(place, steps);
  }
}

function claimedSkus({ skuIds }: LedgerState, { sku, components }: Reservation): readonly string[] {
  return (components ?? [{ sku }]).map((part) => skuIds.textOf(part.sku));
}

const nameOfReservation = (id: string, sku: string): string => `${id}|${sku}`;

const nameOfAllocation = ({ order, orderLine, sku, location }: AllocatedLine): string =>
  `${order}|${orderLine}|${sku}|${location}`;
