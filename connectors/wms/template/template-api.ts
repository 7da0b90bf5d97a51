import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { CancelAnswer, EventPage, StockAnswer, type RawEvent, type StockRow } from './template-objects.ts';

const EVENTS_PER_PAGE = 500;
/** SKUs of one look-up. */
const SKUS_MAX = 500;
/** Questions for what was answered in part only. */
const ROUNDS_MAX = 10;

/** What is asked of one account. Each call is bounded, retried and measured by the client. */
export class TemplateApi {
  readonly system: string;
  readonly #http: HttpClient;

  constructor(system: string, http: HttpClient) {
    this.system = system;
    this.#http = http;
  }

  /** Events of a warehouse after a number, oldest first. */
  async eventsAfter(
    warehouse: string,
    number: number,
  ): Promise<{ readonly events: readonly RawEvent[]; readonly last: number; readonly hasMore: boolean }> {
    const query = new URLSearchParams({ warehouse, after: String(number), limit: String(EVENTS_PER_PAGE) });
    const { json } = await this.#http.request({
      method: 'GET',
      path: `/v1/events?${query.toString()}`,
      isIdempotent: true,
    });
    const { events, last, has_more: hasMore } = parseAnswer(this.system, EventPage, json);
    return { events, last, hasMore };
  }

  /** Stock of SKUs at all warehouses; unknown SKUs are left out. */
  async stock(skus: readonly string[]): Promise<readonly StockRow[]> {
    const rows: StockRow[] = [];
    for (let from = 0; from < skus.length; from += SKUS_MAX) {
      let missing = skus.slice(from, from + SKUS_MAX);
      for (let round = 1; missing.length > 0; round++) {
        if (round > ROUNDS_MAX) throw new UpstreamUnavailable(this.system, { words: 'Some SKUs were not answered.' });
        const { stock, failed } = parseAnswer(
          this.system,
          StockAnswer,
          await this.#post('/v1/stock/lookup', { skus: missing }),
        );
        rows.push(...stock);
        missing = failed;
      }
    }
    return rows;
  }

  /** The vendor knows a repetition by `key`: the same key with other content is refused. */
  async createWork(work: {
    readonly key: string;
    readonly order_ref: string;
    readonly warehouse: string;
    readonly ship_to?: ParcelAddress;
    readonly lines: readonly { readonly line_ref: string; readonly sku: string; readonly quantity: string }[];
  }): Promise<void> {
    await this.#post('/v1/work', work);
  }

  async cancelWork(orderRef: string, warehouse: string): Promise<string> {
    const json = await this.#post('/v1/work/cancel', { order_ref: orderRef, warehouse });
    return parseAnswer(this.system, CancelAnswer, json).outcome;
  }

  /** Asks for webhooks, or renews them: the same address is one subscription. */
  async subscribe(url: string, secret: string): Promise<void> {
    await this.#post('/v1/webhooks', { url, secret });
  }

  async #post(path: string, json: unknown): Promise<unknown> {
    return (await this.#http.request({ method: 'POST', path, json, isIdempotent: true })).json;
  }
}
