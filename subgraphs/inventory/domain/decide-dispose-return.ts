import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import type { DisposeReturn } from '../../../schema/commands/inventory.ts';
import type { Disposition } from '../../../schema/events/fields.ts';
import { HUB_SYSTEM } from './decide-record-movement.ts';
import { NOTHING, type Decision, type DecisionMoment } from './decision.ts';
import type { LedgerEvent, Place } from './ledger-event.ts';
import { kitPartsOf } from './kit-parts.ts';
import type { LedgerState } from './ledger-state.ts';
import { MovementDraft } from './movement-draft.ts';
import { readLine, type ReadLine } from './read-line.ts';
import { unitsMeant } from './sole-content.ts';
import { trackedPartOf } from './tracked-line.ts';

const SHRINK: Place = { virtual: 'SHRINK' };

/** Where a disposition takes the goods; what the customer keeps never came. */
const DESTINATIONS: Readonly<Record<Disposition, ((location: string) => Place) | undefined>> = {
  RESTOCK: (location) => ({ location, bucket: 'SELLABLE' }),
  REFURBISH: (location) => ({ location, bucket: 'QC_HOLD' }),
  DAMAGED: (location) => ({ location, bucket: 'DAMAGED' }),
  RETURN_TO_VENDOR: (location) => ({ location, bucket: 'QUARANTINE' }),
  LIQUIDATE: () => SHRINK,
  DONATE: () => SHRINK,
  DESTROY: () => SHRINK,
  MISSING: () => SHRINK,
  KEEP_IT: undefined,
};

/** Moves goods out of RETURN_PENDING, all lines or none, and never more than was received. */
export function decideDisposeReturn(
  state: LedgerState,
  request: DisposeReturn,
  { nowMs }: DecisionMoment,
): Decision<'dispose-return'> {
  const source = { system: HUB_SYSTEM, eventId: request.commandId };
  if (isDisposed(state, request)) return { events: [], answer: NOTHING };
  const location = state.locations.get(request.location);
  if (!location) {
    return refuse('UNKNOWN_LOCATION', `No location ${request.location} is registered.`, { location: request.location });
  }
  const movements = new MovementDraft(state);
  for (const line of request.lines.flatMap((each) => withComponents(state, each))) {
    const refusal = disposeLine(movements, { state, line, location: location.index, request, nowMs });
    if (refusal) return refusal;
  }
  const lineIds = request.lines.map(({ returnLine }) => returnLine);
  const recorded: LedgerEvent = { type: 'fact-recorded', source, lineIds, isWhole: true };
  if (movements.lines.length === 0) return { events: [recorded], answer: NOTHING };
  const moved = { kind: 'DISPOSE', atMs: nowMs, occurredAtMs: nowMs, source, document: request.return } as const;
  const events: LedgerEvent[] = [{ type: 'stock-moved', ...moved, lines: movements.lines }];
  return { events: [...events, ...movements.shortages(nowMs), recorded], answer: NOTHING };
}

/** True when this very command was carried out before. */
function isDisposed(state: LedgerState, { commandId, lines }: DisposeReturn): boolean {
  const source = { system: HUB_SYSTEM, eventId: commandId };
  return lines.every(({ returnLine }) => state.facts.has(source, returnLine));
}

/** A kit came back as its components. */
function withComponents(state: LedgerState, line: DisposeReturn['lines'][number]): readonly (typeof line)[] {
  const read = readLine(state, line);
  const parts = isRefusal(read) ? undefined : kitPartsOf(state, read.sku);
  if (isRefusal(read) || !parts) return [line];
  return parts.map(({ sku, stepsEach }) => {
    const quantity = formatQuantity(read.steps * stepsEach, state.skus[sku]?.decimals ?? 0);
    // Whoever names a kit does not say which of its components a lot or a serial belongs to.
    const { unit: _unit, lot: _lot, expiresOn: _expiresOn, serials: _serials, ...rest } = line;
    return { ...rest, sku: state.skuIds.textOf(sku), quantity };
  });
}

interface Disposed {
  readonly state: LedgerState;
  readonly line: DisposeReturn['lines'][number];
  readonly location: number;
  readonly request: DisposeReturn;
  readonly nowMs: number;
}

function disposeLine(movements: MovementDraft, disposed: Disposed): RefusalValue | undefined {
  const { state, line, location, request, nowMs } = disposed;
  const read = readLine(state, line);
  if (isRefusal(read)) return read;
  const taken = takeBack(movements, disposed, read);
  if (taken) return taken;
  const destination = DESTINATIONS[line.disposition];
  if (!destination) return undefined;
  const pending = movements.positions.get({ sku: read.sku, location, of: 'RETURN_PENDING' });
  if (pending < read.steps) {
    const held = formatQuantity(pending, state.skus[read.sku]?.decimals ?? 0);
    const details = { sku: line.sku, location: request.location, returnPending: held, returnLine: line.returnLine };
    return refuse('ILLEGAL_TRANSITION', 'Less is waiting for a disposition there.', details);
  }
  const from: Place = { location: request.location, bucket: 'RETURN_PENDING' };
  const to = destination(request.location);
  const { returnLine: lineId, sku, disposition: reason } = line;
  const meant = unitsMeant(state, line, { ...read, location, bucket: 'RETURN_PENDING' });
  const units = trackedPartOf(state, read.sku, meant);
  return movements.add({ lineId, sku, steps: read.steps, from, to, reason, ...units }, nowMs);
}

/** A revision moves the goods back before they go on; what was sold meanwhile is then short, and nothing is clipped. */
function takeBack(
  movements: MovementDraft,
  { state, line, request, nowMs }: Disposed,
  { sku: index, steps }: ReadLine,
): RefusalValue | undefined {
  const { returnLine: lineId, sku, revises: reason } = line;
  const from = reason && DESTINATIONS[reason]?.(request.location);
  if (!reason || !from) return undefined;
  const to: Place = { location: request.location, bucket: 'RETURN_PENDING' };
  const units = trackedPartOf(state, index, line);
  return movements.add({ lineId, sku, steps, from, to, reason, isCompensation: true, ...units }, nowMs);
}
