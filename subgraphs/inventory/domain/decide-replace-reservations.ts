import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Steps } from '../../../kernel/model/quantity.ts';
import type { ReserveStock } from '../../../schema/commands/inventory.ts';
import { availableBeside, type Beside } from './available-beside.ts';
import { answerOf, claimOf, insufficient, priorityOf, readLines } from './decide-reserve-stock.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import { findSeller } from './find-channel.ts';
import type { LedgerEvent, ReservedLine } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import type { ReadLine } from './read-line.ts';
import { soldAhead } from './ships-at.ts';
import { NONE } from './bucket.ts';
import type { Reservation } from './reservation.ts';
import { TTL_MS_BY_KIND } from './reservation.ts';
import type { ChannelRecord } from './sales-territory.ts';

/**
 * Claims stock in the place of claims that end in the same step, judged as if those were gone: all or nothing. What no stock
 * covers is owed as far as the sell policy allows; where it does not, the old claims stay as they are.
 */
export function decideReplaceReservations(
  state: LedgerState,
  request: ReserveStock,
  moment: DecisionMoment,
): Decision<'reserve-stock'> {
  const seller = findSeller(state, request.channel);
  if (isRefusal(seller)) return seller;
  const priority = priorityOf(request);
  if (isRefusal(priority)) return priority;
  const lines = readLines(state, request);
  if (isRefusal(lines)) return lines;
  if (seller.type !== 'channel' || request.location !== undefined || TTL_MS_BY_KIND[request.kind] !== null) {
    return refuse('BAD_USER_INPUT', 'Only claims on a network that never end take the place of others.', {
      field: 'replaces',
    });
  }
  const replaced = findReplaced(state, request);
  if (isRefusal(replaced)) return replaced;
  const atMs = moment.nowMs;
  const claim = claimedBeside(state, lines, { channel: seller.channel, replaced });
  if (claim.missing.size > 0) return insufficient(state, { request, lines, missing: claim.missing, nowMs: atMs });
  const claimed = request.lines.map(({ lineRef, sku }, index): ReservedLine => {
    const line = { id: moment.nextId(), lineRef, sku, steps: (lines[index] as ReadLine).steps };
    const backordered = claim.owed[index] ?? 0;
    return backordered > 0 ? { ...line, backordered } : line;
  });
  const reserved = soldAhead(state, claimed, { channel: seller.channel.id, nowMs: atMs });
  const sinceMs = Math.min(atMs, ...replaced.map(({ reservedAtMs }) => reservedAtMs));
  const events: LedgerEvent[] = [
    { type: 'stock-reserved', ...claimOf(request, atMs), expiresAtMs: null, priority, sinceMs, lines: reserved },
  ];
  if (replaced.length > 0) {
    events.unshift({ type: 'reservations-cancelled', atMs, reservations: replaced.map(({ id }) => id) });
  }
  return { events, answer: { reservations: reserved.map((line) => answerOf(state, line, null)) } };
}

/** Those that are still active; nobody replaces what is not its own, or of another channel. */
function findReplaced(state: LedgerState, request: ReserveStock): readonly Reservation[] | RefusalValue {
  const found: Reservation[] = [];
  for (const id of new Set(request.replaces)) {
    const reservation = state.reservations.get(id);
    if (reservation?.status !== 'ACTIVE') continue;
    const isOwn = reservation.owner === request.owner && reservation.channel === request.channel;
    if (!isOwn || reservation.location !== NONE || reservation.components) {
      return refuse('BAD_USER_INPUT', `${id} cannot be replaced by this claim.`, {
        field: 'replaces',
        reservation: id,
      });
    }
    found.push(reservation);
  }
  return found;
}

interface Claimed {
  /** The SKUs of which more is asked for than may be sold, with what may be. */
  readonly missing: ReadonlyMap<number, Steps>;
  /** Of each line, what is sold beyond stock. */
  readonly owed: readonly Steps[];
}

function claimedBeside(
  state: LedgerState,
  lines: readonly ReadLine[],
  beside: { readonly channel: ChannelRecord; readonly replaced: readonly Reservation[] },
): Claimed {
  const asked = new Map<number, Steps>();
  for (const { sku, steps } of lines) asked.set(sku, (asked.get(sku) ?? 0) + steps);
  const missing = new Map<number, Steps>();
  const left = new Map<number, Beside>();
  for (const [sku, steps] of asked) {
    const available = availableBeside(state, sku, beside);
    left.set(sku, available);
    // Kits are put together from what is there, which nothing is given up for.
    if (steps > available.sellable || state.skus[sku]?.components) missing.set(sku, available.sellable);
  }
  const owed = lines.map(({ sku, steps }) => {
    const { sellable, fromStock } = left.get(sku) as Beside;
    const covered = Math.min(steps, fromStock);
    left.set(sku, { sellable, fromStock: fromStock - covered });
    return steps - covered;
  });
  return { missing, owed };
}
