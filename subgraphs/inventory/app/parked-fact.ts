import type { Document } from '../../../kernel/ports/documents.ts';
import type { CollectionDefinition } from '../../../kernel/ports/documents.ts';
import type { ParkedLine } from '../domain/ledger-command.ts';
import type { StockFact } from '../domain/stock-fact.ts';
import { factLinesOf, partOf } from '../domain/stock-fact.ts';

/** A fact of which some lines wait for the same code. */
export interface ParkedFact extends Document {
  /** What has to be registered, again or for the first time: `SKU:<code>` or `LOCATION:<code>`. */
  readonly waitsFor: string;
  /** Its waiting lines alone. */
  readonly fact: StockFact;
  readonly lines: readonly ParkedLine[];
  readonly parkedAtMs: number;
}

export const PARKED_FACTS: CollectionDefinition = {
  name: 'inventory-parked-facts',
  indexes: [{ paths: ['waitsFor'] }, { paths: ['parkedAtMs'] }],
};

/**
 * One document for each code that lines of the fact wait for, with those lines alone: a receipt of a thousand unknown
 * codes is not written a thousand times over.
 */
export function parkedFactsOf(fact: StockFact, parked: readonly ParkedLine[], nowMs: number): readonly ParkedFact[] {
  const skuOfLine = new Map(factLinesOf(fact).map(({ lineId, sku }) => [lineId, sku]));
  const byCode = new Map<string, ParkedLine[]>();
  for (const line of parked) {
    const isLocation = line.code === 'UNKNOWN_LOCATION';
    const waitsFor = isLocation
      ? `LOCATION:${line.location ?? fact.data.location}`
      : `SKU:${line.sku ?? skuOfLine.get(line.lineId) ?? ''}`;
    byCode.set(waitsFor, [...(byCode.get(waitsFor) ?? []), line]);
  }
  return [...byCode].map(([waitsFor, lines]) => {
    const { system, eventId } = fact.source;
    const part = partOf(fact, new Set(lines.map(({ lineId }) => lineId)));
    return { id: `${system}|${eventId}|${waitsFor}`, waitsFor, fact: part, lines, parkedAtMs: nowMs };
  });
}
