import { Obstacle } from '../../../kernel/model/errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import {
  balanceSources,
  catchUp,
  heldBalances,
  readBalances,
  type BalanceSourceTold,
  type HeldBalances,
  type ReadBalances,
  type ToldBalances,
} from '../../../schema/commands/balances.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';

/** Quantities by SKU at each location. */
type Book = Map<string, Map<string, string | null>>;

const PAGE = 3;

/** An outside system and the ledger as whoever compares them sees them: two books that a test writes. */
export class TwoBooks {
  readonly told: Book = new Map();
  readonly held: Book = new Map();
  /** What the ledger will hold once the facts that are under way have arrived. */
  readonly underWay: Book = new Map();
  /** By SKU, in minor units of GBP. */
  readonly costs = new Map<string, number>();
  /** Locations that the system does not answer for. */
  readonly down = new Set<string>();
  readonly source: BalanceSourceTold;
  /** Questions that were asked, by their names. */
  readonly asked: string[] = [];
  readonly #stops: (() => void)[];

  constructor(platform: Pick<Platform, 'rpc' | 'clock'>, source: BalanceSourceTold) {
    this.source = source;
    const nowText = (): string => new Date(platform.clock.nowMs()).toISOString();
    const serve = (definition: { readonly context: string; readonly name: string }, answer: (asked: never) => object) =>
      platform.rpc.serve(rpcSubjectOf(definition.context, definition.name), async ({ payload }) => {
        this.asked.push(definition.name);
        return answer(payload as never);
      });
    this.#stops = [
      serve(balanceSources, () => ({ sources: [this.source] })),
      serve(readBalances, (asked: ReadBalances) => this.#tell(asked, nowText())),
      serve(heldBalances, (asked: HeldBalances) => this.#hold(asked)),
      serve(catchUp, () => this.#arrive()),
    ];
  }

  put(book: Book, location: string, sku: string, quantity: string | null): void {
    const shelf = book.get(location) ?? new Map<string, string | null>();
    shelf.set(sku, quantity);
    book.set(location, shelf);
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #tell({ location, after, skus }: ReadBalances, asOf: string): ToldBalances {
    if (this.down.has(location)) throw new Obstacle('UPSTREAM_UNAVAILABLE', `${location} does not answer.`);
    const { rows, next } = pageOf(this.told.get(location), { skus, from: Number(after ?? 0) });
    const balances = rows.map(([sku, quantity]) => {
      const cost = this.costs.get(sku);
      const unitCost = cost === undefined ? {} : { unitCost: { amountMinor: cost, currencyCode: 'GBP' } };
      return { sku, quantity: quantity ?? '0', ...unitCost };
    });
    return { asOf, balances, ...(next !== undefined && { next: String(next) }) };
  }

  #hold({ location, after, skus }: HeldBalances): object {
    const { rows, next } = pageOf(this.held.get(location), { skus, from: after ?? 0 });
    return {
      balances: rows.map(([sku, quantity]) => ({ sku, quantity })),
      ...(next !== undefined && { next }),
    };
  }

  #arrive(): object {
    for (const [location, shelf] of this.underWay) {
      for (const [sku, quantity] of shelf) this.put(this.held, location, sku, quantity);
    }
    this.underWay.clear();
    return { feeds: 1 };
  }
}

function pageOf(
  shelf: ReadonlyMap<string, string | null> = new Map(),
  { skus, from }: { readonly skus: readonly string[] | undefined; readonly from: number },
) {
  const all = [...shelf];
  if (skus) return { rows: all.filter(([sku]) => skus.includes(sku)) };
  const rows = all.slice(from, from + PAGE);
  return { rows, ...(from + PAGE < all.length && { next: from + PAGE }) };
}
