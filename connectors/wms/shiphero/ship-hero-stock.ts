import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { StockAnswer, StockPage, type StockRow } from './ship-hero-events.ts';

export interface StockRead {
  readonly rows: readonly StockRow[];
  /** The system's own clock; of several questions the first. */
  readonly asOfMs: number;
}

/** SKUs of one stock query. */
const SKUS_MAX = 500;
const ROWS_PER_PAGE = 500;
/** Questions for what a partly failed answer left out. */
const ROUNDS_MAX = 3;
const UNKNOWN_SKU = 'UNKNOWN_SKU';

/** What lies in the warehouses of one account. */
export class ShipHeroStock {
  readonly #system: string;
  readonly #http: HttpClient;

  constructor(system: string, http: HttpClient) {
    this.#system = system;
    this.#http = http;
  }

  /** Rows of these SKUs in all warehouses; unknown ones are absent. */
  async ofSkus(skus: readonly string[]): Promise<StockRead> {
    const rows: StockRow[] = [];
    let asOfMs: number | undefined;
    for (let from = 0; from < skus.length; from += SKUS_MAX) {
      const read = await this.#untilWhole(skus.slice(from, from + SKUS_MAX));
      rows.push(...read.rows);
      asOfMs ??= read.asOfMs;
    }
    return { rows, asOfMs: asOfMs ?? 0 };
  }

  /** One page of all that lies in a warehouse, in the order of SKUs. */
  async pageOf(warehouse: string, after: string): Promise<StockRead & { readonly next?: string }> {
    const query = new URLSearchParams({ warehouse, after, limit: String(ROWS_PER_PAGE) });
    const { json } = await this.#http.request({ method: 'GET', path: `/v1/stock?${query}`, isIdempotent: true });
    const { data, next_after: next, as_of: asOf } = parseAnswer(this.#system, StockPage, json);
    return { rows: data, asOfMs: Date.parse(asOf), ...(next !== null && { next }) };
  }

  async #untilWhole(skus: readonly string[]): Promise<StockRead> {
    const rows: StockRow[] = [];
    let asOfMs: number | undefined;
    let missing = skus;
    for (let round = 1; missing.length > 0; round++) {
      if (round > ROUNDS_MAX) throw new UpstreamUnavailable(this.#system, { words: 'Some SKUs were not answered.' });
      const json = { skus: missing };
      const request = { method: 'POST', path: '/v1/stock/query', json, isIdempotent: true } as const;
      const answer = parseAnswer(this.#system, StockAnswer, (await this.#http.request(request)).json);
      rows.push(...answer.data);
      asOfMs ??= Date.parse(answer.as_of);
      missing = answer.errors.filter(({ code }) => code !== UNKNOWN_SKU).map(({ sku }) => sku);
    }
    return { rows, asOfMs: asOfMs ?? 0 };
  }
}
