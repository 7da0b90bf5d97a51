import type { ReservedLine } from './ledger-event.ts';
import { kitPartsOf } from './kit-parts.ts';
import type { LedgerState } from './ledger-state.ts';
import { SELL_POLICY_MODES } from './rule-setting.ts';

/**
 * Before when nothing of a SKU leaves that a channel sells ahead, of a kit the latest of it and its components. Epoch
 * milliseconds, also of a day that has passed; undefined when it may leave as soon as it is there.
 */
export function shipsAtMsOf(state: LedgerState, sku: number, channel: string): number | undefined {
  const { rules, skuIds } = state;
  if (!rules.has('PREORDER_SHIPS_AT_MS')) return undefined;
  const parts = (kitPartsOf(state, sku) ?? []).map((part) => part.sku);
  const dates = [sku, ...parts].map((each) => {
    const scope = { sku: skuIds.textOf(each), channel };
    const isAhead = SELL_POLICY_MODES[rules.find('SELL_POLICY', scope) ?? 0] === 'PREORDER';
    return isAhead ? (rules.find('PREORDER_SHIPS_AT_MS', scope) ?? 0) : 0;
  });
  const latest = Math.max(...dates);
  return latest > 0 ? latest : undefined;
}

/** Lines of a claim with the day before which they do not leave, where that is still to come. */
export function soldAhead(
  state: LedgerState,
  lines: readonly ReservedLine[],
  { channel, nowMs }: { readonly channel: string; readonly nowMs: number },
): readonly ReservedLine[] {
  if (!state.rules.has('PREORDER_SHIPS_AT_MS')) return lines;
  return lines.map((line) => {
    const sku = state.skuIds.find(line.sku);
    const shipsAtMs = sku === undefined ? undefined : shipsAtMsOf(state, sku, channel);
    return shipsAtMs !== undefined && shipsAtMs > nowMs ? { ...line, shipsAtMs } : line;
  });
}
