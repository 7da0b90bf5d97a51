import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { AllocationDraft } from './allocation-draft.ts';
import { decideAllocateStock } from './decide-allocate-stock.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import type { AllocatedLine, LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { readLine } from './read-line.ts';
import type { RequestedTransferLine } from './transfer-event.ts';
import type { BringStock, GiveUpTransfer } from './transfer-request.ts';
import { inTransitOf, openToShip, type Transfer } from './transfer.ts';

type TransferDecision = Decision<'change-transfer'>;

/**
 * Turns the claims of order lines into a transfer that is approved: bound at the location that gives, as an allocation
 * would be, and bound to the lines again where they arrive. All lines or none.
 */
export function bringStock(state: LedgerState, request: BringStock, moment: DecisionMoment): TransferDecision {
  const { transfer, order, channel, from, to } = request;
  if (state.transfers.get(transfer)) return { events: [], answer: { transfer } };
  const refusal = refuseRoute(state, request);
  if (refusal) return refusal;
  const requested: RequestedTransferLine[] = [];
  for (const { orderLine: line, sku, quantity } of request.lines) {
    const read = readLine(state, { sku, quantity });
    if (isRefusal(read)) return read;
    if (state.skus[read.sku]?.components) {
      return refuse('BAD_USER_INPUT', `${sku} is a kit and has no stock of its own that could be moved.`, { sku });
    }
    requested.push({ line, sku, steps: read.steps });
  }
  const { commandId } = request;
  const lines = request.lines.map((line) => ({ ...line, location: from }));
  const allocated = decideAllocateStock(state, { commandId, order: transfer, lines }, moment);
  if (!('answer' in allocated)) return allocated;
  const atMs = moment.nowMs;
  const ends = { from, to, expectedAtMs: null, order: { id: order, channel } };
  return {
    events: [
      { type: 'transfer-requested', atMs, transfer, ...ends, lines: requested },
      ...allocated.events,
      { type: 'transfer-approved', atMs, transfer },
    ],
    answer: { transfer },
  };
}

function refuseRoute({ locations }: LedgerState, { from, to }: BringStock): RefusalValue | undefined {
  if (from === to) return refuse('BAD_USER_INPUT', 'A transfer goes from one location to another.', { field: 'to' });
  const unknown = [from, to].find((location) => !locations.has(location));
  if (unknown === undefined) return undefined;
  return refuse('UNKNOWN_LOCATION', `No location ${unknown} is registered.`, { location: unknown });
}

/**
 * The order does not want these units any more, those first that have not left: they stay where they are, and their claim
 * is given back. What is on its way arrives as stock of the location. More than is wanted is no harm.
 */
export function giveUpTransfer(
  state: LedgerState,
  { transfer, request }: { readonly transfer: Transfer; readonly request: GiveUpTransfer },
  { nowMs: atMs }: DecisionMoment,
): TransferDecision {
  const allocations = new AllocationDraft(state);
  const answer = { transfer: transfer.id };
  const given: (RequestedTransferLine & { readonly unasked: number })[] = [];
  const freed: AllocatedLine[] = [];
  for (const { orderLine, ...about } of request.lines) {
    const line = transfer.lines.find((each) => each.line === orderLine);
    const read = readLine(state, about);
    if (isRefusal(read)) return read;
    const before = given.filter((each) => each.line === orderLine);
    const steps = Math.min(read.steps, (line?.wanted ?? 0) - sumOf(before, 'steps'));
    if (!line || steps <= 0) continue;
    const unasked = Math.min(steps, openToShip(transfer, line) - sumOf(before, 'unasked'));
    given.push({ line: orderLine, sku: state.skuIds.textOf(line.sku), steps, unasked });
    const work = { order: transfer.id, orderLine, sku: line.sku, location: transfer.from };
    const taken = unasked > 0 ? allocations.take(work, unasked) : undefined;
    if (taken) freed.push(taken);
  }
  if (given.length === 0) return { events: [], answer };
  const events: LedgerEvent[] = freed.length > 0 ? [{ type: 'stock-deallocated', atMs, lines: freed }] : [];
  events.push({ type: 'transfer-given-up', atMs, transfer: transfer.id, lines: given });
  if (isOver(transfer, given)) events.push({ type: 'transfer-cancelled', atMs, transfer: transfer.id });
  return { events, answer };
}

type Given = RequestedTransferLine & { readonly unasked: number };

const sumOf = (given: readonly Given[], of: 'steps' | 'unasked'): number =>
  given.reduce((sum, each) => sum + each[of], 0);

/** Nothing has left, and nothing will. */
function isOver(transfer: Transfer, given: readonly Given[]): boolean {
  return transfer.lines.every((line) => {
    const ofLine = given.filter((each) => each.line === line.line);
    return inTransitOf(line) === 0 && openToShip(transfer, line) === sumOf(ofLine, 'unasked');
  });
}
