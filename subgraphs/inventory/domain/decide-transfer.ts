import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { AllocationDraft } from './allocation-draft.ts';
import { NONE } from './bucket.ts';
import { HUB_SYSTEM } from './decide-record-movement.ts';
import { decideRecordFact } from './decide-record-fact.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { TrackingObjection } from './object-to-tracking.ts';
import type { LocationRecord } from './location-record.ts';
import { PositionDraft } from './position-draft.ts';
import { readLine } from './read-line.ts';
import { bindableWithoutHarm } from './servable-demand.ts';
import { bringStock, giveUpTransfer } from './decide-order-transfer.ts';
import { claimsOf } from './transfer-draft.ts';
import type { MoveTransfer, RequestTransfer, TransferRequest } from './transfer-request.ts';
import { inTransitOf, openToShip, statusOf, type Transfer, type TransferStatus } from './transfer.ts';

type TransferDecision = Decision<'change-transfer'>;

/** The life of a transfer as far as the hub decides it. */
export function decideTransfer(state: LedgerState, request: TransferRequest, moment: DecisionMoment): TransferDecision {
  if (request.action === 'REQUEST') return requestTransfer(state, request, moment);
  if (request.action === 'BRING') return bringStock(state, request, moment);
  const transfer = state.transfers.get(request.transfer);
  if (!transfer) {
    return refuse('UNKNOWN_TRANSFER', `No transfer ${request.transfer} is known.`, { transfer: request.transfer });
  }
  switch (request.action) {
    case 'GIVE_UP':
      return giveUpTransfer(state, { transfer, request }, moment);
    case 'APPROVE':
      return approveTransfer(state, transfer, moment);
    case 'STAGE':
      return stageTransfer(state, transfer, moment);
    case 'CANCEL':
      return cancelTransfer(state, transfer, moment);
    case 'SHIP':
    case 'RECEIVE':
    case 'LOSE':
      return moveTransfer(state, { transfer, request }, moment);
  }
}

function requestTransfer(state: LedgerState, request: RequestTransfer, moment: DecisionMoment): TransferDecision {
  const from = findPlace(state, request.from);
  const to = findPlace(state, request.to);
  if (isRefusal(from)) return from;
  if (isRefusal(to)) return to;
  if (from.index === to.index) {
    return refuse('BAD_USER_INPUT', 'A transfer goes from one location to another.', { field: 'to' });
  }
  const lines: { line: string; sku: string; steps: number }[] = [];
  for (const [index, line] of request.lines.entries()) {
    const read = readLine(state, line);
    if (isRefusal(read)) return read;
    if (state.skus[read.sku]?.components) {
      const message = `${line.sku} is a kit and has no stock of its own; its components can be moved.`;
      return refuse('BAD_USER_INPUT', message, { sku: line.sku });
    }
    lines.push({ line: String(index), sku: line.sku, steps: read.steps });
  }
  const transfer = moment.nextId();
  const ends = { from: from.id, to: to.id };
  const expectedAtMs = request.expectedAt === undefined ? null : Date.parse(request.expectedAt);
  return {
    events: [{ type: 'transfer-requested', atMs: moment.nowMs, transfer, ...ends, expectedAtMs, lines }],
    answer: { transfer },
  };
}

/** Claims all of it at the source, or refuses: what other demand needs stays where it is. */
function approveTransfer(state: LedgerState, transfer: Transfer, moment: DecisionMoment): TransferDecision {
  const illegal = expectStatus(transfer, ['DRAFT']);
  if (illegal) return illegal;
  const missing = findMissing(state, transfer);
  if (missing.length > 0) {
    const message = `${state.locationIds.textOf(transfer.from)} cannot give that much.`;
    return refuse('INSUFFICIENT_STOCK', message, { transfer: transfer.id, lines: missing });
  }
  const atMs = moment.nowMs;
  const location = state.locationIds.textOf(transfer.from);
  const claimed = transfer.lines.map(({ line, sku, asked: steps }) => {
    return { id: moment.nextId(), lineRef: line, sku: state.skuIds.textOf(sku), steps };
  });
  const allocated = claimed.map(({ id: reservation, lineRef: orderLine, sku, steps }) => {
    return { order: transfer.id, orderLine, reservation, sku, location, steps };
  });
  const claim = { kind: 'TRANSFER', channel: '', location, owner: transfer.id, expiresAtMs: null } as const;
  return {
    events: [
      { type: 'stock-reserved', atMs, ...claim, lines: claimed },
      { type: 'stock-allocated', atMs, lines: allocated },
      { type: 'transfer-approved', atMs, transfer: transfer.id },
    ],
    answer: { transfer: transfer.id },
  };
}

