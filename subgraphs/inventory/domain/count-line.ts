import type { RefusalValue } from '../../../kernel/model/errors.ts';
import { NONE } from './bucket.ts';
import { adjustment } from './fact-movement.ts';
import type { LedgerEventOf } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import type { MovementDraft } from './movement-draft.ts';
import type { ReadLine } from './read-line.ts';
import type { FactLine, StockFact } from './stock-fact.ts';

export type CountEvent = LedgerEventOf<'stock-count-applied' | 'stock-count-compared'>;

interface Count {
  readonly state: LedgerState;
  readonly fact: StockFact & { readonly type: 'stock-counted' };
  readonly line: FactLine;
  readonly read: ReadLine;
  readonly nowMs: number;
  /** What former lines of the same count have counted of the SKU, in other places of the location. */
  readonly countedBefore: number;
}

/**
 * What comes of one counted line: the result becomes true as of its instant, by an adjustment of what the ledger had
 * then, or it is only compared. An instant that lies ahead of the hub's clock is taken as now.
 */
export function countLine(movements: MovementDraft, count: Count): CountEvent | RefusalValue {
  const { state, fact, line, read, nowMs, countedBefore } = count;
  const total = countedBefore + read.steps;
  const asOfMs = Math.min(fact.occurredAtMs, nowMs);
  const { location } = fact.data;
  const locationIndex = state.locationIds.find(location) ?? NONE;
  const row = state.positions.find(read.sku, locationIndex);
  const now = movements.positions.get({ sku: read.sku, location: locationIndex, of: 'SELLABLE' });
  const later = row === NONE ? 0 : state.history.stepsAfter(row, asOfMs);
  const recorded = now - (later ?? 0);
  const counted = { sku: line.sku, location, asOfMs, counted: total };
  const because = whyOnlyCompared(count, { row, asOfMs, isRemembered: later !== undefined });
  if (because) {
    return { type: 'stock-count-compared', atMs: nowMs, source: fact.source, ...counted, recorded, because };
  }
  const difference = total - recorded;
  const { lineId, sku } = line;
  const moved = { lineId, sku, steps: Math.abs(difference), ...adjustment(location, difference) };
  // The adjustment belongs to the instant of the count, which no former count has seen.
  const refusal =
    difference === 0 ? undefined : movements.add({ ...moved, reason: 'CYCLE_COUNT' }, Number.MAX_SAFE_INTEGER);
  return refusal ?? { type: 'stock-count-applied', ...counted };
}

function whyOnlyCompared(
  { state, fact }: Count,
  { row, asOfMs, isRemembered }: { readonly row: number; readonly asOfMs: number; readonly isRemembered: boolean },
): 'NOT_OWNER' | 'SUPERSEDED' | 'TOO_OLD' | undefined {
  // What is not remembered cannot be compared, so no difference may be told of it.
  if (!fact.isOwner) return isRemembered ? 'NOT_OWNER' : 'TOO_OLD';
  if (row !== NONE && asOfMs < state.positions.countedAtMs(row)) return 'SUPERSEDED';
  return isRemembered ? undefined : 'TOO_OLD';
}
