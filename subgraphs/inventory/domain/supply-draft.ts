import type { LedgerEvent } from './ledger-event.ts';
import type { ReadLine } from './read-line.ts';
import type { FactLine, StockFact } from './stock-fact.ts';
import type { SupplyEvent } from './supply-event.ts';

export type SupplyFact = StockFact & {
  readonly type: 'supply-announced' | 'supply-changed' | 'supply-cancelled';
};

export function isSupplyFact(fact: StockFact): fact is SupplyFact {
  return fact.type === 'supply-announced' || fact.type === 'supply-changed' || fact.type === 'supply-cancelled';
}

/** What a purchase order or a supplier says of lines that could be read. */
export class SupplyDraft {
  readonly #fact: SupplyFact;
  readonly #lines: SupplyEvent['lines'][number][] = [];

  constructor(fact: SupplyFact) {
    this.#fact = fact;
  }

  add({ lineId, documentLine: line = lineId, sku, expectedAt }: FactLine, { steps }: ReadLine): void {
    const expectedAtMs = expectedAt === undefined ? null : Date.parse(expectedAt);
    const isCancelled = this.#fact.type === 'supply-cancelled';
    this.#lines.push({ line, sku, steps: isCancelled ? 0 : steps, expectedAtMs });
  }

  events(atMs: number): readonly LedgerEvent[] {
    if (this.#lines.length === 0) return [];
    const { data, occurredAtMs: statedAtMs } = this.#fact;
    const { document, location } = data;
    return [{ type: 'supply-stated', atMs, document, location, statedAtMs, lines: this.#lines }];
  }
}