function findMissing(state: LedgerState, transfer: Transfer): readonly object[] {
  const draft = new PositionDraft(state);
  const asked = new Map<number, number>();
  for (const line of transfer.lines) asked.set(line.sku, (asked.get(line.sku) ?? 0) + line.asked);
  const missing: object[] = [];
  for (const [sku, steps] of asked) {
    const harmless = bindableWithoutHarm(state, { sku, location: transfer.from, fromNetwork: NONE });
    const available = Math.max(0, Math.min(draft.free(sku, transfer.from), harmless));
    if (steps <= available) continue;
    const text = (count: number): string => formatQuantity(count, state.skus[sku]?.decimals ?? 0);
    missing.push({ sku: state.skuIds.textOf(sku), asked: text(steps), available: text(available) });
  }
  return missing;
}

/** All of it is picked and stands ready to leave. */
function stageTransfer(state: LedgerState, transfer: Transfer, { nowMs: atMs }: DecisionMoment): TransferDecision {
  const illegal = expectStatus(transfer, ['APPROVED']);
  if (illegal) return illegal;
  const allocations = new AllocationDraft(state);
  const picked = transfer.lines.flatMap(({ line, sku, asked }) => {
    const work = { order: transfer.id, orderLine: line, sku, location: transfer.from };
    return allocations.pick(work, asked) ?? [];
  });
  const events: LedgerEvent[] = picked.length > 0 ? [{ type: 'stock-picked', atMs, lines: picked }] : [];
  events.push({ type: 'transfer-staged', atMs, transfer: transfer.id });
  return { events, answer: { transfer: transfer.id } };
}

/** Gives the claim back on what has not left; what is on its way goes on. */
function cancelTransfer(state: LedgerState, transfer: Transfer, { nowMs: atMs }: DecisionMoment): TransferDecision {
  const isOpen = transfer.phase !== 'CANCELLED' && transfer.lines.some((line) => openToShip(transfer, line) > 0);
  if (!isOpen) {
    const status = statusOf(transfer);
    return refuse('ILLEGAL_TRANSITION', 'Nothing of the transfer is still to leave.', {
      transfer: transfer.id,
      status,
    });
  }
  const lines = claimsOf(state, transfer, new AllocationDraft(state));
  const events: LedgerEvent[] = lines.length > 0 ? [{ type: 'stock-deallocated', atMs, lines }] : [];
  events.push({ type: 'transfer-cancelled', atMs, transfer: transfer.id });
  return { events, answer: { transfer: transfer.id } };
}

/**
 * A movement that a person tells. Other than a fact it must fit what was decided before: no more leaves than was
 * approved and is there, and no more is lost than is on its way. More may arrive than was sent: that is how it is found.
 */
function moveTransfer(
  state: LedgerState,
  { transfer, request }: { readonly transfer: Transfer; readonly request: MoveTransfer },
  moment: DecisionMoment,
): TransferDecision {
  const source = { system: HUB_SYSTEM, eventId: request.commandId };
  // Carried out before, by this very command.
  if (state.facts.has(source, '0')) return { events: [], answer: { transfer: transfer.id } };
  const refusal = findObjection(state, transfer, request);
  if (refusal) return refusal;
  const decided = decideRecordFact(state, factOf(state, { transfer, request }), moment);
  if (!('answer' in decided)) return decided;
  const [parked] = decided.answer.parked;
  if (parked) return refuse(parked.code, parked.message, { line: parked.lineId });
  return { events: decided.events, answer: { transfer: transfer.id } };
}

