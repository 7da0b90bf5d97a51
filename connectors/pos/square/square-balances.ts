import { Type, type Static } from '@sinclair/typebox';
import { LruMap } from '../../../kernel/graphql/lru-map.ts';
import { skuId } from '../../../kernel/model/codes.ts';
import type { Clock } from '../../../kernel/ports/clock.ts';
import type { BalancePage, BalanceSource } from '../../runtime/balance-source.ts';
import { reversed } from '../../runtime/code-mapping.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import type { PosMapping } from '../pos-mapping.ts';
import type { SquareApi } from './square-api.ts';
import { CatalogAnswer } from './square-objects.ts';

export interface SquareBalanceParts {
  readonly api: SquareApi;
  readonly http: HttpClient;
  readonly mapping: PosMapping;
  readonly clock: Clock;
}

const Count = Type.Object({
  catalog_object_id: Type.String(),
  state: Type.String(),
  quantity: Type.String(),
});
const CountsAnswer = Type.Object({
  counts: Type.Optional(Type.Array(Count)),
  errors: Type.Optional(Type.Array(Type.Unknown())),
  cursor: Type.Optional(Type.String()),
});

/** What is on the shelf; the other states are sold, wasted or under way. */
const ON_SHELF = 'IN_STOCK';
const COUNTS_PER_PAGE = 1_000;
const SKUS_PER_SEARCH = 250;
/** Questions for what was answered in part only. */
const ROUNDS_MAX = 3;
const IDS_KEPT_MAX = 100_000;

/** What Square counts in stores. Its counts bear the time of their last change and not of the answer: that is the hub's. */
export class SquareBalances implements BalanceSource {
  readonly figure = 'SELLABLE';
  readonly locations: readonly string[];
  readonly #parts: SquareBalanceParts;
  readonly #stores: ReadonlyMap<string, readonly string[]>;
  /** By SKU, the id of its variation. */
  readonly #ids = new LruMap<string, string>(IDS_KEPT_MAX);

  constructor(parts: SquareBalanceParts) {
    this.#parts = parts;
    this.#stores = reversed(parts.mapping.locations);
    this.locations = [...this.#stores.keys()];
  }

  list(location: string, after: string | undefined): Promise<BalancePage> {
    return this.#counts({ location, ...(after !== undefined && { cursor: after }) });
  }

  async lookUp(location: string, skus: readonly string[]): Promise<BalancePage> {
    const asOfMs = this.#parts.clock.nowMs();
    const ids = await this.#variationsOf(skus);
    if (ids.length === 0) return { asOfMs, balances: [] };
    return this.#counts({ location, ids });
  }

  async #counts(asked: {
    readonly location: string;
    readonly cursor?: string;
    readonly ids?: readonly string[];
  }): Promise<BalancePage> {
    const asOfMs = this.#parts.clock.nowMs();
    const { counts = [], cursor } = await this.#askCounts({
      location_ids: this.#stores.get(asked.location) ?? [],
      states: [ON_SHELF],
      limit: COUNTS_PER_PAGE,
      ...(asked.cursor !== undefined && { cursor: asked.cursor }),
      ...(asked.ids && { catalog_object_ids: asked.ids }),
    });
    const sold = counts.map(({ catalog_object_id: id }) => ({ id, version: 0 }));
    const skus = await this.#parts.api.skus(sold);
    const balances = counts.flatMap(({ catalog_object_id: id, state, quantity }) => {
      const code = skus.get(id);
      // An item without a SKU is none that the hub could hold.
      if (code === undefined || state !== ON_SHELF) return [];
      const sku = skuId(code);
      this.#ids.set(sku, id);
      return [{ sku, quantity: decimalText(quantity, 'quantity') }];
    });
    return { asOfMs, balances, ...(cursor !== undefined && { next: cursor }) };
  }

  /** A page that leaves counts out would look like shelves that are empty, so it is asked for until it is whole. */
  async #askCounts(json: object): Promise<Static<typeof CountsAnswer>> {
    const { api } = this.#parts;
    for (let round = 1; round <= ROUNDS_MAX; round++) {
      const answer = parseAnswer(
        api.system,
        CountsAnswer,
        await this.#post('/v2/inventory/counts/batch-retrieve', json),
      );
      if ((answer.errors ?? []).length === 0) return answer;
    }
    throw new UpstreamUnavailable(api.system, { words: 'A part of the counts was not answered.' });
  }

  async #variationsOf(skus: readonly string[]): Promise<readonly string[]> {
    const unknown = skus.filter((sku) => this.#ids.get(sku) === undefined);
    for (let from = 0; from < unknown.length; from += SKUS_PER_SEARCH) {
      const values = unknown.slice(from, from + SKUS_PER_SEARCH);
      const json = await this.#post('/v2/catalog/search', {
        object_types: ['ITEM_VARIATION'],
        query: { set_query: { attribute_name: 'sku', attribute_values: values } },
      });
      const { objects = [] } = parseAnswer(this.#parts.api.system, CatalogAnswer, json);
      for (const { id, item_variation_data: variation } of objects) {
        if (variation?.sku !== undefined) this.#ids.set(skuId(variation.sku), id);
      }
    }
    return skus.map((sku) => this.#ids.get(sku)).filter((id) => id !== undefined);
  }

  async #post(path: string, json: object): Promise<unknown> {
    const answer = await this.#parts.http.request({ method: 'POST', path, json, isIdempotent: true });
    return answer.json;
  }
}
