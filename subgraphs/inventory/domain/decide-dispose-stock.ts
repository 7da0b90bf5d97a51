import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import type { StockDisposed } from '../../../schema/events/inbox-supply.ts';
import type { Bucket } from './bucket.ts';
import { decideRecordFact } from './decide-record-fact.ts';
import { HUB_SYSTEM } from './decide-record-movement.ts';
import { NOTHING, type Decision, type DecisionMoment } from './decision.ts';
import { kitPartsOf } from './kit-parts.ts';
import type { LedgerState } from './ledger-state.ts';
import { TrackingObjection } from './object-to-tracking.ts';
import { PositionDraft } from './position-draft.ts';
import { readLine } from './read-line.ts';

/** What a person settles about goods that were held. */
export interface DisposeStock {
  readonly commandId: string;
  readonly location: string;
  readonly occurredAt: string;
  readonly lines: readonly Omit<StockDisposed['lines'][number], 'lineId'>[];
}

/** All lines or none, and never more than lies there: other than a fact, a command does not make a bucket negative. */
export function decideDisposeStock(
  state: LedgerState,
  request: DisposeStock,
  moment: DecisionMoment,
): Decision<'dispose-stock'> {
  const source = { system: HUB_SYSTEM, eventId: request.commandId };
  // Carried out before, by this very command.
  if (state.facts.has(source, '0')) return { events: [], answer: NOTHING };
  const refusal = findObjection(state, request);
  if (refusal) return refusal;
  const lines = request.lines.map((line, index) => ({ lineId: String(index), ...line }));
  const { location, occurredAt } = request;
  const told = { type: 'stock-disposed', source, occurredAtMs: Date.parse(occurredAt) } as const;
  const decided = decideRecordFact(state, { ...told, data: { location, lines } }, moment);
  if (!('answer' in decided)) return decided;
  const [parked] = decided.answer.parked;
  if (parked) return refuse(parked.code, parked.message, { line: parked.lineId });
  return { events: decided.events, answer: NOTHING };
}

function findObjection(state: LedgerState, { location: id, lines }: DisposeStock): RefusalValue | undefined {
  const location = state.locations.get(id);
  if (!location) return refuse('UNKNOWN_LOCATION', `No location ${id} is registered.`, { location: id });
  const tracking = new TrackingObjection(state);
  const asked = new Map<string, { readonly sku: number; readonly of: Bucket; readonly steps: number }>();
  for (const [index, line] of lines.entries()) {
    const read = readLine(state, line);
    if (isRefusal(read)) return read;
    const { lot, expiresOn: _expiresOn, serials } = line;
    const told = { ...(lot !== undefined && { lot }), ...(serials && { serials }) };
    const from = { location: location.index, bucket: line.from };
    for (const { sku, stepsEach } of kitPartsOf(state, read.sku) ?? [{ sku: read.sku, stepsEach: 1 }]) {
      const key = `${sku}|${line.from}`;
      const steps = read.steps * stepsEach;
      const untold = tracking.find({ sku, steps, from, line: String(index), ...(sku === read.sku && told) });
      if (untold) return untold;
      asked.set(key, { sku, of: line.from, steps: (asked.get(key)?.steps ?? 0) + steps });
    }
  }
  const positions = new PositionDraft(state);
  for (const { sku, of, steps } of asked.values()) {
    const held = Math.max(0, positions.get({ sku, location: location.index, of }));
    if (steps <= held) continue;
    const text = (count: number): string => formatQuantity(count, state.skus[sku]?.decimals ?? 0);
    const short = { sku: state.skuIds.textOf(sku), bucket: of, asked: text(steps), available: text(held) };
    return refuse('INSUFFICIENT_STOCK', `Less lies in ${of}.`, { location: id, lines: [short] });
  }
  return undefined;
}
