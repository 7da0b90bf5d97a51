import { isRefusal } from '../../../kernel/model/errors.ts';
import type { DeallocateStock } from '../../../schema/commands/inventory.ts';
import { AllocationDraft } from './allocation-draft.ts';
import { answerOf } from './decide-reserve-stock.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import { findSeller } from './find-channel.ts';
import type { AllocatedLine, LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { readLine } from './read-line.ts';

/**
 * Takes back what is still allocated, which may be less than asked, because a shipment may have come first. A store's own
 * channel has no network whose demand the units could become, so there nothing is reserved.
 */
export function decideDeallocateStock(
  state: LedgerState,
  request: DeallocateStock,
  moment: DecisionMoment,
): Decision<'deallocate-stock'> {
  const seller = findSeller(state, request.channel);
  if (isRefusal(seller)) return seller;
  const allocations = new AllocationDraft(state);
  const taken: AllocatedLine[] = [];
  for (const line of request.lines) {
    const read = readLine(state, line);
    if (isRefusal(read)) return read;
    const location = state.locationIds.find(line.location);
    if (location === undefined) continue;
    const work = { order: request.order, orderLine: line.orderLine, sku: read.sku, location };
    const open = allocations.take(work, read.steps);
    if (open) taken.push(open);
  }
  const isReserving = request.afterwards === 'RESERVE' && seller.type === 'channel';
  const reserved = (isReserving ? taken : []).map(({ orderLine, sku, steps }) => {
    return { id: moment.nextId(), lineRef: orderLine, sku, steps };
  });
  const atMs = moment.nowMs;
  const events: LedgerEvent[] = taken.length > 0 ? [{ type: 'stock-deallocated', atMs, lines: taken }] : [];
  if (reserved.length > 0) {
    const claim = { kind: 'ORDER', channel: request.channel, owner: request.order, expiresAtMs: null } as const;
    events.push({ type: 'stock-reserved', atMs, ...claim, lines: reserved });
  }
  return { events, answer: { reservations: reserved.map((line) => answerOf(state, line, null)) } };
}