function factOf(
  state: LedgerState,
  { transfer, request }: { readonly transfer: Transfer; readonly request: MoveTransfer },
): Parameters<typeof decideRecordFact>[1] {
  const source = { system: HUB_SYSTEM, eventId: request.commandId };
  const told = { source, occurredAtMs: Date.parse(request.occurredAt) };
  const lines = request.lines.map(({ serials, ...line }, index) => {
    return { lineId: String(index), ...line, ...(serials && { serials: [...serials] }) };
  });
  const placed = (location: number) => ({ transfer: transfer.id, location: state.locationIds.textOf(location), lines });
  if (request.action === 'RECEIVE') return { ...told, type: 'transfer-received', data: placed(transfer.to) };
  if (request.action === 'LOSE') return { ...told, type: 'transfer-lost', data: placed(transfer.to) };
  const { expectedAt, isFinal } = request;
  const more = { ...(expectedAt !== undefined && { expectedAt }), ...(isFinal !== undefined && { isFinal }) };
  const to = state.locationIds.textOf(transfer.to);
  return { ...told, type: 'transfer-shipped', data: { ...placed(transfer.from), to, ...more } };
}

const MOVABLE: Readonly<Record<MoveTransfer['action'], readonly TransferStatus[]>> = {
  SHIP: ['APPROVED', 'READY', 'IN_TRANSIT', 'PARTIALLY_RECEIVED'],
  RECEIVE: ['IN_TRANSIT', 'PARTIALLY_RECEIVED'],
  LOSE: ['IN_TRANSIT', 'PARTIALLY_RECEIVED'],
};

function findObjection(state: LedgerState, transfer: Transfer, request: MoveTransfer): RefusalValue | undefined {
  const illegal = expectStatus(transfer, MOVABLE[request.action]);
  if (illegal) return illegal;
  const asked = new Map<number, number>();
  const tracking = new TrackingObjection(state);
  const from = { location: transfer.from, bucket: 'SELLABLE' } as const;
  for (const [index, line] of request.lines.entries()) {
    const read = readLine(state, line);
    if (isRefusal(read)) return read;
    const move = { ...line, ...read, line: String(index), ...(request.action === 'SHIP' && { from }) };
    const untold = request.action === 'LOSE' ? undefined : tracking.find(move);
    if (untold) return untold;
    asked.set(read.sku, (asked.get(read.sku) ?? 0) + read.steps);
  }
  for (const [sku, steps] of request.action === 'RECEIVE' ? [] : asked) {
    const allowed = request.action === 'SHIP' ? shippable(state, transfer, sku) : onTheWay(transfer, sku);
    if (steps <= allowed) continue;
    const text = (count: number): string => formatQuantity(count, state.skus[sku]?.decimals ?? 0);
    const line = { sku: state.skuIds.textOf(sku), asked: text(steps), available: text(allowed) };
    const message = request.action === 'SHIP' ? 'Less can leave.' : 'Less is on its way.';
    return refuse('INSUFFICIENT_STOCK', message, { transfer: transfer.id, lines: [line] });
  }
  return undefined;
}

function shippable(state: LedgerState, transfer: Transfer, sku: number): number {
  const open = transfer.lines.reduce((sum, line) => (line.sku === sku ? sum + openToShip(transfer, line) : sum), 0);
  const lying = new PositionDraft(state).get({ sku, location: transfer.from, of: 'SELLABLE' });
  return Math.max(0, Math.min(open, lying));
}

function onTheWay({ lines }: Transfer, sku: number): number {
  return lines.reduce((sum, line) => (line.sku === sku ? sum + Math.max(0, inTransitOf(line)) : sum), 0);
}

function expectStatus(transfer: Transfer, expected: readonly TransferStatus[]): RefusalValue | undefined {
  const status = statusOf(transfer);
  if (expected.includes(status)) return undefined;
  const message = `The transfer is ${status}; this needs ${expected.join(' or ')}.`;
  return refuse('ILLEGAL_TRANSITION', message, { transfer: transfer.id, status, expected });
}

function findPlace(state: LedgerState, id: string): LocationRecord | RefusalValue {
  return state.locations.get(id) ?? refuse('UNKNOWN_LOCATION', `No location ${id} is registered.`, { location: id });
}
