import type {
  Collection,
  CollectionDefinition,
  Document,
  Documents,
  Versioned,
} from '../../../../kernel/ports/documents.ts';
import { DocumentConflict } from '../../../../kernel/ports/document-errors.ts';
import { termsOf, type SearchTerm } from '../../domain/search/order-terms.ts';
import { isMeant, prefixToAsk } from '../../domain/search/search-words.ts';
import type { Order } from '../../domain/order.ts';
import { FoundKeys, type ReadBudget } from './found-keys.ts';
import { liesIn, type OrderKey, type SortedKeys } from './sorted-keys.ts';

/** That an order is found by a term. Written once and taken away when it is not true any more, never changed. */
interface IndexEntry extends Document {
  /** `<order>|<key>`, and `|<word>` for the beginning of one, so that the entries of a key are in the order of their orders. */
  readonly id: string;
  /** `<kind>:<value>`. */
  readonly key: string;
  readonly placedAtMs: number;
}

/** What of an order is in the index. */
interface IndexedOrder extends Document {
  /** The order. */
  readonly id: string;
  readonly placedAtMs: number;
  /** The version of the order that it was made from. */
  readonly orderVersion: number;
  /** The layout that it was made by. */
  readonly layout: number;
  /** The ids of its entries, without the order. */
  readonly entries: readonly string[];
}

/** Of terms and entries; whoever changes what an order is found by makes it one more, and every order is taken in anew. */
export const INDEX_LAYOUT = 1;

const ENTRIES: CollectionDefinition = {
  name: 'orders-search-entries',
  indexes: [{ paths: ['key', 'placedAtMs'] }],
  isDerived: true,
};
const INDEXED: CollectionDefinition = {
  name: 'orders-search-orders',
  indexes: [{ paths: ['placedAtMs'] }],
  isDerived: true,
};

/** Entries of one order that are written at the same time. */
const WRITES_MAX = 64;

/** How often an order is taken in anew while others do the same. */
const ATTEMPTS_MAX = 5;

/**
 * What orders are found by: one flat entry for each order and value, and for each order and beginning of a word. A list of
 * one value is one range of one index, in the order of lists, in every document store. It follows the orders by their own
 * publications and may be behind them by as much as the outbox is.
 */
export class OrderIndex {
  readonly #orders: Pick<Collection<Order>, 'get'>;
  readonly #entries: Collection<IndexEntry>;
  readonly #indexed: Collection<IndexedOrder>;

  private constructor(parts: {
    readonly orders: Pick<Collection<Order>, 'get'>;
    readonly entries: Collection<IndexEntry>;
    readonly indexed: Collection<IndexedOrder>;
  }) {
    this.#orders = parts.orders;
    this.#entries = parts.entries;
    this.#indexed = parts.indexed;
  }

  static async open(documents: Documents, orders: Pick<Collection<Order>, 'get'>): Promise<OrderIndex> {
    const entries = await documents.collection<IndexEntry>(ENTRIES);
    return new OrderIndex({ orders, entries, indexed: await documents.collection<IndexedOrder>(INDEXED) });
  }

