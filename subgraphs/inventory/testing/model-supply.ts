import { isSame, type Shelf } from './model-world.ts';

/** What a purchase order says of one of its lines, as of an instant. */
export interface ModelStatement extends Shelf {
  readonly document: string;
  readonly line: string;
  /** All of the line; zero when it was cancelled. */
  readonly units: number;
  readonly expectedAtMs: number | undefined;
  readonly statedAtMs: number;
}

export interface ModelArrival {
  readonly units: number;
  readonly expectedAtMs: number | undefined;
}

/** What is on order: everything that was ever said and received, read anew for each question. */
export class ModelSupply {
  readonly statements: ModelStatement[] = [];
  readonly receipts: (Shelf & { readonly document: string; readonly units: number })[] = [];

  /** What is still to come to a shelf: the newest statements, less what came, the earliest lines first. */
  toCome(shelf: Shelf): readonly ModelArrival[] {
    return [...new Set(this.statements.map(({ document }) => document))].flatMap((document) => {
      let left = 0;
      for (const receipt of this.receipts) {
        if (receipt.document === document && isSame(receipt, shelf)) left += receipt.units;
      }
      return this.#newest(document)
        .filter((statement) => isSame(statement, shelf))
        .toSorted((a, b) => (a.expectedAtMs ?? Infinity) - (b.expectedAtMs ?? Infinity) || (a.line < b.line ? -1 : 1))
        .map(({ units, expectedAtMs }) => {
          const taken = Math.min(left, units);
          left -= taken;
          return { units: units - taken, expectedAtMs };
        })
        .filter(({ units }) => units > 0);
    });
  }

  #newest(document: string): readonly ModelStatement[] {
    const newest = new Map<string, ModelStatement>();
    for (const statement of this.statements) {
      if (statement.document !== document) continue;
      const former = newest.get(statement.line);
      if (!former || former.statedAtMs <= statement.statedAtMs) newest.set(statement.line, statement);
    }
    return [...newest.values()];
  }
}
