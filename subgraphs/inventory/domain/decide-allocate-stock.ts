import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import type { AllocateStock } from '../../../schema/commands/inventory.ts';
import { NONE } from './bucket.ts';
import { NOTHING, type Decision, type DecisionMoment } from './decision.ts';
import { findLocationOf, findSeller } from './find-channel.ts';
import type { LedgerEventOf } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { PositionDraft } from './position-draft.ts';
import { readLine } from './read-line.ts';
import type { Reservation } from './reservation.ts';
import { bindableWithoutHarm } from './servable-demand.ts';

type Line = AllocateStock['lines'][number];
type AllocatedLine = LedgerEventOf<'stock-allocated'>['lines'][number];

/** Turns reservations into allocations: all lines or none. */
export function decideAllocateStock(
  state: LedgerState,
  request: AllocateStock,
  { nowMs }: DecisionMoment,
): Decision<'allocate-stock'> {
  const trial: Trial = { state, draft: new PositionDraft(state), converted: new Map(), bound: new Map() };
  const lines: AllocatedLine[] = [];
  for (const line of request.lines) {
    const allocated = allocateLine(trial, request.order, line);
    if (isRefusal(allocated)) return allocated;
    lines.push(allocated);
  }
  return { events: [{ type: 'stock-allocated', atMs: nowMs, lines }], answer: NOTHING };
}

interface Trial {
  readonly state: LedgerState;
  readonly draft: PositionDraft;
  /** Steps taken so far, by reservation. */
  readonly converted: Map<string, number>;
  /** Steps bound so far to any location, by SKU. */
  readonly bound: Map<number, number>;
}

function allocateLine(trial: Trial, order: string, line: Line): AllocatedLine | RefusalValue {
  const { state } = trial;
  const read = readLine(state, line);
  if (isRefusal(read)) return read;
  const { sku, steps } = read;
  const reservation = findConvertible(trial, line, read);
  if (isRefusal(reservation)) return reservation;
  const location = findTarget(state, reservation, line);
  if (isRefusal(location)) return location;
  trial.converted.set(reservation.id, (trial.converted.get(reservation.id) ?? 0) + steps);
  const { orderLine, reservation: id } = line;
  const allocated = { order, orderLine, reservation: id, sku: line.sku, location: line.location, steps };
  const { components } = reservation;
  if (!components) return bindPart(trial, { line, sku, location, steps, reservation }) ?? allocated;
  // What a kit claims was fixed when it was reserved.
  for (const part of components) {
    const bound = { line, sku: part.sku, location, steps: steps * part.stepsEach, reservation };
    const refusal = bindPart(trial, bound);
    if (refusal) return refusal;
  }
  const told = components.map((part) => ({ ...part, sku: state.skuIds.textOf(part.sku) }));
  return { ...allocated, components: told };
}

/** Takes one SKU at a location, or tells that it is not there. */
function bindPart(
  trial: Trial,
  bound: {
    readonly line: Line;
    readonly sku: number;
    readonly location: number;
    readonly steps: number;
    readonly reservation: Reservation;
  },
): RefusalValue | undefined {
  const { state, draft } = trial;
  const { line, sku, location, steps, reservation } = bound;
  // What was reserved at this very location is free for its own reservation.
  if (reservation.location !== NONE) draft.add({ sku, location, of: 'softReserved' }, -steps);
  const bindable = Math.min(draft.free(sku, location), harmless(trial, { sku, location, steps, reservation }));
  if (steps > bindable) return insufficient(state, { line, sku, available: Math.max(0, bindable) });
  draft.add({ sku, location, of: 'allocated' }, steps);
  return undefined;
}

/** Lines of one SKU are held together against what binding harms nobody, which is never too generous. */
function harmless(
  { state, bound, converted }: Trial,
  binding: {
    readonly sku: number;
    readonly location: number;
    readonly steps: number;
    readonly reservation: Reservation;
  },
): number {
  const { sku, location, steps, reservation } = binding;
  if (reservation.location !== NONE) return steps;
  const before = bound.get(sku) ?? 0;
  bound.set(sku, before + steps);
  // Owed units are no demand of the network yet, so they are bound only where everybody else's demand is left whole.
  const isOwed = (converted.get(reservation.id) ?? 0) > reservation.steps - reservation.backordered;
  return bindableWithoutHarm(state, { sku, location, fromNetwork: isOwed ? NONE : reservation.network }) - before;
}

function findConvertible(
  { state, converted }: Trial,
  line: Line,
  { sku, steps }: { readonly sku: number; readonly steps: number },
): Reservation | RefusalValue {
  const reservation = state.reservations.get(line.reservation);
  const details = { reservation: line.reservation, orderLine: line.orderLine };
  if (reservation?.status !== 'ACTIVE') {
    const status = reservation?.status ?? 'UNKNOWN';
    return refuse('RESERVATION_NOT_ACTIVE', `Reservation ${line.reservation} is not active.`, { ...details, status });
  }
  if (reservation.sku !== sku) {
    return refuse('BAD_USER_INPUT', `Reservation ${line.reservation} is for another SKU.`, {
      ...details,
      field: 'sku',
    });
  }
  if ((converted.get(reservation.id) ?? 0) + steps <= reservation.steps) return reservation;
  const message = `Reservation ${line.reservation} claims less than that.`;
  return refuse('BAD_USER_INPUT', message, { ...details, field: 'quantity' });
}

function findTarget(state: LedgerState, reservation: Reservation, line: Line): number | RefusalValue {
  const seller = findSeller(state, reservation.channel);
  if (isRefusal(seller)) return seller;
  const location = findLocationOf(state, seller, line.location);
  if (isRefusal(location)) return location;
  if (reservation.location === NONE || reservation.location === location.index) return location.index;
  const message = `Reservation ${reservation.id} is bound to another location.`;
  return refuse('NOT_SOLD_HERE', message, { location: line.location, reservation: reservation.id });
}

function insufficient(
  state: LedgerState,
  { line, sku, available }: { readonly line: Line; readonly sku: number; readonly available: number },
): RefusalValue {
  const decimals = state.skus[sku]?.decimals ?? 0;
  const short = {
    lineRef: line.orderLine,
    sku: line.sku,
    asked: line.quantity,
    available: formatQuantity(available, decimals),
  };
  return refuse('INSUFFICIENT_STOCK', `${line.location} cannot serve that much of ${line.sku}.`, {
    location: line.location,
    lines: [short],
  });
}
