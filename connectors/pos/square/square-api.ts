import { LruMap } from '../../../kernel/graphql/lru-map.ts';
import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { CatalogAnswer, OrdersAnswer, RefundAnswer, type RawOrder } from './square-objects.ts';

const ORDERS_MAX = 100;
const CATALOG_OBJECTS_MAX = 1_000;
const ORDERS_PER_PAGE = 500;
/** Pages of one search, followed until it ends. */
const PAGES_MAX = 20;
/** Questions for what a partly failed answer left out. */
const ROUNDS_MAX = 3;
const SKUS_KEPT_MAX = 100_000;

/** A line's catalogue object, and the version of it that was sold. */
export interface SoldVariation {
  readonly id: string;
  readonly version: number;
}

/**
 * Reads of one merchant's account.
 * Source: https://developer.squareup.com/reference/square
 */
export class SquareApi {
  readonly system: string;
  readonly #http: HttpClient;
  readonly #skus = new LruMap<string, { readonly sku: string; readonly version: number }>(SKUS_KEPT_MAX);

  constructor(system: string, http: HttpClient) {
    this.system = system;
    this.#http = http;
  }

  /** Orders by their ids, one HTTP call per hundred; unknown ids are absent. */
  async orders(ids: readonly string[]): Promise<ReadonlyMap<string, RawOrder>> {
    const found = new Map<string, RawOrder>();
    for (const some of chunks([...new Set(ids)], ORDERS_MAX)) {
      await this.#untilWhole(some, async (missing) => {
        const json = await this.#post('/v2/orders/batch-retrieve', { order_ids: missing });
        const { orders = [], errors = [] } = parseAnswer(this.system, OrdersAnswer, json);
        for (const order of orders) found.set(order.id, order);
        return errors.length === 0 ? [] : missing.filter((id) => !found.has(id));
      });
    }
    return found;
  }

  /** Completed orders of these stores that changed at or after a time, oldest change first. */
  async changedOrders(
    locationIds: readonly string[],
    sinceMs: number,
  ): Promise<{ readonly orders: readonly RawOrder[]; readonly hasMore: boolean }> {
    const orders: RawOrder[] = [];
    let cursor: string | undefined;
    for (let page = 1; page <= PAGES_MAX; page++) {
      const json = await this.#post('/v2/orders/search', {
        location_ids: locationIds,
        limit: ORDERS_PER_PAGE,
        query: {
          filter: {
            state_filter: { states: ['COMPLETED'] },
            date_time_filter: { updated_at: { start_at: new Date(sinceMs).toISOString() } },
          },
          sort: { sort_field: 'UPDATED_AT', sort_order: 'ASC' },
        },
        ...(cursor !== undefined && { cursor }),
      });
      const answer = parseAnswer(this.system, OrdersAnswer, json);
      orders.push(...(answer.orders ?? []));
      ({ cursor } = answer);
      if (cursor === undefined) return { orders, hasMore: false };
    }
    return { orders, hasMore: true };
  }

  /** SKU codes of catalogue variations, from memory where the sold version is known; unknown ones are absent. */
  async skus(variations: readonly SoldVariation[]): Promise<ReadonlyMap<string, string>> {
    const newer = variations.filter(({ id, version }) => (this.#skus.get(id)?.version ?? -1) < version);
    for (const some of chunks([...new Set(newer.map(({ id }) => id))], CATALOG_OBJECTS_MAX)) {
      await this.#untilWhole(some, (missing) => this.#learnSkus(missing));
    }
    return new Map(
      variations.flatMap(({ id }) => {
        const known = this.#skus.get(id);
        return known ? [[id, known.sku] as const] : [];
      }),
    );
  }

  /** Where the money of a refund went, in Square's words. */
  async refundDestination(id: string): Promise<string> {
    const path = `/v2/refunds/${encodeURIComponent(id)}`;
    const { json } = await this.#http.request({ method: 'GET', path, isIdempotent: true });
    return parseAnswer(this.system, RefundAnswer, json).refund.destination_type ?? 'CARD';
  }

  async #learnSkus(ids: readonly string[]): Promise<readonly string[]> {
    const json = await this.#post('/v2/catalog/batch-retrieve', { object_ids: ids, include_deleted_objects: true });
    const { objects = [], errors = [] } = parseAnswer(this.system, CatalogAnswer, json);
    for (const { id, version, item_variation_data: variation } of objects) {
      if (variation?.sku !== undefined) this.#skus.set(id, { sku: variation.sku, version: Number(version) });
    }
    const found = new Set(objects.map(({ id }) => id));
    return errors.length === 0 ? [] : ids.filter((id) => !found.has(id));
  }

  async #untilWhole(
    ids: readonly string[],
    ask: (missing: readonly string[]) => Promise<readonly string[]>,
  ): Promise<void> {
    let missing = ids;
    for (let round = 1; missing.length > 0; round++) {
      if (round > ROUNDS_MAX)
        throw new UpstreamUnavailable(this.system, { words: 'A part of a batch was not answered.' });
      missing = await ask(missing);
    }
  }

  async #post(path: string, json: unknown): Promise<unknown> {
    const answer = await this.#http.request({ method: 'POST', path, json, isIdempotent: true });
    return answer.json;
  }
}

function chunks<Value>(values: readonly Value[], size: number): readonly (readonly Value[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
