import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import {
  ChangePage,
  ItemsAnswer,
  LocationsAnswer,
  type RawChange,
  type TemplateItem,
  type TemplateLocation,
} from './template-objects.ts';

const ROWS_PER_PAGE = 200;
/** Questions for what was answered in part only. */
const ROUNDS_MAX = 10;

/** What is asked of one company. Each call is bounded, retried and measured by the client. */
export class TemplateApi {
  readonly system: string;
  readonly #http: HttpClient;

  constructor(system: string, http: HttpClient) {
    this.system = system;
    this.#http = http;
  }

  /** Unknown SKUs are left out. */
  async items(skus: readonly string[]): Promise<readonly TemplateItem[]> {
    const found: TemplateItem[] = [];
    let missing = skus;
    for (let round = 1; missing.length > 0; round++) {
      if (round > ROUNDS_MAX) throw new UpstreamUnavailable(this.system, { words: 'Some items were not answered.' });
      const json = await this.#post('/v1/items/lookup', { skus: missing });
      const { items, failed = [] } = parseAnswer(this.system, ItemsAnswer, json);
      found.push(...items);
      missing = failed;
    }
    return found;
  }

  /** One page of all items by their codes; `next` is what the next page is asked for with. */
  async itemsAfter(
    after: string | undefined,
  ): Promise<{ readonly items: readonly TemplateItem[]; readonly next?: string }> {
    const query = new URLSearchParams({ limit: String(ROWS_PER_PAGE), ...(after !== undefined && { after }) });
    const { items, next } = parseAnswer(this.system, ItemsAnswer, await this.#get(`/v1/items?${query.toString()}`));
    return { items, ...(next !== undefined && { next }) };
  }

  async locations(): Promise<readonly TemplateLocation[]> {
    return parseAnswer(this.system, LocationsAnswer, await this.#get('/v1/locations')).locations;
  }

  /** Items and locations that changed after a version, each as it is now. */
  async changesAfter(
    version: number,
  ): Promise<{ readonly changes: readonly RawChange[]; readonly last: number; readonly hasMore: boolean }> {
    const json = await this.#get(`/v1/changes?after=${version}&limit=${ROWS_PER_PAGE}`);
    const { changes, last, has_more: hasMore } = parseAnswer(this.system, ChangePage, json);
    return { changes, last, hasMore };
  }

  /** Asks for webhooks, or renews them: the same address is one subscription. */
  async subscribe(url: string, secret: string): Promise<void> {
    await this.#post('/v1/webhooks', { url, secret });
  }

  async #get(path: string): Promise<unknown> {
    return (await this.#http.request({ method: 'GET', path, isIdempotent: true })).json;
  }

  async #post(path: string, json: unknown): Promise<unknown> {
    return (await this.#http.request({ method: 'POST', path, json, isIdempotent: true })).json;
  }
}
