import type { Collection } from '../../kernel/ports/documents.ts';
import type { GraphqlRequest } from '../../gateway/executor/graphql-engine.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { OrderIndex } from '../../subgraphs/orders/app/search/order-index.ts';
import { OrderStore } from '../../subgraphs/orders/app/order-store.ts';
import { ORDERS_LIMITS } from '../../subgraphs/orders/app/orders-limits.ts';
import { keepSale } from '../../subgraphs/orders/domain/keep-sale.ts';
import type { Order } from '../../subgraphs/orders/domain/order.ts';
import { percentile } from '../measure/closed-loop.ts';
import { CHANNEL_ID } from '../reservations/reserver.ts';
import { LOCATION_IDS } from '../reservations/stock-facts.ts';
import { linesOf } from './order-input.ts';

export interface LookUpLoad {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface LookUpArgument {
  readonly what: 'order' | 'timeline' | 'words' | 'list';
  readonly calls: number;
}

/** Entries of the timeline of an order with a long history, and of most others. */
const ENTRIES = 50;
const ENTRIES_OF_MOST = 12;
/** One in so many has a long history. */
const LONG_HISTORY_EVERY = 10;
/** Orders that are written at the same time. */
const WRITES = 500;
const SKU_COUNT = 1_000;
const DAY_MS = 86_400_000;
/** No divisor of it is one of the numbers of orders that are stored, so that looks go everywhere. */
const STRIDE = 7_919;
const PAGE = 50;

const QUERIES: Readonly<Record<LookUpArgument['what'], string>> = {
  order:
    'query One($id: ID!) { order(id: $id) { id status customer totals { grand { amountMinor } } lines { id ordered } } }',
  timeline: `query Timeline($id: ID!) { order(id: $id) { id timeline(first: ${ENTRIES}) {
    edges { node { id type summary occurredAt recordedAt lagMs source evidence visibility } } } } }`,
  words: `query Words($text: String!) { orderSearch(first: ${PAGE}, filter: { text: $text }) {
    totalCount edges { node { id externalId status } } } }`,
  list: `query Latest($customer: String!) { orders(first: ${PAGE}, customer: $customer) { edges { node { id status } } } }`,
};

/** Orders of the past, with a history each, as they are kept and found; nothing is published of them. */
export class StoredOrders {
  readonly #orders: Collection<Order>;
  readonly #index: OrderIndex;
  readonly #ids: Platform['ids'];
  readonly #startMs: number;
  readonly #stored: string[] = [];
  #looks = 0;

  private constructor(platform: Platform, orders: Collection<Order>, index: OrderIndex) {
    this.#ids = platform.ids;
    this.#startMs = platform.clock.nowMs() - 365 * DAY_MS;
    this.#orders = orders;
    this.#index = index;
  }

  static async open(platform: Platform): Promise<StoredOrders> {
    const { collection } = await OrderStore.open(platform, ORDERS_LIMITS);
    return new StoredOrders(
      platform,
      collection as Collection<Order>,
      await OrderIndex.open(platform.documents, collection),
    );
  }

  /** @returns how many there are then */
  async add({ orders }: { readonly orders: number }): Promise<number> {
    for (let left = orders; left > 0; left -= WRITES) {
      const some = Array.from({ length: Math.min(WRITES, left) }, (_, n) => this.#make(this.#stored.length + n));
      await Promise.all(some.map((order) => this.#orders.save(order, 0)));
      await Promise.all(some.map(({ id }) => this.#index.takeIn(id)));
      this.#stored.push(...some.map(({ id }) => id));
    }
    return this.#stored.length;
  }

  /** One after the other, each of another order. @throws when an order is not there, or not whole */
  async lookUp(
    ask: (request: GraphqlRequest) => Promise<string>,
    { what, calls }: LookUpArgument,
  ): Promise<LookUpLoad> {
    const tookMs: number[] = [];
    for (let call = 0; call < calls; call++) {
      // Of timelines the long ones are looked at.
      const every = what === 'timeline' ? LONG_HISTORY_EVERY : 1;
      const ordinal = ((this.#looks++ * STRIDE) % Math.floor(this.#stored.length / every)) * every;
      const id = this.#stored[ordinal] ?? '';
      const variables = { id, text: numberOf(ordinal).toLowerCase(), customer: customerOf(ordinal) };
      const startedMs = performance.now();
      const text = await ask({ query: QUERIES[what], variables: pick(variables, QUERIES[what]) });
      tookMs.push(performance.now() - startedMs);
      assertWhole(text, id, what);
    }
    const sorted = tookMs.sort((a, b) => a - b);
    return { p50Ms: percentile(sorted, 0.5), p99Ms: percentile(sorted, 0.99) };
  }

  #make(ordinal: number): Order {
    const atMs = this.#startMs + ordinal * 20;
    const told = { source: 'bench', evidence: `stored-${ordinal}`, occurredAtMs: atMs, recordedAtMs: atMs };
    const count = linesOf(ordinal);
    const order = keepSale({
      id: this.#ids.next(),
      origin: 'WEB_SALE',
      channel: CHANNEL_ID,
      externalId: numberOf(ordinal),
      contentHash: String(ordinal),
      currency: 'GBP',
      customer: customerOf(ordinal),
      location: LOCATION_IDS[ordinal % LOCATION_IDS.length] ?? '',
      lines: Array.from({ length: count }, (_, n) => ({
        sku: `SKU-${String((ordinal + n) % SKU_COUNT).padStart(5, '0')}`,
        decimals: 0 as const,
        ordered: 1,
        unitPriceMinor: 1_000,
      })),
      charges: [],
      tenders: [{ tender: 'CARD', amountMinor: 1_000 * count }],
      told,
    });
    const [entry] = order.timeline;
    // An agent is shown all but what is internal.
    const shown = order.timeline.filter(({ visibility }) => visibility !== 'INTERNAL').length;
    const entries = ordinal % LONG_HISTORY_EVERY === 0 ? ENTRIES : ENTRIES_OF_MOST;
    const later = Array.from({ length: Math.max(0, entries - shown) }, (_, n) => ({
      ...(entry as Order['timeline'][number]),
      entryNo: order.timeline.length + n + 1,
      type: 'PARCEL_SEEN',
      summary: 'The carrier saw the parcel on its way.',
    }));
    return { ...order, timeline: [...order.timeline, ...later] };
  }
}

const numberOf = (ordinal: number): string => `OLD-${20_000_000 + ordinal}`;
/** So many customers that each has ten orders in a hundred thousand. */
const customerOf = (ordinal: number): string => `C-${100_000 + (ordinal % 10_000)}`;

/** The variables that a query names. */
function pick(variables: Readonly<Record<string, string>>, query: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => query.includes(`$${name}:`)));
}

function assertWhole(text: string, id: string, what: LookUpArgument['what']): void {
  const entries = text.match(/"evidence"/g)?.length ?? 0;
  const isWhole = text.includes(id) && (what !== 'timeline' || entries === ENTRIES);
  // Of a customer with more orders than a page holds this one may be on a later page.
  if (isWhole || (what === 'list' && text.includes('"status"'))) return;
  throw new Error(`The order ${id} was answered ${text.slice(0, 500)}`);
}
