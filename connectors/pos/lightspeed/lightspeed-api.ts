import { LruMap } from '../../../kernel/graphql/lru-map.ts';
import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import {
  OneSale,
  ProductPage,
  SalePage,
  SearchAnswer,
  type ProductRow,
  type RawSale,
  type SaleRow,
} from './lightspeed-objects.ts';

const SALES_PER_PAGE = 500;
const PRODUCTS_PER_PAGE = 1_000;
/** Pages of products read in one go. */
const PRODUCT_PAGES_MAX = 1_000;
const SALES_KEPT_MAX = 50_000;

/** The paper that a return refers to. */
export interface OriginalSale {
  readonly outletId: string;
  readonly number: string;
}

/**
 * Reads of one retailer's account.
 * Source: https://x-series-api.lightspeedhq.com/docs
 */
export class LightspeedApi {
  readonly system: string;
  readonly #http: HttpClient;
  readonly #skus = new Map<string, string>();
  readonly #originals = new LruMap<string, OriginalSale>(SALES_KEPT_MAX);
  #productVersion = 0;
  #learning: Promise<void> | undefined;

  constructor(system: string, http: HttpClient) {
    this.system = system;
    this.#http = http;
  }

  /** Sales after a version, oldest version first. A sale that was edited comes again with a higher one. */
  async salesAfter(
    version: number,
  ): Promise<{ readonly sales: readonly RawSale[]; readonly last: number; readonly hasMore: boolean }> {
    const path = `/api/2.0/sales?after=${version}&page_size=${SALES_PER_PAGE}`;
    const page = parseAnswer(this.system, SalePage, await this.#get(path));
    return { sales: page.data, last: page.version.max ?? version, hasMore: page.data.length === SALES_PER_PAGE };
  }

  /** Sales by the numbers on their receipts, in one call. */
  async salesByNumber(numbers: readonly string[]): Promise<readonly SaleRow[]> {
    const query = new URLSearchParams([['type', 'sales'], ...numbers.map((number) => ['invoice_number', number])]);
    return parseAnswer(this.system, SearchAnswer, await this.#get(`/api/2.0/search?${query}`)).data;
  }

  /** SKU codes by product id. Unknown products make it read on in the list of products; then they are absent. */
  async skus(productIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (productIds.some((id) => !this.#skus.has(id))) await this.#learnProducts();
    return this.#skus;
  }

  learnProduct({ id, sku }: Pick<ProductRow, 'id' | 'sku'>): void {
    this.#skus.set(id, sku);
  }

  rememberSale({ id, outlet_id: outletId, invoice_number: number }: SaleRow): void {
    this.#originals.set(id, { outletId, number });
  }

  /** The sale that a return names; undefined when the account has none of that id. */
  async originalSale(id: string): Promise<OriginalSale | undefined> {
    const known = this.#originals.get(id);
    if (known) return known;
    try {
      const { data } = parseAnswer(this.system, OneSale, await this.#get(`/api/2.0/sales/${encodeURIComponent(id)}`));
      this.rememberSale(data);
      return this.#originals.get(id);
    } catch (error) {
      if (error instanceof UpstreamRejected && error.status === 404) return undefined;
      throw error;
    }
  }

  #learnProducts(): Promise<void> {
    this.#learning ??= this.#readProducts().finally(() => {
      this.#learning = undefined;
    });
    return this.#learning;
  }

  async #readProducts(): Promise<void> {
    for (let pages = 0; pages < PRODUCT_PAGES_MAX; pages++) {
      const path = `/api/2.0/products?after=${this.#productVersion}&page_size=${PRODUCTS_PER_PAGE}`;
      const { data, version } = parseAnswer(this.system, ProductPage, await this.#get(path));
      for (const product of data) this.learnProduct(product);
      if (version.max === null || data.length === 0) return;
      this.#productVersion = version.max;
    }
    throw new UpstreamUnavailable(this.system, { limit: 'productPagesMax', productPagesMax: PRODUCT_PAGES_MAX });
  }

  async #get(path: string): Promise<unknown> {
    const { json } = await this.#http.request({ method: 'GET', path, isIdempotent: true });
    return json;
  }
}
