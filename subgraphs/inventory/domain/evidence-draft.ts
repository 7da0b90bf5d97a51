import { COLUMN, NONE, type Bucket } from './bucket.ts';
import type { BalanceDifference, EvidenceEvent } from './evidence-event.ts';
import type { LedgerState } from './ledger-state.ts';
import type { ReadLine } from './read-line.ts';
import type { FactLine, StockFact } from './stock-fact.ts';

interface Figure {
  readonly id: string;
  readonly sku: number;
  readonly bucket: Bucket;
  steps: number;
}

/** Whether a fact is only kept and compared: a balance always, and what a system wrote that does not own it. */
export function isEvidence(fact: StockFact): boolean {
  if (fact.type === 'balance-reported') return true;
  return (fact.type === 'stock-adjusted' || fact.type === 'goods-received') && fact.isOwner === false;
}

/** What a fact tells that is not applied. Lines of the same SKU and bucket, such as bins, are one figure. */
export class EvidenceDraft {
  readonly #state: LedgerState;
  readonly #fact: StockFact;
  readonly #figures = new Map<string, Figure>();
  /** By SKU. */
  readonly received = new Map<string, number>();
  /** Figures that are equal to what the ledger held, for whoever closes what was said of them before. */
  readonly equal: { readonly sku: string; readonly bucket: Bucket }[] = [];

  constructor(state: LedgerState, fact: StockFact) {
    this.#state = state;
    this.#fact = fact;
  }

  add(line: FactLine, { sku, steps }: ReadLine): void {
    const key = keyOf(line);
    const figure = this.#figures.get(key) ?? { id: line.sku, sku, bucket: bucketOf(line), steps: 0 };
    figure.steps += steps;
    this.#figures.set(key, figure);
  }

  /** What was received and applied, because other systems may tell of it as well. */
  receive({ sku }: FactLine, { steps }: ReadLine): void {
    if (this.#fact.type === 'goods-received') this.received.set(sku, (this.received.get(sku) ?? 0) + steps);
  }

  events(nowMs: number): readonly EvidenceEvent[] {
    if (this.#figures.size === 0) return [];
    return [this.#fact.type === 'balance-reported' ? this.#compared(nowMs) : this.#kept(nowMs)];
  }

  #kept(atMs: number): EvidenceEvent {
    const { type, source, data } = this.#fact;
    const lines = [...this.#figures.values()].map(({ id, steps }) => ({ sku: id, steps }));
    const fact = type as 'stock-adjusted' | 'goods-received';
    const receipt = 'reference' in data ? { reference: data.reference } : {};
    return { type: 'foreign-write-kept', atMs, source, fact, location: data.location, ...receipt, lines };
  }

  /** As of the instant of the balance; an instant that lies ahead of the hub's clock is taken as now. */
  #compared(atMs: number): EvidenceEvent {
    const { source, data, occurredAtMs } = this.#fact;
    const asOfMs = Math.min(occurredAtMs, atMs);
    const differences: BalanceDifference[] = [];
    let tooOld = 0;
    for (const { id, sku, bucket, steps } of this.#figures.values()) {
      const recorded = this.#recordedAt(sku, bucket, asOfMs);
      if (recorded === undefined) tooOld++;
      else if (recorded === steps) this.equal.push({ sku: id, bucket });
      else differences.push({ sku: id, bucket, told: steps, recorded });
    }
    const { location } = data;
    const equal = this.equal.length;
    return { type: 'balance-compared', atMs, source, location, asOfMs, equal, tooOld, differences };
  }

  #recordedAt(sku: number, bucket: Bucket, asOfMs: number): number | undefined {
    const { positions, history, bucketHistory, locationIds } = this.#state;
    const row = positions.find(sku, locationIds.find(this.#fact.data.location) ?? NONE);
    if (row === NONE) return 0;
    const later =
      bucket === 'SELLABLE' ? history.stepsAfter(row, asOfMs) : bucketHistory.stepsAfter(row, bucket, asOfMs);
    return later === undefined ? undefined : positions.get(row, COLUMN[bucket]) - later;
  }
}

const bucketOf = ({ bucket = 'SELLABLE' }: FactLine): Bucket => bucket;
const keyOf = (line: FactLine): string => `${line.sku}|${bucketOf(line)}`;
