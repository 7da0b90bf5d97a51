import { COLUMN, NONE } from './bucket.ts';
import { changePosition, touchSku, type ChangeMoment } from './change-position.ts';
import type { Allocation } from './allocation-book.ts';
import type { AllocatedLine, KitPart, LedgerEventOf } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { PRIORITY_BY_KIND, type Reservation, type ReservationStatus } from './reservation.ts';

export function evolveReserved(state: LedgerState, event: LedgerEventOf<'stock-reserved'>, seq: number): void {
  const { atMs, kind, channel, expiresAtMs, owner, priority = PRIORITY_BY_KIND[kind], sinceMs = atMs } = event;
  const location = event.location === undefined ? NONE : state.locationIds.intern(event.location);
  const record = location === NONE ? state.territory.channels.get(channel) : undefined;
  const network = record ? state.territory.networkOf(record).index : NONE;
  const shared = {
    kind,
    channel,
    location,
    network,
    ...(owner !== undefined && { owner }),
    status: 'ACTIVE' as const,
    expiresAtMs,
    reservedAtMs: sinceMs,
    priority,
  };
  for (const { id, lineRef, sku, steps, components, backordered = 0 } of event.lines) {
    const reservation: Reservation = {
      id,
      lineRef,
      sku: state.skuIds.intern(sku),
      steps,
      ...(components && { components: indexed(state, components) }),
      backordered,
      ...shared,
    };
    claim(state, reservation, { steps, backordered }, { seq, atMs });
    state.reservations.add(reservation);
  }
}

export function evolveReservationEnded(
  state: LedgerState,
  ending: ChangeMoment & { readonly id: string; readonly status: Exclude<ReservationStatus, 'ACTIVE'> },
): void {
  const reservation = state.reservations.get(ending.id);
  if (reservation?.status !== 'ACTIVE') return;
  claim(state, reservation, { steps: -reservation.steps, backordered: -reservation.backordered }, ending);
  state.reservations.end(reservation, ending.status);
}

/** It lasts for longer, or is covered earlier or later. Availability stays as it is. */
export function evolveReservationChanged(
  { reservations }: LedgerState,
  event: LedgerEventOf<'reservation-extended' | 'reservations-prioritised'>,
): void {
  const ids = event.type === 'reservation-extended' ? [event.reservation] : event.reservations;
  for (const id of ids) {
    const reservation = reservations.get(id);
    if (reservation?.status !== 'ACTIVE') continue;
    if (event.type === 'reservation-extended') reservations.extend(reservation, event.expiresAtMs);
    else reservations.prioritise(reservation, event.priority);
  }
}

export function evolveAllocated(state: LedgerState, event: LedgerEventOf<'stock-allocated'>, seq: number): void {
  const moment = { seq, atMs: event.atMs };
  for (const line of event.lines) {
    const reservation = state.reservations.get(line.reservation);
    if (reservation?.status !== 'ACTIVE') continue;
    // What is there goes first, what is owed last.
    const owed = Math.max(0, line.steps - (reservation.steps - reservation.backordered));
    claim(state, reservation, { steps: -line.steps, backordered: -owed }, moment);
    if (line.steps === reservation.steps) state.reservations.end(reservation, 'CONVERTED');
    else state.reservations.shrink(reservation, reservation.steps - line.steps);
    for (const part of partsOf(line)) {
      const allocation = allocationOf(state, part);
      bind(state, { ...allocation, channel: reservation.channel }, { steps: part.steps, picked: 0 }, moment);
    }
  }
}

/** Takes units that are not picked first. */
export function evolveDeallocated(state: LedgerState, event: LedgerEventOf<'stock-deallocated'>, seq: number): void {
  for (const line of event.lines) {
    const allocation = allocationOf(state, line);
    const picked = Math.min(0, allocation.steps - line.steps - allocation.picked);
    bind(state, allocation, { steps: -line.steps, picked }, { seq, atMs: event.atMs });
  }
}

