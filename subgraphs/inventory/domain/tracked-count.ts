import type { Steps } from '../../../kernel/model/quantity.ts';
import { NONE } from './bucket.ts';
import type { CountEvent } from './count-line.ts';
import type { LedgerEventOf } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import type { ReadLine } from './read-line.ts';
import type { FactLine } from './stock-fact.ts';
import type { TrackedCountEvent } from './tracked-event.ts';

interface CountedLine {
  readonly line: FactLine;
  readonly read: ReadLine;
  readonly event: LedgerEventOf<'stock-count-applied'>;
}

/**
 * What an applied count says of lots and serials. It says something of a SKU only when all of its lines do: who counts a
 * shelf without looking at the labels has counted units.
 */
export class TrackedCount {
  readonly #state: LedgerState;
  readonly #lines = new Map<number, CountedLine[]>();

  constructor(state: LedgerState) {
    this.#state = state;
  }

  add(line: FactLine, read: ReadLine, event: CountEvent): void {
    if (event.type !== 'stock-count-applied' || !this.#state.skus[read.sku]?.tracking) return;
    this.#lines.set(read.sku, [...(this.#lines.get(read.sku) ?? []), { line, read, event }]);
  }

  events(): readonly TrackedCountEvent[] {
    return [...this.#lines].flatMap(([sku, lines]) => {
      const isByLot = this.#state.skus[sku]?.tracking === 'LOT';
      return (isByLot ? this.#lotsOf(sku, lines) : serialsOf(lines)) ?? [];
    });
  }

  /** The lots as they are now: what was counted, and what has moved since. */
  #lotsOf(sku: number, lines: readonly CountedLine[]): TrackedCountEvent | undefined {
    const balances = new Map<string, Steps>();
    const expiries = new Map<string, string>();
    for (const { line, read } of lines) {
      const { lot, expiresOn } = line;
      if (lot === undefined && read.steps !== 0) return undefined;
      if (lot === undefined) continue;
      balances.set(lot, (balances.get(lot) ?? 0) + read.steps);
      if (expiresOn !== undefined) expiries.set(lot, expiresOn);
    }
    const about = aboutOf(lines);
    const moved = this.#movedAfter(sku, about);
    if (!moved) return undefined;
    for (const [lot, steps] of moved) balances.set(lot, (balances.get(lot) ?? 0) + steps);
    const lots = [...balances].map(([lot, steps]) => {
      const expiresOn = expiries.get(lot);
      return { lot, steps, ...(expiresOn !== undefined && { expiresOn }) };
    });
    return { ...about, lots };
  }

  #movedAfter(sku: number, { location, asOfMs }: TrackedCountEvent): ReadonlyMap<string, Steps> | undefined {
    const { positions, locationIds, tracked } = this.#state;
    const row = positions.find(sku, locationIds.find(location) ?? NONE);
    const position = row === NONE ? undefined : tracked.at(row);
    return position ? position.movedAfter(asOfMs) : new Map();
  }
}

function serialsOf(lines: readonly CountedLine[]): TrackedCountEvent | undefined {
  if (lines.some(({ line, read }) => line.serials === undefined && read.steps !== 0)) return undefined;
  return { ...aboutOf(lines), serials: [...new Set(lines.flatMap(({ line }) => line.serials ?? []))] };
}

function aboutOf(lines: readonly CountedLine[]): TrackedCountEvent {
  const { sku, location, asOfMs } = (lines[0] as CountedLine).event;
  return { type: 'tracked-stock-counted', sku, location, asOfMs };
}
