import { isMeant } from '../../domain/search/search-words.ts';
import type { SearchTerm } from '../../domain/search/order-terms.ts';
import { SearchTooWide, type ReadBudget } from './found-keys.ts';
import { keyOf, type OrderIndex } from './order-index.ts';
import { placeAfter, type KeyPlace, type OrderKey, type SortedKeys } from './sorted-keys.ts';

/** Something that orders have to meet. */
export interface Condition {
  /** The orders that meet it. */
  open(budget: ReadBudget): SortedKeys;
  /** Whether an order meets it that has these entries. */
  isMetBy(key: OrderKey, entries: readonly string[]): boolean;
  /** How many lists it is read from. */
  readonly lists: number;
}

export const hasTerm =
  (terms: readonly Exclude<SearchTerm, { readonly kind: 'word' }>[]): Condition['isMetBy'] =>
  (_, entries) =>
    terms.some((term) => entries.includes(keyOf(term)));

/** A word has no bar; what stands before it is what it is found by. */
export const hasWord =
  (asked: string): Condition['isMetBy'] =>
  (_, entries) =>
    entries.some((name) => name.startsWith('word:') && isMeant(name.slice(name.lastIndexOf('|') + 1), asked));

/** Orders of each condition that are looked at in order to see which is met by the fewest. */
const SAMPLE = 256;
/** A condition of more lists is not looked at: it is met by many. */
const SAMPLED_LISTS_MAX = 50;
/** Orders whose entries are read together. */
const BATCH = 256;
/** Orders that are held against the other conditions for one page, or one total. */
const HELD_AGAINST_MAX = 100_000;

interface Narrow {
  readonly conditions: readonly Condition[];
  readonly place: KeyPlace;
  readonly placedFromMs: number;
  readonly budget: ReadBudget;
}

/**
 * The orders that meet all conditions: those of the condition that the fewest meet, each held against the others by its own
 * entries. So what it costs follows from that condition alone, however many orders meet the others.
 * @throws {SearchTooWide}
 */
export async function* matchingNarrowest(
  index: Pick<OrderIndex, 'entriesOf'>,
  { conditions, place, placedFromMs, budget }: Narrow,
): AsyncGenerator<OrderKey> {
  const narrowest = await narrowestOf({ conditions, place, placedFromMs, budget });
  const others = conditions.filter((each) => each !== narrowest);
  const keys = narrowest.open(budget);
  let from = place;
  let left = HELD_AGAINST_MAX;
  for (;;) {
    const batch = await takeSome(keys, from, BATCH);
    const wanted = batch.filter(({ placedAtMs }) => placedAtMs >= placedFromMs);
    left -= wanted.length;
    if (left < 0) throw new SearchTooWide('The search looks at too many orders.');
    const entriesOf = await index.entriesOf(wanted.map(({ order }) => order));
    for (const key of wanted) {
      const entries = entriesOf.get(key.order);
      if (entries && others.every((condition) => condition.isMetBy(key, entries))) yield key;
    }
    const last = batch.at(-1);
    if (!last || batch.length < BATCH || wanted.length < batch.length) return;
    from = placeAfter(last);
  }
}

async function takeSome(keys: SortedKeys, place: KeyPlace, limit: number): Promise<readonly OrderKey[]> {
  const taken: OrderKey[] = [];
  let from = place;
  while (taken.length < limit) {
    const key = await keys.next(from);
    if (!key) break;
    taken.push(key);
    from = placeAfter(key);
  }
  return taken;
}

/** By the first orders of each: a list that ends is short, and of the others the one that reaches furthest back is thinnest. */
async function narrowestOf({ conditions, place, placedFromMs, budget }: Narrow): Promise<Condition> {
  let narrowest: { readonly condition: Condition; readonly reachMs: number } | undefined;
  for (const condition of conditions) {
    if (condition.lists > SAMPLED_LISTS_MAX) continue;
    const some = await takeSome(condition.open(budget), place, SAMPLE);
    const sample = some.filter(({ placedAtMs }) => placedAtMs >= placedFromMs);
    // The shorter one of two lists that end lies further back than any order.
    const reachMs = sample.length < SAMPLE ? sample.length - SAMPLE : (sample.at(-1)?.placedAtMs ?? 0);
    if (!narrowest || reachMs < narrowest.reachMs) narrowest = { condition, reachMs };
  }
  const [first] = conditions;
  if (!first) throw new Error('A search has no condition.');
  return narrowest?.condition ?? first;
}
