import { NONE } from './bucket.ts';
import type { ExceptionLineage, ExceptionReport } from './exception-event.ts';
import type { LedgerState } from './ledger-state.ts';

/**
 * Positions of a tracked SKU whose lots or serials are not all known, or cannot be as they were told. How many units that
 * concerns is no part of it: where nobody tells lots it changes with every movement, and would be told as often.
 */
export function trackingConditionsOf(
  state: LedgerState,
  sku: number,
  lineage: ExceptionLineage,
): readonly ExceptionReport[] {
  const tracking = state.skus[sku]?.tracking;
  if (!tracking) return [];
  const { positions, locationIds, skuIds } = state;
  const reports: ExceptionReport[] = [];
  for (let row = positions.firstOfSku(sku); row !== NONE; row = positions.nextOfSku(row)) {
    if ((state.tracked.at(row)?.gap ?? 0) === 0) continue;
    const id = skuIds.textOf(sku);
    const location = locationIds.textOf(positions.locationOf(row));
    const told = tracking === 'LOT' ? 'lot' : 'serial number';
    reports.push({
      cause: `TRACKING_MISMATCH|${id}|${location}`,
      class: 'TRACKING_MISMATCH',
      severity: 'MEDIUM',
      sku: id,
      location,
      lineage,
      summary: `Units of ${id} at ${location} do not go with any ${told} that was told; a count by ${told} settles it.`,
    });
  }
  return reports;
}
