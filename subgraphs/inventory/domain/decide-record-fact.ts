import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { STEPS_MAX } from '../../../kernel/model/quantity.ts';
import { AllocationDraft } from './allocation-draft.ts';
import { BUCKETS } from './bucket.ts';
import { countLine, type CountEvent } from './count-line.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import { EvidenceDraft, isEvidence } from './evidence-draft.ts';
import { exceptionEvents } from './exception-events.ts';
import { findingsOf } from './fact-exceptions.ts';
import { FACT_MOVEMENTS, type FactMovement } from './fact-movement.ts';
import { hearFeed } from './hear-feed.ts';
import { HeldFigures } from './held-figures.ts';
import { componentLines } from './component-lines.ts';
import type { ParkedLine } from './ledger-command.ts';
import type { AllocatedLine, LedgerEvent, MovementKind } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { MovementDraft } from './movement-draft.ts';
import { numberEvents } from './numbered-fact.ts';
import { readLine, type QuantitySign, type ReadLine } from './read-line.ts';
import { documentOf, factLinesOf, type FactLine, type StockFact } from './stock-fact.ts';
import { isSupplyFact, SupplyDraft } from './supply-draft.ts';
import { TrackedCount } from './tracked-count.ts';
import { trackedPartOf } from './tracked-line.ts';
import { foundMovement, isTransferFact, TransferDraft } from './transfer-draft.ts';

type FactDecision = Extract<Decision<'record-fact'>, { readonly answer: unknown }>;

/** Signs of quantities that are no movement. */
const SIGNS: Readonly<Partial<Record<StockFact['type'], QuantitySign>>> = {
  'stock-counted': 'zero-or-more',
  'balance-reported': 'any',
  'supply-announced': 'zero-or-more',
  'supply-changed': 'zero-or-more',
  'supply-cancelled': 'zero-or-more',
};

const signOf = (type: StockFact['type']): QuantitySign => FACT_MOVEMENTS[type]?.sign ?? SIGNS[type] ?? 'positive';

/** A fact that is being decided, line by line. */
interface FactDraft {
  readonly state: LedgerState;
  readonly fact: StockFact;
  readonly moment: DecisionMoment;
  readonly location: number;
  readonly movements: MovementDraft;
  readonly allocations: AllocationDraft;
  readonly shipped: AllocatedLine[];
  readonly picked: AllocatedLine[];
  readonly counts: CountEvent[];
  readonly trackedCount: TrackedCount;
  readonly evidence: EvidenceDraft;
  readonly transfer: TransferDraft | undefined;
  readonly supply: SupplyDraft | undefined;
}

/**
 * Applies the lines of a fact that were not applied before. A line whose SKU or location is not registered, or that
 * cannot be read, waits outside without holding up the others.
 */
export function decideRecordFact(state: LedgerState, fact: StockFact, moment: DecisionMoment): FactDecision {
  const numbered = numberEvents(state, fact, moment);
  const { events, answer } = decideLines(state, fact, moment);
  return { events: [...events, ...numbered], answer };
}

function decideLines(state: LedgerState, fact: StockFact, moment: DecisionMoment): FactDecision {
  if (state.facts.contradicts(fact.source, fact.payloadHash)) return decideConflict(state, fact, moment);
  const lines = factLinesOf(fact);
  const fresh = lines.filter(({ lineId }) => !state.facts.has(fact.source, lineId));
  const repeatedLines = lines.length - fresh.length;
  const location = state.locations.get(fact.data.location);
  if (!location) {
    const refusal = refuse('UNKNOWN_LOCATION', `No location ${fact.data.location} is registered.`);
    return { events: [], answer: { appliedLines: 0, repeatedLines, parked: fresh.map((line) => park(line, refusal)) } };
  }
  const destination = fact.type === 'transfer-shipped' ? fact.data.to : location.id;
  if (!state.locations.has(destination)) {
    const refusal = refuse('UNKNOWN_LOCATION', `No location ${destination} is registered.`);
    const parked = fresh.map((line) => ({ ...park(line, refusal), location: destination }));
    return { events: [], answer: { appliedLines: 0, repeatedLines, parked } };
  }
  const draft = openDraft(state, { fact, moment, location: location.index });
  const parked: ParkedLine[] = [];
  const lineIds: string[] = [];
  const held = new HeldFigures(state, fact, { lines: fresh, sign: signOf(fact.type) });
  for (const line of fresh) {
    const refusal = held.refusalOf(line) ?? applyParts(draft, line);
    if (refusal) parked.push(park(line, refusal));
    else lineIds.push(line.lineId);
  }
  const answer = { appliedLines: lineIds.length, repeatedLines, parked };
  const { source, occurredAtMs } = fact;
  const sign = { location: location.index, system: source.system, occurredAtMs };
  const heard = fresh.length === 0 ? [] : hearFeed(state, sign, moment.nowMs);
  if (lineIds.length === 0) return { events: heard, answer };
  const isWhole = parked.length === 0 && !fact.isPart;
  const { payloadHash } = fact;
  const told = { source, lineIds, isWhole, ...(payloadHash !== undefined && { payloadHash }) };
  const recorded: LedgerEvent = { type: 'fact-recorded', ...told };
  return { events: [...eventsOf(draft), recorded, ...heard], answer };
}