  /** Whether what is held of an order is from its newest version. */
  async isUpToDate(id: string): Promise<boolean> {
    const [order, held] = [await this.#orders.get(id), await this.#indexed.get(id)];
    return !order || isUpToDate(held?.document, order.version);
  }

  /**
   * Takes in an order as it is now. What it does not hold any more is not found any more. Whoever is stopped on the way does
   * the rest at the next call.
   * @throws {DocumentConflict} when others take it in again and again at the same moment
   */
  async takeIn(id: string): Promise<void> {
    let written: readonly string[] | undefined;
    for (let attempt = 1; ; attempt++) {
      const [order, held] = [await this.#orders.get(id), await this.#indexed.get(id)];
      if (!order || (written === undefined && isUpToDate(held?.document, order.version))) return;
      const indexed = indexedOf(order);
      const change = changeOf(held?.document, indexed, written);
      await this.#write(indexed, change);
      try {
        await this.#indexed.save(indexed, held?.version ?? 0);
        return;
      } catch (error) {
        if (!(error instanceof DocumentConflict) || attempt === ATTEMPTS_MAX) throw error;
        // Somebody took in another version of the order meanwhile, and each may have undone what the other did.
        written = [...(written ?? []), ...indexed.entries, ...(held?.document.entries ?? [])];
      }
    }
  }

  async #write({ id, placedAtMs }: IndexedOrder, { gained, lost }: IndexChange): Promise<void> {
    await inParts(gained, (name) => unlessDone(this.#entries.save(entryOf({ order: id, placedAtMs }, name), 0)));
    await inParts(lost, (name) => unlessDone(this.#entries.delete(`${id}|${name}`, 1)));
  }

  /** The orders that have a value. */
  with(term: Exclude<SearchTerm, { readonly kind: 'word' }>, budget: ReadBudget): SortedKeys {
    return this.#ofKey(keyOf(term), budget);
  }

  /** The orders that have a word which begins with `asked`, itself a word. */
  withWord(asked: string, budget: ReadBudget): SortedKeys {
    return this.#ofKey(keyOf({ kind: 'word', value: prefixToAsk(asked) }), budget, (word) => isMeant(word, asked));
  }

  /** The order of that id. */
  one(id: string): SortedKeys {
    return {
      next: async (place) => {
        const found = await this.#indexed.get(id);
        const key = found && { placedAtMs: found.document.placedAtMs, order: id };
        return key && liesIn(key, place) ? key : undefined;
      },
    };
  }

  /** Every order. */
  all(budget: ReadBudget): SortedKeys {
    return new FoundKeys({
      budget,
      read: async (after, limit) => {
        const found = await this.#indexed.find({ where: upTo(after), orderBy: NEWEST_FIRST, after, limit });
        return found.map(({ document: { id, placedAtMs } }) => ({ id, order: id, placedAtMs }));
      },
    });
  }

  /** What is found of orders, by order: the names of their entries. An order that is not in the index is absent. */
  async entriesOf(orders: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = await this.#indexed.getMany(orders);
    return new Map(found.map(({ document: { id, entries } }) => [id, entries]));
  }

  #ofKey(key: string, budget: ReadBudget, isMeantWord?: (word: string) => boolean): SortedKeys {
    return new FoundKeys({
      budget,
      read: async (after, limit) => {
        const where = { key: { eq: key }, ...upTo(after) };
        const found = await this.#entries.find({ where, orderBy: NEWEST_FIRST, after, limit });
        return found.map(({ document: { id, placedAtMs } }) => ({ id, order: orderOf(id), placedAtMs }));
      },
      ...(isMeantWord && { isWanted: ({ id }) => isMeantWord(id.slice(id.lastIndexOf('|') + 1)) }),
    });
  }
}

const NEWEST_FIRST = { path: 'placedAtMs', direction: 'desc' } as const;

/** What comes after a place has no later time. Said once more, it makes of the place the beginning of a range. */
const upTo = ({ value }: { readonly value: number }) => ({ placedAtMs: { lte: value } });

export const keyOf = ({ kind, value }: { readonly kind: string; readonly value: string }): string => `${kind}:${value}`;

/** What an entry is called within its order. A word has no bar. */
const entryName = (term: SearchTerm): string => (term.kind === 'word' ? `${keyOf(term)}|${term.word}` : keyOf(term));

function entryOf({ order, placedAtMs }: OrderKey, name: string): IndexEntry {
  const key = name.startsWith('word:') ? name.slice(0, name.lastIndexOf('|')) : name;
  return { id: `${order}|${name}`, key, placedAtMs };
}

/** Of the id of an entry. */
const orderOf = (id: string): string => id.slice(0, id.indexOf('|'));

function indexedOf({ document: order, version }: Versioned<Order>): IndexedOrder {
  const { id, placedAtMs } = order;
  return { id, placedAtMs, orderVersion: version, layout: INDEX_LAYOUT, entries: termsOf(order).map(entryName) };
}

const isUpToDate = (held: IndexedOrder | undefined, version: number): boolean =>
  held?.layout === INDEX_LAYOUT && held.orderVersion >= version;

interface IndexChange {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** @param written entries that are there or not; undefined: those of `held` are there and no others */
function changeOf(held: IndexedOrder | undefined, now: IndexedOrder, written?: readonly string[]): IndexChange {
  const before = new Set(held?.entries);
  const after = new Set(now.entries);
  const gained = written ? now.entries : now.entries.filter((name) => !before.has(name));
  const mayBeThere = [...new Set([...before, ...(written ?? [])])];
  return { gained, lost: mayBeThere.filter((name) => !after.has(name)) };
}

async function inParts<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += WRITES_MAX) {
    await Promise.all(items.slice(from, from + WRITES_MAX).map(act));
  }
}

/** An entry that is there already, or gone already, is so from a run that did not come to its end. */
async function unlessDone(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof DocumentConflict)) throw error;
  }
}
