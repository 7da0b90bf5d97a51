import { formatQuantity } from '../../../kernel/model/quantity.ts';
import type { CountEvent } from './count-line.ts';
import type { EvidenceDraft } from './evidence-draft.ts';
import type { EvidenceEvent } from './evidence-event.ts';
import type { ExceptionClearance, ExceptionReport } from './exception-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { causesOfReceipts, receiptFindings } from './receipt-findings.ts';
import type { StockFact } from './stock-fact.ts';

export interface Findings {
  readonly raised: ExceptionReport[];
  readonly cleared: ExceptionClearance[];
}

interface Told {
  readonly state: LedgerState;
  readonly fact: StockFact;
}

const AGREES = 'What the system tells agrees with the ledger again.';

/**
 * What a fact that was compared means for people: a difference is an exception of its system, SKU and place, and an equal
 * figure of the same system closes what its former figures have opened there.
 */
export function findingsOf(
  told: Told,
  {
    counts,
    evidence,
    events,
  }: {
    readonly counts: readonly CountEvent[];
    readonly evidence: EvidenceDraft;
    readonly events: readonly EvidenceEvent[];
  },
): Findings {
  const findings: Findings = { raised: [], cleared: [] };
  addCounts(findings, told, counts);
  for (const event of events) {
    if (event.type === 'balance-compared') addBalance(findings, told, event);
    if (event.type === 'foreign-write-kept') addForeignWrite(findings, told, event);
  }
  add(findings, receiptFindings(told, evidence.received));
  for (const { sku, bucket } of evidence.equal) {
    findings.cleared.push({ cause: causeOf(told, 'BALANCE_VARIANCE', `${sku}|${bucket}`), because: AGREES });
    if (bucket === 'SELLABLE') {
      findings.cleared.push({ cause: causeOf(told, 'FOREIGN_WRITE', sku), because: AGREES });
      findings.cleared.push(...receiptsSettled(told, sku));
    }
  }
  return findings;
}

function add(findings: Findings, { raised, cleared }: Findings): void {
  findings.raised.push(...raised);
  findings.cleared.push(...cleared);
}

/** Whoever agrees about what lies there agrees about how it came there. */
function receiptsSettled({ state, fact }: Told, sku: string): readonly ExceptionClearance[] {
  const causes = causesOfReceipts(state, { system: fact.source.system, location: fact.data.location, sku });
  return causes.map((cause) => ({ cause, because: AGREES }));
}

/** The last line of a SKU holds the sum of all of them. Only what another system owns is a matter of two opinions. */
function addCounts({ raised, cleared }: Findings, told: Told, counts: readonly CountEvent[]): void {
  for (const [sku, count] of new Map(counts.map((each) => [each.sku, each]))) {
    if (count.type !== 'stock-count-compared' || count.because !== 'NOT_OWNER') continue;
    const { counted, recorded } = count;
    const cause = causeOf(told, 'COUNT_VARIANCE', sku);
    if (counted === recorded) {
      cleared.push({ cause, because: AGREES }, { cause: causeOf(told, 'FOREIGN_WRITE', sku), because: AGREES });
      cleared.push(...receiptsSettled(told, sku));
      continue;
    }
    const summary = `${nameOf(told)} counted ${quantity(told, sku, counted)}, the ledger held ${quantity(told, sku, recorded)}.`;
    raised.push({ ...baseOf(told, sku), cause, class: 'COUNT_VARIANCE', steps: counted - recorded, summary });
  }
}

function addBalance(
  { raised }: Findings,
  told: Told,
  { differences }: EvidenceEvent & { readonly type: 'balance-compared' },
): void {
  for (const { sku, bucket, told: figure, recorded } of differences) {
    const cause = causeOf(told, 'BALANCE_VARIANCE', `${sku}|${bucket}`);
    const summary = `${nameOf(told)} tells ${quantity(told, sku, figure)} ${bucket}, the ledger held ${quantity(told, sku, recorded)}.`;
    raised.push({ ...baseOf(told, sku), cause, class: 'BALANCE_VARIANCE', steps: figure - recorded, summary });
  }
}

/**
 * Writes add up, because none of them was applied; when they cancel each other, nothing is left of them. A receipt may be
 * one that its owner tells as well, so it waits for that.
 */
function addForeignWrite(
  findings: Findings,
  told: Told,
  { fact, lines }: EvidenceEvent & { readonly type: 'foreign-write-kept' },
): void {
  const { raised, cleared } = findings;
  const sums = new Map<string, number>();
  for (const { sku, steps } of lines) sums.set(sku, (sums.get(sku) ?? 0) + steps);
  if (fact === 'goods-received') return add(findings, receiptFindings(told, sums));
  for (const [sku, written] of sums) {
    const cause = causeOf(told, 'FOREIGN_WRITE', sku);
    const steps = written + (told.state.exceptions.get(cause)?.steps ?? 0);
    if (steps === 0) {
      cleared.push({ cause, because: 'The system took back what it wrote.' });
      continue;
    }
    const summary = `${nameOf(told)} wrote ${quantity(told, sku, steps)}, which another system owns; nothing was applied.`;
    raised.push({ ...baseOf(told, sku), cause, class: 'FOREIGN_WRITE', steps, summary });
  }
}

function baseOf({ fact }: Told, sku: string) {
  const { source, correlationId, data } = fact;
  const lineage = { ...source, ...(correlationId !== undefined && { correlationId }) };
  return { severity: 'MEDIUM', sku, location: data.location, lineage } as const;
}

function causeOf({ fact }: Told, kind: string, what: string): string {
  return `${kind}|${fact.source.system}|${fact.data.location}|${what}`;
}

const nameOf = ({ fact }: Told): string => fact.source.system;

function quantity({ state }: Told, sku: string, steps: number): string {
  const index = state.skuIds.find(sku);
  return formatQuantity(steps, (index === undefined ? undefined : state.skus[index]?.decimals) ?? 0);
}