/** The same id with other content: one of the two is wrong, and only a person can say which. Told once. */
function decideConflict(state: LedgerState, fact: StockFact, { nowMs }: DecisionMoment): FactDecision {
  const { source, payloadHash = '', type, data } = fact;
  const answer = { appliedLines: 0, repeatedLines: 0, parked: [], isConflict: true };
  if (state.facts.hasConflict(source, payloadHash)) return { events: [], answer };
  const { location } = data;
  return { events: [{ type: 'fact-conflicted', atMs: nowMs, source, fact: type, location, payloadHash }], answer };
}

function park({ lineId, sku }: FactLine, { code, message, details }: RefusalValue): ParkedLine {
  const missing = code === 'UNKNOWN_SKU' && details['sku'] !== sku ? { sku: String(details['sku']) } : {};
  return { lineId, code, message, ...missing };
}

/** A line of a kit stands for its components, all of them or none. */
function applyParts(draft: FactDraft, line: FactLine): RefusalValue | undefined {
  const lines = componentLines(draft.state, draft.fact, line);
  if (isRefusal(lines)) return lines;
  const isOver = lines.length > 1 && lines.some((part) => isBeyondLimit(draft, part));
  if (isOver) {
    return refuse('LIMIT_EXCEEDED', `A component of ${line.sku} is beyond its limit.`, {
      sku: line.sku,
      stepsMax: STEPS_MAX,
    });
  }
  for (const part of lines) {
    const refusal = applyLine(draft, part);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Asked before any component is moved, so that none is moved when another cannot be. */
function isBeyondLimit({ state, location, movements }: FactDraft, part: FactLine): boolean {
  const read = readLine(state, part, 'any');
  if (isRefusal(read)) return false;
  const { sku, steps } = read;
  return BUCKETS.some((of) => [steps, -steps].some((sign) => !movements.positions.fits({ sku, location, of }, sign)));
}

function openDraft(state: LedgerState, opened: Pick<FactDraft, 'fact' | 'moment' | 'location'>): FactDraft {
  const movements = new MovementDraft(state);
  const allocations = new AllocationDraft(state);
  const { fact } = opened;
  const evidence = new EvidenceDraft(state, fact);
  const transfer = isTransferFact(fact) ? new TransferDraft(state, fact) : undefined;
  const supply = isSupplyFact(fact) ? new SupplyDraft(fact) : undefined;
  const trackedCount = new TrackedCount(state);
  const told = { shipped: [], picked: [], counts: [], trackedCount, evidence, transfer, supply };
  return { ...opened, state, movements, allocations, ...told };
}

function applyLine(draft: FactDraft, line: FactLine): RefusalValue | undefined {
  const { state, fact } = draft;
  const movement = FACT_MOVEMENTS[fact.type];
  const read = readLine(state, line, signOf(fact.type));
  if (isRefusal(read)) return read;
  if (isEvidence(fact)) {
    draft.evidence.add(line, read);
    return undefined;
  }
  if (fact.type === 'stock-counted') {
    const countedBefore = draft.counts.findLast((count) => count.sku === line.sku)?.counted ?? 0;
    const { nowMs } = draft.moment;
    const counted = countLine(draft.movements, { state, fact, line, read, nowMs, countedBefore });
    if (isRefusal(counted)) return counted;
    draft.counts.push(counted);
    draft.trackedCount.add(line, read, counted);
    return undefined;
  }
  draft.supply?.add(line, read);
  const refusal = movement && moveLine(draft, movement, { line, read });
  if (!refusal) {
    claimLine(draft, line, read);
    draft.evidence.receive(line, read);
  }
  return refusal;
}

function moveLine(
  { state, fact, movements, allocations, location, transfer }: FactDraft,
  movement: FactMovement,
  { line, read }: { readonly line: FactLine; readonly read: ReadLine },
): RefusalValue | undefined {
  if (read.steps === 0) return undefined;
  const { lineId, sku } = line;
  const route = movement.route(fact.data.location, read.steps, line);
  const told = line.unit === undefined ? {} : { told: { quantity: line.quantity, unit: line.unit } };
  const units = { ...told, ...trackedPartOf(state, read.sku, line) };
  const moved = { lineId, sku, steps: Math.abs(read.steps), ...route, reason: movement.reason(line), ...units };
  const refusal = movements.add(moved, fact.occurredAtMs);
  if (refusal || !transfer) return refusal;
  const { found, bound } = transfer.apply(line, read);
  movements.positions.add({ sku: read.sku, location, of: 'allocated' }, bound);
  if (found > 0) movements.add(foundMovement(line, found), fact.occurredAtMs);
  const retired = fact.type === 'transfer-shipped' ? transfer.retire(allocations, read.sku, read.steps) : 0;
  movements.positions.add({ sku: read.sku, location, of: 'allocated' }, -retired);
  return undefined;
}

/** What the fact means for the allocation of its order line. */
function claimLine(draft: FactDraft, { orderLine }: FactLine, { sku, steps }: ReadLine): void {
  const { fact, allocations, location } = draft;
  if (orderLine === undefined || !('order' in fact.data)) return;
  const work = { order: fact.data.order, orderLine, sku, location };
  if (fact.type === 'pick-recorded') {
    const picked = allocations.pick(work, steps);
    if (picked) draft.picked.push(picked);
    return;
  }
  // What was not found is deallocated by the command of the short pick, which orders knows too.
  const shipped = fact.type === 'shipment-recorded' ? allocations.take(work, steps) : undefined;
  if (!shipped) return;
  draft.movements.positions.add({ sku, location, of: 'allocated' }, -shipped.steps);
  draft.shipped.push(shipped);
}

function eventsOf(draft: FactDraft): readonly LedgerEvent[] {
  const { state, fact, moment, movements, shipped, picked, counts, evidence } = draft;
  const atMs = moment.nowMs;
  const events: LedgerEvent[] = [];
  if (movements.lines.length > 0) events.push(movedEvent(draft));
  if (shipped.length > 0) events.push({ type: 'allocations-shipped', atMs, lines: shipped });
  if (picked.length > 0) events.push({ type: 'stock-picked', atMs, lines: picked });
  if (draft.transfer) events.push(...draft.transfer.events(draft.allocations, moment));
  if (draft.supply) events.push(...draft.supply.events(atMs));
  const kept = evidence.events(atMs);
  const findings = findingsOf({ state, fact }, { counts, evidence, events: kept });
  events.push(...counts, ...draft.trackedCount.events());
  return [...events, ...kept, ...movements.shortages(atMs), ...exceptionEvents(state, findings, moment)];
}

function movedEvent({ state, fact, moment, movements }: FactDraft): LedgerEvent {
  const document = documentOf(fact);
  const kind: MovementKind = FACT_MOVEMENTS[fact.type]?.kind ?? 'COUNT';
  const { source, correlationId } = fact;
  const occurredAtMs = fact.type === 'stock-counted' ? Math.min(fact.occurredAtMs, moment.nowMs) : fact.occurredAtMs;
  const lines = movements.lines;
  return {
    type: 'stock-moved',
    kind,
    atMs: moment.nowMs,
    occurredAtMs,
    source,
    ...(correlationId !== undefined && { correlationId }),
    ...(document !== undefined && { document }),
    ...soldBy(state, fact),
    lines,
  };
}

/** A store that sells for itself is no channel of the territory. */
function soldBy({ territory }: LedgerState, { type, data }: StockFact): { readonly channel?: string } {
  const isSale = type === 'store-sale-recorded' || type === 'web-sale-recorded';
  const channel = isSale && 'channel' in data ? data.channel : undefined;
  return channel !== undefined && territory.channels.has(channel) ? { channel } : {};
}
