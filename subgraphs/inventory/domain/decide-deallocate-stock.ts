import { isRefusal } from '../../../kernel/model/errors.ts';
import type { DeallocateStock } from '../../../schema/commands/inventory.ts';
import { AllocationDraft } from './allocation-draft.ts';
import { answerOf } from './decide-reserve-stock.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import { findSeller } from './find-channel.ts';
import type { AllocatedLine, LedgerEvent, ReservedLine } from './ledger-event.ts';
import { kitLinesOf, kitPartsOf } from './kit-parts.ts';
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
  const returned: Omit<ReservedLine, 'id'>[] = [];
  for (const line of request.lines) {
    const read = readLine(state, line);
    if (isRefusal(read)) return read;
    const location = state.locationIds.find(line.location);
    if (location === undefined) continue;
    const parts = kitPartsOf(state, read.sku);
    const open = (parts ?? [{ sku: read.sku, stepsEach: 1 }]).map(({ sku, stepsEach }) => {
      const work = { order: request.order, orderLine: line.orderLine, sku, location };
      return { taken: allocations.take(work, read.steps * stepsEach), stepsEach };
    });
    taken.push(...open.flatMap((part) => part.taken ?? []));
    // Of a kit only whole ones come back as a claim.
    const steps = Math.min(...open.map((part) => Math.floor((part.taken?.steps ?? 0) / part.stepsEach)));
    const components = parts && kitLinesOf(state, read.sku);
    if (steps > 0) returned.push({ lineRef: line.orderLine, sku: line.sku, steps, ...(components && { components }) });
  }
  const isReserving = request.afterwards === 'RESERVE' && seller.type === 'channel';
  const reserved = (isReserving ? returned : []).map((line) => ({ id: moment.nextId(), ...line }));
  const atMs = moment.nowMs;
  const events: LedgerEvent[] = taken.length > 0 ? [{ type: 'stock-deallocated', atMs, lines: taken }] : [];
  if (reserved.length > 0) {
    const claim = { kind: 'ORDER', channel: request.channel, owner: request.order, expiresAtMs: null } as const;
    events.push({ type: 'stock-reserved', atMs, ...claim, lines: reserved });
  }
  return { events, answer: { reservations: reserved.map((line) => answerOf(state, line, null)) } };
}
