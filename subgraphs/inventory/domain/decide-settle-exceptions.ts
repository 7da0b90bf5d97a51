import type { Decision, DecisionMoment } from './decision.ts';
import type { ExceptionClearance, ExceptionLineage, ExceptionReport } from './exception-event.ts';
import { exceptionEvents } from './exception-events.ts';
import type { LedgerState } from './ledger-state.ts';
import { CONDITIONS, stockConditionsOf } from './stock-conditions.ts';

/** A SKU whose stock is to be looked at, and what changed it. */
export interface SkuToSettle {
  readonly sku: string;
  readonly lineage: ExceptionLineage;
}

/** Raises what is wrong with the stock of these SKUs now, and clears what was and is no more. */
export function decideSettleExceptions(
  state: LedgerState,
  skus: readonly SkuToSettle[],
  moment: DecisionMoment,
): Decision<'settle-exceptions'> {
  const raised: ExceptionReport[] = [];
  const cleared: ExceptionClearance[] = [];
  for (const { sku, lineage } of skus) {
    const index = state.skuIds.find(sku);
    const reports = index === undefined ? [] : stockConditionsOf(state, index, lineage);
    const causes = new Set(reports.map(({ cause }) => cause));
    raised.push(...reports);
    for (const open of state.exceptions.ofSku(sku)) {
      if (!CONDITIONS.includes(open.class) || causes.has(open.cause)) continue;
      cleared.push({ cause: open.cause, because: 'There is enough again.' });
    }
  }
  const events = exceptionEvents(state, { raised, cleared }, moment);
  return { events, answer: { changed: events.length } };
}

/** Takes in what was found outside of the ledger's own figures, such as facts that wait for too long. */
export function decideReportExceptions(
  state: LedgerState,
  found: { readonly raised: readonly ExceptionReport[]; readonly cleared: readonly ExceptionClearance[] },
  moment: DecisionMoment,
): Decision<'report-exceptions'> {
  const events = exceptionEvents(state, found, moment);
  return { events, answer: { changed: events.length } };
}
