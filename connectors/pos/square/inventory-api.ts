import { LruMap } from '../../../kernel/graphql/lru-map.ts';
import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { ChangePage, VariationPage, type RawChange } from './inventory-objects.ts';

/** SKUs of one search. */
const SKUS_MAX = 250;
const VARIATIONS_KEPT_MAX = 100_000;

export interface InventoryLimits {
  readonly rowsPerPage: number;
  /** Pages of one question, followed until it ends. */
  readonly pagesMax: number;
}

export const INVENTORY_LIMITS: InventoryLimits = { rowsPerPage: 1_000, pagesMax: 20 };

/** What some changes are asked by. */
export interface ChangeScope {
  readonly locationIds: readonly string[];
  /** Absent: of all items. */
  readonly objectIds?: readonly string[];
  /** Made by Square after this instant, and before the other one. */
  readonly afterMs: number;
  readonly beforeMs: number;
}

/**
 * The inventory of one merchant's account.
 * Source: https://developer.squareup.com/reference/square/inventory-api
 */
export class InventoryApi {
  readonly system: string;
  readonly #http: HttpClient;
  readonly #limits: InventoryLimits;
  readonly #variations = new LruMap<string, string>(VARIATIONS_KEPT_MAX);

  constructor(system: string, http: HttpClient, limits: Partial<InventoryLimits> = {}) {
    this.#limits = { ...INVENTORY_LIMITS, ...limits };
    this.system = system;
    this.#http = http;
  }

  /** Undefined when there are more than `pagesMax` pages of them: they come by their own times, so a part tells nothing. */
  async changes({ locationIds, objectIds, afterMs, beforeMs }: ChangeScope): Promise<readonly RawChange[] | undefined> {
    const asked = {
      location_ids: locationIds,
      ...(objectIds && { catalog_object_ids: objectIds }),
      updated_after: new Date(afterMs).toISOString(),
      updated_before: new Date(beforeMs).toISOString(),
      limit: this.#limits.rowsPerPage,
    };
    const rows: RawChange[] = [];
    let cursor: string | undefined;
    for (let page = 1; page <= this.#limits.pagesMax; page++) {
      const json = await this.#post('/v2/inventory/changes/batch-retrieve', { ...asked, ...(cursor && { cursor }) });
      const { changes = [], errors = [], cursor: next } = parseAnswer(this.system, ChangePage, json);
      if (errors.length > 0)
        throw new UpstreamUnavailable(this.system, { words: 'A part of a batch was not answered.' });
      rows.push(...changes);
      if (next === undefined) return rows;
      cursor = next;
    }
    return undefined;
  }

  /** Catalogue ids of variations by their SKUs; unknown SKUs are absent. */
  async variations(skus: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const unknown = [...new Set(skus)].filter((sku) => this.#variations.get(sku) === undefined);
    for (let from = 0; from < unknown.length; from += SKUS_MAX) {
      await this.#learnVariations(unknown.slice(from, from + SKUS_MAX));
    }
    return new Map(
      skus.flatMap((sku) => {
        const id = this.#variations.get(sku);
        return id === undefined ? [] : [[sku, id] as const];
      }),
    );
  }

  /** All of them or none. The same key with the same changes changes nothing more. */
  async create(idempotencyKey: string, changes: readonly unknown[]): Promise<void> {
    await this.#post('/v2/inventory/changes/batch-create', {
      idempotency_key: idempotencyKey,
      changes,
      // A count that finds what was there is a fact too.
      ignore_unchanged_counts: false,
    });
  }

  async #learnVariations(skus: readonly string[]): Promise<void> {
    const query = { set_query: { attribute_name: 'sku', attribute_values: skus } };
    const json = await this.#post('/v2/catalog/search', {
      object_types: ['ITEM_VARIATION'],
      query,
      limit: this.#limits.rowsPerPage,
    });
    const { objects = [] } = parseAnswer(this.system, VariationPage, json);
    for (const { id, item_variation_data: variation } of objects) {
      if (variation?.sku !== undefined) this.#variations.set(variation.sku, id);
    }
  }

  async #post(path: string, json: unknown): Promise<unknown> {
    return (await this.#http.request({ method: 'POST', path, json, isIdempotent: true })).json;
  }
}