/** Takes units that are picked first. */
export function evolveShipped(state: LedgerState, event: LedgerEventOf<'allocations-shipped'>, seq: number): void {
  for (const line of event.lines) {
    const allocation = allocationOf(state, line);
    const picked = -Math.min(line.steps, allocation.picked);
    bind(state, allocation, { steps: -line.steps, picked }, { seq, atMs: event.atMs });
  }
}

export function evolvePicked(state: LedgerState, event: LedgerEventOf<'stock-picked'>, seq: number): void {
  for (const line of event.lines) {
    bind(state, allocationOf(state, line), { steps: 0, picked: line.steps }, { seq, atMs: event.atMs });
  }
}

/** A reservation claims a location or adds to the demand of a network. */
function claim(
  state: LedgerState,
  reservation: Reservation,
  { steps, backordered }: { readonly steps: number; readonly backordered: number },
  moment: ChangeMoment,
): void {
  const { sku: claimed, location, network, components = [{ sku: claimed, stepsEach: 1 }] } = reservation;
  // Kits are never sold beyond stock, so what is owed is of the SKU itself.
  for (const { sku, stepsEach } of components) {
    claimOf(state, { sku, location, network, steps: steps * stepsEach - backordered }, moment);
  }
  if (backordered !== 0) owe(state, reservation, backordered, moment.atMs);
}

function claimOf(
  state: LedgerState,
  { sku, location, network, steps }: Pick<Reservation, 'sku' | 'location' | 'network' | 'steps'>,
  moment: ChangeMoment,
): void {
  if (location !== NONE) {
    changePosition(state, { sku, location, column: COLUMN.softReserved, steps }, moment);
    return;
  }
  touchSku(state, sku, moment.seq);
  state.unsourced.add(sku, network, steps);
  state.termDates.demandChanged(sku, network, moment.atMs);
}

/** Adds to what a reservation is owed; when it begins, it is owed nothing yet. */
function owe(state: LedgerState, { id, sku, channel, backordered }: Reservation, steps: number, atMs: number): void {
  const { index } = state.territory.channels.get(channel) ?? { index: 0 };
  const left = steps > 0 ? backordered : backordered + steps;
  state.backorders.add({ sku, channel: index, reservation: id, steps, left });
  state.termDates.owedChanged(sku, index, atMs);
}

export function evolveBackorderCovered(
  state: LedgerState,
  { reservation: id, steps, atMs }: LedgerEventOf<'backorder-covered'>,
  seq: number,
): void {
  const reservation = state.reservations.get(id);
  if (reservation?.status !== 'ACTIVE') return;
  touchSku(state, reservation.sku, seq);
  state.unsourced.add(reservation.sku, reservation.network, steps);
  state.termDates.demandChanged(reservation.sku, reservation.network, atMs);
  owe(state, reservation, -steps, atMs);
  state.reservations.cover(reservation, steps);
}

function bind(
  state: LedgerState,
  allocation: Allocation,
  change: { readonly steps: number; readonly picked: number },
  moment: ChangeMoment,
): void {
  const { sku, location, steps, picked } = allocation;
  changePosition(state, { sku, location, column: COLUMN.allocated, steps: change.steps }, moment);
  if (change.picked !== 0) {
    changePosition(state, { sku, location, column: COLUMN.picked, steps: change.picked }, moment);
  }
  state.allocations.set({ ...allocation, steps: steps + change.steps, picked: picked + change.picked });
}

/** A kit is bound component by component. */
function partsOf(line: LedgerEventOf<'stock-allocated'>['lines'][number]): readonly AllocatedLine[] {
  return line.components?.map(({ sku, stepsEach }) => ({ ...line, sku, steps: line.steps * stepsEach })) ?? [line];
}

function indexed(state: LedgerState, components: readonly KitPart[]): NonNullable<Reservation['components']> {
  return components.map(({ sku, stepsEach }) => ({ sku: state.skuIds.intern(sku), stepsEach }));
}

/** The open allocation of a line, or one of nothing. */
function allocationOf(state: LedgerState, { order, orderLine, sku, location }: AllocatedLine): Allocation {
  const key = { order, orderLine, sku: state.skuIds.intern(sku), location: state.locationIds.intern(location) };
  return state.allocations.get(key) ?? { ...key, channel: '', steps: 0, picked: 0 };
}
