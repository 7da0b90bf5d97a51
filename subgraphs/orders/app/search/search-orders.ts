import { Refusal } from '../../../../kernel/model/errors.ts';
import type { SearchTerm } from '../../domain/search/order-terms.ts';
import { wordsOf } from '../../domain/search/search-words.ts';
import type { Day } from '../../domain/sourcing/working-calendar.ts';
import { hasTerm, hasWord, matchingNarrowest, type Condition } from './conditions.ts';
import { SearchTooWide } from './found-keys.ts';
import type { OrderIndex } from './order-index.ts';
import { allOf, anyOf, placeAfter, placeBefore, type KeyPlace, type OrderKey } from './sorted-keys.ts';

/** All given conditions hold together; each list names the accepted values. */
export interface OrderSearch {
  /** Every word of it is in the order, or begins one of its words. */
  readonly text?: string;
  readonly numbers?: readonly string[];
  readonly customers?: readonly string[];
  readonly channels?: readonly string[];
  readonly locations?: readonly string[];
  readonly statuses?: readonly string[];
  readonly skus?: readonly string[];
  /** Placed at this time or later. */
  readonly placedFromMs?: number;
  readonly placedBeforeMs?: number;
  /** With a line that the customer was told to have by one of these days. */
  readonly promised?: { readonly from: Day; readonly until: Day };
}

type Searched = Pick<OrderIndex, 'with' | 'withWord' | 'one' | 'all' | 'entriesOf'>;

export interface OrderCount {
  /** At most COUNT_MAX. */
  readonly orders: number;
  /** False: there are more. */
  readonly isExact: boolean;
}

/** Totals are exact up to it. */
export const COUNT_MAX = 10_000;

const VALUES_MAX = 50;
/** Besides those that are asked for, those that a caller is for, who may look after many stores. */
const LOCATIONS_MAX = 1_000;
const TEXT_LENGTH_MAX = 200;
const TEXT_WORDS_MAX = 10;
const PROMISED_DAYS_MAX = 62;
const DAY_MS = 86_400_000;

/** Entries of the index that one page, or one total, may take. */
const READS_MAX = 200_000;
/** Before that, several lists are cut against each other by leaps, which is quickest where they meet often or hardly at all. */
const LEAP_READS_MAX = 20_000;

/**
 * The keys of orders that match, as the index knows them, the newest first.
 * @throws {Refusal} BAD_USER_INPUT
 * @throws {Refusal} LIMIT_EXCEEDED when so many entries have to be looked at that the search is to be narrowed
 */
export async function searchOrders(
  index: Searched,
  search: OrderSearch,
  page: { readonly limit: number; readonly after?: OrderKey },
): Promise<readonly OrderKey[]> {
  const keys: OrderKey[] = [];
  try {
    for await (const key of matching(index, search, { ...page, leapReadsMax: LEAP_READS_MAX })) {
      keys.push(key);
      if (keys.length === page.limit) break;
    }
    return keys;
  } catch (error) {
    if (!(error instanceof SearchTooWide)) throw error;
    throw new Refusal('LIMIT_EXCEEDED', 'The search has to look at too many orders; narrow it.', {
      limit: 'searchReadsMax',
      searchReadsMax: READS_MAX,
    });
  }
}

/**
 * How many orders match.
 * @param leapReadsMax entries that may be read before the narrowest condition alone is followed
 * @throws {Refusal} BAD_USER_INPUT
 */
export async function countOrders(
  index: Searched,
  search: OrderSearch,
  leapReadsMax = LEAP_READS_MAX,
): Promise<OrderCount> {
  let orders = 0;
  try {
    for await (const _ of matching(index, search, { leapReadsMax })) {
      if (orders === COUNT_MAX) return { orders, isExact: false };
      orders++;
    }
    return { orders, isExact: true };
  } catch (error) {
    if (!(error instanceof SearchTooWide)) throw error;
    return { orders, isExact: false };
  }
}

interface Reading {
  readonly after?: OrderKey;
  /** Entries that leaps may take. */
  readonly leapReadsMax: number;
}

