import { isRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import { componentLines } from './component-lines.ts';
import type { LedgerState } from './ledger-state.ts';
import { readLine, type QuantitySign } from './read-line.ts';
import type { FactLine, StockFact } from './stock-fact.ts';

/** Facts whose lines of one SKU and bucket, such as bins, are one figure together. */
const FIGURES: readonly StockFact['type'][] = ['stock-counted', 'balance-reported'];

/**
 * The figures of a fact of which a line cannot be read, each with why. They wait as a whole: a part of a figure, now or
 * when the rest is read later, would be held against all that lies there.
 */
export class HeldFigures {
  readonly #refusals = new Map<string, RefusalValue>();

  constructor(
    state: LedgerState,
    fact: StockFact,
    { lines, sign }: { readonly lines: readonly FactLine[]; readonly sign: QuantitySign },
  ) {
    if (!FIGURES.includes(fact.type)) return;
    for (const line of lines) {
      const parts = componentLines(state, fact, line);
      const read = isRefusal(parts) ? parts : readLine(state, line, sign);
      if (isRefusal(read) && !this.#refusals.has(figureOf(line))) this.#refusals.set(figureOf(line), read);
    }
  }

  refusalOf(line: FactLine): RefusalValue | undefined {
    return this.#refusals.size === 0 ? undefined : this.#refusals.get(figureOf(line));
  }
}

const figureOf = ({ sku, bucket = 'SELLABLE' }: FactLine): string => `${sku}|${bucket}`;
