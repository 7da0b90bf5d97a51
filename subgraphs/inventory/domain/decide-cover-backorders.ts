import { channelTermsOf } from './availability.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import type { Reservation } from './reservation.ts';

/** SKUs and reservations that one command deals with. */
export const COVERED_SKUS_MAX = 100;
const COVERED_RESERVATIONS_MAX = 500;

/**
 * Covers owed units of SKUs from stock that has come: the highest priority first, then the oldest. What is covered is
 * demand like any other from then on.
 */
export function decideCoverBackorders(
  state: LedgerState,
  skus: readonly string[],
  { nowMs }: Pick<DecisionMoment, 'nowMs'>,
): Decision<'cover-backorders'> {
  const events: LedgerEvent[] = [];
  for (const id of skus.slice(0, COVERED_SKUS_MAX)) {
    const sku = state.skuIds.find(id);
    if (sku !== undefined) events.push(...coverSku(state, sku, nowMs));
    if (events.length >= COVERED_RESERVATIONS_MAX) break;
  }
  return { events: events.slice(0, COVERED_RESERVATIONS_MAX), answer: { covered: events.length } };
}

function coverSku(state: LedgerState, sku: number, nowMs: number): readonly LedgerEvent[] {
  const events: LedgerEvent[] = [];
  /** Steps that this command has covered so far, by network. */
  const taken = new Map<number, number>();
  for (const { id, channel, network, backordered, kind, owner } of waiting(state, sku)) {
    const record = state.territory.channels.get(channel);
    if (!record) continue;
    const { balance, extra } = channelTermsOf(state, sku, record);
    const overlapping = state.territory.overlapping(state.territory.networkOf(record));
    let before = 0;
    for (const [other, steps] of taken) if (overlapping & (1 << other)) before += steps;
    const steps = Math.min(backordered, balance - extra - before);
    if (steps <= 0) continue;
    taken.set(network, (taken.get(network) ?? 0) + steps);
    const covered = { reservation: id, sku: state.skuIds.textOf(sku), steps, kind };
    events.push({ type: 'backorder-covered', atMs: nowMs, ...covered, ...(owner !== undefined && { owner }) });
  }
  return events;
}

function waiting({ backorders, reservations }: LedgerState, sku: number): readonly Reservation[] {
  const found = [...backorders.waitingFor(sku)].flatMap((id) => reservations.get(id) ?? []);
  return found.sort((a, b) => b.priority - a.priority || a.reservedAtMs - b.reservedAtMs || (a.id < b.id ? -1 : 1));
}