async function* matching(
  index: Searched,
  search: OrderSearch,
  { after, leapReadsMax }: Reading,
): AsyncGenerator<OrderKey> {
  const { placedFromMs = -Infinity, placedBeforeMs } = search;
  const given = conditionsOf(search, index);
  const conditions = given.filter((condition) => condition !== 'NOTHING');
  if (conditions.length < given.length) return;
  let place: KeyPlace = after ? earlier(placeAfter(after), placeBefore(placedBeforeMs)) : placeBefore(placedBeforeMs);
  const leaps = { left: conditions.length === 1 ? READS_MAX : leapReadsMax };
  const keys = allOf(conditions.map((condition) => condition.open(leaps)));
  try {
    for (;;) {
      const key: OrderKey | undefined = await keys.next(place);
      if (!key || key.placedAtMs < placedFromMs) return;
      yield key;
      place = placeAfter(key);
    }
  } catch (error) {
    if (!(error instanceof SearchTooWide) || conditions.length === 1) throw error;
  }
  yield* matchingNarrowest(index, { conditions, place, placedFromMs, budget: { left: READS_MAX } });
}

/** The one that less lies in. */
const earlier = (a: KeyPlace, b: KeyPlace): KeyPlace => (a.placedAtMs < b.placedAtMs ? a : b);

/** At least one; a list without values is met by nothing. */
function conditionsOf(search: OrderSearch, index: Searched): readonly (Condition | 'NOTHING')[] {
  const { numbers, customers, channels, locations, statuses, skus } = search;
  const lists = {
    number: numbers,
    customer: customers,
    channel: channels,
    location: locations,
    status: statuses,
    sku: skus,
  };
  const given = Object.entries({ ...lists, promised: promisedDays(search) }) as [
    ValueKind,
    readonly string[] | undefined,
  ][];
  const parts = given.flatMap(([kind, values]): (Condition | 'NOTHING')[] => {
    if (!values) return [];
    assertFew(kind, values);
    return values.length === 0 ? ['NOTHING'] : [oneOf(index, kind, values)];
  });
  const all = [...textParts(search, index), ...parts];
  return all.length > 0 ? all : [{ open: (budget) => index.all(budget), isMetBy: () => true, lists: 1 }];
}

function oneOf(index: Searched, kind: ValueKind, values: readonly string[]): Condition {
  const terms = values.map((value) => ({ kind, value }));
  return {
    open: (budget) => anyOf(terms.map((term) => index.with(term, budget))),
    isMetBy: hasTerm(terms),
    lists: values.length,
  };
}

type ValueKind = Exclude<SearchTerm['kind'], 'word'>;

function assertFew(field: ValueKind, values: readonly string[]): void {
  const max = { promised: PROMISED_DAYS_MAX, location: LOCATIONS_MAX }[field as string] ?? VALUES_MAX;
  if (values.length > max) throw new Refusal('BAD_USER_INPUT', `${field} may have ${max} values.`, { field, max });
}

const ORDER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function textParts({ text }: OrderSearch, index: Searched): readonly Condition[] {
  if (text === undefined) return [];
  const id = text.trim().toLowerCase();
  if (ORDER_ID.test(id)) {
    return [{ open: () => index.one(id), isMetBy: ({ order }) => order === id, lists: 1 }];
  }
  return askedWords(text).map((word) => ({
    open: (budget) => index.withWord(word, budget),
    isMetBy: hasWord(word),
    lists: 1,
  }));
}

/** The longest first: it is in the fewest orders most of the time. */
function askedWords(text: string): readonly string[] {
  const words = wordsOf(text.slice(0, TEXT_LENGTH_MAX + 1));
  if (text.length > TEXT_LENGTH_MAX || words.length === 0 || words.length > TEXT_WORDS_MAX) {
    throw new Refusal(
      'BAD_USER_INPUT',
      `text must have 1 to ${TEXT_WORDS_MAX} words in ${TEXT_LENGTH_MAX} characters.`,
      {
        field: 'text',
        max: TEXT_LENGTH_MAX,
      },
    );
  }
  return words.toSorted((a, b) => b.length - a.length);
}

function promisedDays({ promised }: OrderSearch): readonly Day[] | undefined {
  if (!promised) return undefined;
  const [from, until] = [dayMs(promised.from), dayMs(promised.until)];
  const count = Math.max(0, Math.min((until - from) / DAY_MS + 1, PROMISED_DAYS_MAX + 1));
  return Array.from({ length: count }, (_, n) => new Date(from + n * DAY_MS).toISOString().slice(0, 10));
}

/** @throws {Refusal} BAD_USER_INPUT when it is no day */
function dayMs(day: Day): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(ms)) return ms;
  throw new Refusal('BAD_USER_INPUT', `${day} is no day such as 2026-12-24.`, { field: 'promised' });
}
