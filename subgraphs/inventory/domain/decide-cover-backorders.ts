import type { Steps } from '../../../kernel/model/quantity.ts';
import { coverableOf } from './availability.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import type { Reservation } from './reservation.ts';
import type { ChannelRecord } from './sales-territory.ts';

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

/** What one command has covered of a channel so far. */
interface Covered {
  readonly channel: ChannelRecord;
  readonly steps: Steps;
  /** Of that, what was not its own quota's, and is gone for everybody. */
  readonly shared: Steps;
}

function coverSku(state: LedgerState, sku: number, nowMs: number): readonly LedgerEvent[] {
  const events: LedgerEvent[] = [];
  const covered = new Map<number, Covered>();
  for (const { id, channel, backordered, kind, owner } of waiting(state, sku)) {
    const record = state.territory.channels.get(channel);
    if (!record) continue;
    const there = coverableOf(state, sku, record);
    const steps = Math.min(backordered, there.steps - coveredBefore(state, record, covered));
    if (steps <= 0) continue;
    const before = covered.get(record.index) ?? { channel: record, steps: 0, shared: 0 };
    const fromQuota = Math.max(0, Math.min(steps, there.dedicated - before.steps));
    const shared = before.shared + steps - fromQuota;
    covered.set(record.index, { channel: record, steps: before.steps + steps, shared });
    const event = { reservation: id, sku: state.skuIds.textOf(sku), steps, kind };
    events.push({ type: 'backorder-covered', atMs: nowMs, ...event, ...(owner !== undefined && { owner }) });
  }
  return events;
}

function coveredBefore(
  { territory }: LedgerState,
  channel: ChannelRecord,
  covered: ReadonlyMap<number, Covered>,
): Steps {
  const overlapping = territory.overlapping(territory.networkOf(channel));
  let sum = 0;
  for (const { channel: other, steps, shared } of covered.values()) {
    if (other.index === channel.index) sum += steps;
    else if (overlapping & (1 << territory.networkOf(other).index)) sum += shared;
  }
  return sum;
}

function waiting({ backorders, reservations }: LedgerState, sku: number): readonly Reservation[] {
  const found = [...backorders.waitingFor(sku)].flatMap((id) => reservations.get(id) ?? []);
  return found.sort((a, b) => b.priority - a.priority || a.reservedAtMs - b.reservedAtMs || (a.id < b.id ? -1 : 1));
}
