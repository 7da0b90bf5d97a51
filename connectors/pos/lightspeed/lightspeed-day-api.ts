import type { DayBounds } from '../../runtime/calendar-day.ts';
import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { RECEIPTS_PER_DAY_MAX } from '../port.ts';
import {
  OutletPage,
  RegisterPage,
  SearchAnswer,
  type OutletRow,
  type RegisterRow,
  type SaleRow,
} from './lightspeed-objects.ts';

const SALES_PER_PAGE = 1_000;
const ROWS_PER_PAGE = 200;
/** Pages of outlets or registers. */
const PAGES_MAX = 100;

/**
 * What is asked for a store's day, and for nothing else.
 * Source: https://x-series-api.lightspeedhq.com/reference (search, outlets, registers)
 */
export class LightspeedDayApi {
  readonly system: string;
  readonly #http: HttpClient;

  constructor(system: string, http: HttpClient) {
    this.system = system;
    this.#http = http;
  }

  /** Sales of an outlet by their own time, in no order. */
  async salesOfDay(outletId: string, { startMs, endMs }: DayBounds): Promise<readonly SaleRow[]> {
    const sales: SaleRow[] = [];
    for (;;) {
      const query = new URLSearchParams({
        type: 'sales',
        outlet_id: outletId,
        date_from: instant(startMs),
        // The upper bound is inclusive.
        date_to: instant(endMs - 1),
        page_size: String(SALES_PER_PAGE),
        offset: String(sales.length),
      });
      const { data } = parseAnswer(this.system, SearchAnswer, await this.#get(`/api/2.0/search?${query}`));
      sales.push(...data);
      if (data.length < SALES_PER_PAGE) return sales;
      if (sales.length >= RECEIPTS_PER_DAY_MAX) {
        throw new UpstreamUnavailable(this.system, { limit: 'receiptsPerDayMax', outletId });
      }
    }
  }

  async outlets(): Promise<readonly OutletRow[]> {
    return this.#walk('/api/2.0/outlets', (json) => parseAnswer(this.system, OutletPage, json));
  }

  async registers(): Promise<readonly RegisterRow[]> {
    return this.#walk('/api/2.0/registers', (json) => parseAnswer(this.system, RegisterPage, json));
  }

  async #walk<Row>(
    path: string,
    read: (json: unknown) => { readonly data: readonly Row[]; readonly version: { readonly max: number | null } },
  ): Promise<readonly Row[]> {
    const rows: Row[] = [];
    let after = 0;
    for (let page = 1; page <= PAGES_MAX; page++) {
      const { data, version } = read(await this.#get(`${path}?after=${after}&page_size=${ROWS_PER_PAGE}`));
      rows.push(...data);
      if (version.max === null || data.length < ROWS_PER_PAGE) return rows;
      after = version.max;
    }
    throw new UpstreamUnavailable(this.system, { limit: 'pagesMax', pagesMax: PAGES_MAX });
  }

  async #get(path: string): Promise<unknown> {
    const { json } = await this.#http.request({ method: 'GET', path, isIdempotent: true });
    return json;
  }
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
