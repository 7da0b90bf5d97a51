import type { Steps } from '../../../kernel/model/quantity.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import type { ExceptionReport } from './exception-event.ts';
import { exceptionEvents } from './exception-events.ts';
import type { Findings } from './fact-exceptions.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import type { ForeignReceipt, ReceiptKey } from './receipt-book.ts';
import type { StockFact } from './stock-fact.ts';

/** Receipts that one command tells of; the rest follows with the next. */
const UNMATCHED_PER_COMMAND_MAX = 500;

/**
 * Tells of receipts of which a system that does not own them says something else than what was applied, after a while in
 * which the other part of the same fact may still come.
 */
export function decideRaiseUnmatchedReceipts(
  state: LedgerState,
  { waitMs }: { readonly waitMs: number },
  moment: DecisionMoment,
): Decision<'raise-unmatched-receipts'> {
  const atMs = moment.nowMs;
  const due = state.receipts.unmatched(atMs - waitMs, UNMATCHED_PER_COMMAND_MAX);
  const marked = due.map(({ system, location, reference, sku }): LedgerEvent => {
    return { type: 'receipt-unmatched', atMs, system, location, reference, sku };
  });
  const raised = due.map((receipt) => reportOf(state, receipt));
  return {
    events: [...marked, ...exceptionEvents(state, { raised, cleared: [] }, moment)],
    answer: { raised: due.length },
  };
}

/** What a receipt changes of what people were told before: the two agree now, or differ by something else. */
export function receiptFindings(
  { state, fact }: { readonly state: LedgerState; readonly fact: StockFact },
  received: Iterable<readonly [sku: string, steps: Steps]>,
): Findings {
  const findings: Findings = { raised: [], cleared: [] };
  if (fact.type !== 'goods-received') return findings;
  const { location, reference } = fact.data;
  const isForeign = fact.isOwner === false;
  for (const [sku, steps] of received) {
    const key = { location, reference, sku };
    for (const system of isForeign ? [fact.source.system] : state.receipts.systemsOf(key)) {
      const cause = causeOf(key, system);
      const open = state.exceptions.get(cause);
      if (!open) continue;
      const difference = state.receipts.differenceOf(key, system) + (isForeign ? steps : -steps);
      if (difference === 0) findings.cleared.push({ cause, because: 'Both tell the same receipt now.' });
      else findings.raised.push({ ...baseOf(key, system), steps: difference, lineage: fact.source });
    }
  }
  return findings;
}

/** The exceptions about receipts that a system has told of a SKU at a location. */
export function causesOfReceipts(
  { exceptions }: Pick<LedgerState, 'exceptions'>,
  { system, location, sku }: { readonly system: string; readonly location: string; readonly sku: string },
): readonly string[] {
  const prefix = prefixOf({ system, location });
  return exceptions.ofSku(sku).flatMap(({ cause }) => (cause.startsWith(prefix) ? [cause] : []));
}

function reportOf(state: LedgerState, { system, eventId, told, applied, ...key }: ForeignReceipt): ExceptionReport {
  const quantity = (steps: Steps): string => formatQuantity(steps, decimalsOf(state, key.sku));
  return {
    ...baseOf(key, system),
    steps: told - applied,
    lineage: { system, eventId },
    summary: `${system} tells that ${quantity(told)} were received under ${key.reference}; ${quantity(applied)} were told by the owner.`,
  };
}

function baseOf(key: ReceiptKey, system: string) {
  const { location, reference, sku } = key;
  return {
    cause: causeOf(key, system),
    class: 'FOREIGN_WRITE',
    severity: 'MEDIUM',
    sku,
    location,
    summary: `${system} tells something else of the receipt ${reference} than its owner.`,
  } as const;
}

const prefixOf = ({ system, location }: { readonly system: string; readonly location: string }): string =>
  `FOREIGN_WRITE|${system}|${location}|receipt|`;

const causeOf = ({ location, reference, sku }: ReceiptKey, system: string): string =>
  `${prefixOf({ system, location })}${reference}|${sku}`;

function decimalsOf({ skus, skuIds }: LedgerState, sku: string) {
  return skus[skuIds.find(sku) ?? -1]?.decimals ?? 0;
}
