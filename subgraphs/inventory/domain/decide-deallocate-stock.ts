import { isRefusal } from '../../../kernel/model/errors.ts';
import type { DeallocateStock } from '../../../schema/commands/inventory.ts';
import { AllocationDraft } from './allocation-draft.ts';
import { NONE } from './bucket.ts';
import { answerOf } from './decide-reserve-stock.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import { findSeller } from './find-channel.ts';
import type { AllocatedLine, LedgerEvent, ReservedLine } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { readLine } from './read-line.ts';

/**
 * Takes back what is still allocated, which may be less than asked: a short pick or a shipment may have come first.
 * Units that a short pick has turned into a reservation already are answered with that reservation.
 */
export function decideDeallocateStock(
  state: LedgerState,
  request: DeallocateStock,
  moment: DecisionMoment,
): Decision<'deallocate-stock'> {
  const seller = findSeller(state, request.channel);
  if (isRefusal(seller)) return seller;
  const taken: AllocatedLine[] = [];
  const waiting = new Map<string, ReservedLine>();
  const allocations = new AllocationDraft(state);
  for (const line of request.lines) {
    const read = readLine(state, line);
    if (isRefusal(read)) return read;
    const work = { order: request.order, orderLine: line.orderLine, sku: read.sku };
    const location = state.locationIds.find(line.location);
    const open = location === undefined ? undefined : allocations.take({ ...work, location }, read.steps);
    if (open) taken.push(lineOf(open));
    if (open?.steps === read.steps) continue;
    for (const reservation of waitingOf(state, work)) waiting.set(reservation.id, reservation);
  }
  const reserves = request.then === 'RESERVE' && seller.type === 'channel';
  const reserved = reserves
    ? taken.map(({ orderLine, sku, steps }) => ({ id: moment.nextId(), lineRef: orderLine, sku, steps }))
    : [];
  const events = deallocation({ taken, reserved, order: request.order, channel: request.channel, atMs: moment.nowMs });
  const answered = reserves ? [...reserved, ...waiting.values()] : [];
  return { events, answer: { reservations: answered.map((line) => answerOf(state, line, null)) } };
}

/** The events that take allocations back and, for those that are to be sourced again, make them demand of the network. */
export function deallocation(change: {
  readonly taken: readonly AllocatedLine[];
  readonly reserved: readonly ReservedLine[];
  readonly order: string;
  readonly channel: string;
  readonly atMs: number;
}): readonly LedgerEvent[] {
  const { taken, reserved, order: owner, channel, atMs } = change;
  const events: LedgerEvent[] = [];
  if (taken.length > 0) events.push({ type: 'stock-deallocated', atMs, lines: taken });
  if (reserved.length > 0) {
    const claim = { atMs, kind: 'ORDER', channel, owner, expiresAtMs: null } as const;
    events.push({ type: 'stock-reserved', ...claim, lines: reserved });
  }
  return events;
}

function lineOf({ order, orderLine, sku, location, steps }: AllocatedLine): AllocatedLine {
  return { order, orderLine, sku, location, steps };
}

function waitingOf(
  state: LedgerState,
  line: { readonly order: string; readonly orderLine: string; readonly sku: number },
): readonly ReservedLine[] {
  return state.reservations
    .activeOfOrderLine(line.order, line.orderLine)
    .filter(({ sku, network }) => sku === line.sku && network !== NONE)
    .map(({ id, lineRef, sku, steps }) => ({ id, lineRef, sku: state.skuIds.textOf(sku), steps }));
}
