import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { ChangeCondition } from '../../../schema/commands/inventory.ts';
import { HUB_SYSTEM } from './decide-record-movement.ts';
import { NOTHING, type Decision, type DecisionMoment } from './decision.ts';
import { kitPartsOf } from './kit-parts.ts';
import type { LedgerEvent, Place } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { MovementDraft } from './movement-draft.ts';
import { readLine } from './read-line.ts';
import { unitsMeant } from './sole-content.ts';
import { trackedPartOf } from './tracked-line.ts';

/** All lines or none. Goods that were sold in the meantime are short afterwards; nothing is clipped. */
export function decideChangeCondition(
  state: LedgerState,
  request: ChangeCondition,
  { nowMs }: DecisionMoment,
): Decision<'change-condition'> {
  const source = { system: HUB_SYSTEM, eventId: request.commandId };
  // Carried out before, by this very command.
  if (request.lines.every(({ lineId }) => state.facts.has(source, lineId))) return { events: [], answer: NOTHING };
  if (!state.locations.get(request.location)) {
    return refuse('UNKNOWN_LOCATION', `No location ${request.location} is registered.`, { location: request.location });
  }
  const movements = new MovementDraft(state);
  for (const line of request.lines) {
    const refusal = moveLine(movements, { state, request, line, nowMs });
    if (refusal) return refusal;
  }
  const lineIds = request.lines.map(({ lineId }) => lineId);
  const moved = { kind: 'CONDITION', atMs: nowMs, occurredAtMs: nowMs, source, document: request.return } as const;
  const events: LedgerEvent[] = [{ type: 'stock-moved', ...moved, lines: movements.lines }];
  const recorded: LedgerEvent = { type: 'fact-recorded', source, lineIds, isWhole: true };
  return { events: [...events, ...movements.shortages(nowMs), recorded], answer: NOTHING };
}

interface Moved {
  readonly state: LedgerState;
  readonly request: ChangeCondition;
  readonly line: ChangeCondition['lines'][number];
  readonly nowMs: number;
}

/** A kit lies on the shelf as its components. */
function moveLine(movements: MovementDraft, { state, request, line, nowMs }: Moved): RefusalValue | undefined {
  const read = readLine(state, line);
  if (isRefusal(read)) return read;
  const location = state.locations.get(request.location)?.index ?? -1;
  const from: Place = { location: request.location, bucket: request.from };
  const to: Place = { location: request.location, bucket: request.to };
  for (const { sku, stepsEach } of kitPartsOf(state, read.sku) ?? [{ sku: read.sku, stepsEach: 1 }]) {
    const steps = read.steps * stepsEach;
    const units = trackedPartOf(state, sku, unitsMeant(state, {}, { sku, location, bucket: request.from, steps }));
    const part = { lineId: line.lineId, sku: state.skuIds.textOf(sku), steps, from, to, ...units };
    const refusal = movements.add({ ...part, reason: 'SYSTEM_RECONCILE' }, nowMs);
    if (refusal) return refusal;
  }
  return undefined;
}
