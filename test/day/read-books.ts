import { setTimeout as sleep } from 'node:timers/promises';
import { readPositions } from '../harness/read-state.ts';
import type { Books } from './compare-books.ts';
import type { DayClients } from './day-clients.ts';
import { DAY_PLACES, type DayItem } from './deal-day.ts';
import { DAY_SYSTEMS, DAY_WAREHOUSES, type DayWorld } from './open-day-world.ts';

const ATTEMPTS_MAX = 20;
const AGAIN_MS = 200;
const COUNTS_PER_PAGE = 1_000;

interface CountsPage {
  readonly counts: readonly {
    readonly catalog_object_id: string;
    readonly location_id: string;
    readonly quantity: string;
  }[];
  readonly errors?: readonly unknown[];
  readonly cursor?: string;
}

/**
 * The three books, each from its own keeper: the ledger from the public graph, the counts of the POS from its API, the
 * stock of Tryton from Tryton itself.
 */
export async function readBooks(
  { square, people }: DayWorld,
  { agent }: DayClients,
  items: readonly DayItem[],
): Promise<Books> {
  const { warehouse, stores } = DAY_PLACES;
  const positions = await readPositions(agent, [warehouse, ...stores]);
  const ledger = new Map(positions.map(({ sku, location, onHand }) => [`${sku}|${location}`, Number(onHand)]));
  const skus = items.map(({ sku }) => sku);
  const tryton = new Map<string, number>();
  for (const [code, location] of Object.entries(DAY_WAREHOUSES)) {
    for (const [sku, quantity] of await people.stockOf(code, skus)) tryton.set(`${sku}|${location}`, quantity);
  }
  return {
    ledger,
    systems: {
      [DAY_SYSTEMS.pos]: { book: await countsOf(square, skus), locations: stores },
      [DAY_SYSTEMS.erp]: { book: tryton, locations: stores },
      [DAY_SYSTEMS.wms]: { book: tryton, locations: [warehouse] },
    },
  };
}

/** What Square says lies in the stores, by its own API. */
async function countsOf(square: DayWorld['square'], skus: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const skuOf = new Map(skus.map((sku) => [square.variationId(sku), sku]));
  const storeOf = new Map(DAY_PLACES.stores.map((code) => [square.locationId(code), code]));
  const book = new Map<string, number>();
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const page = await countsPage(square.url, cursor);
    for (const { catalog_object_id: variation, location_id: place, quantity } of page.counts) {
      book.set(`${skuOf.get(variation)}|${storeOf.get(place)}`, Number(quantity));
    }
    ({ cursor } = page);
  }
  return book;
}

/** Whoever asks too often is asked to wait. */
async function countsPage(url: string, cursor: string | undefined): Promise<CountsPage> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(new URL('/v2/inventory/counts/batch-retrieve', url), {
      method: 'POST',
      headers: { authorization: 'Bearer square-token', 'content-type': 'application/json' },
      body: JSON.stringify({ states: ['IN_STOCK'], limit: COUNTS_PER_PAGE, ...(cursor !== undefined && { cursor }) }),
    });
    const page = (await response.json()) as CountsPage;
    if (response.ok && page.errors === undefined) return page;
    if (attempt === ATTEMPTS_MAX) throw new Error(`Square does not tell its counts: ${response.status}`);
    await sleep(AGAIN_MS);
  }
}
