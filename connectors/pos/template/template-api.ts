import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import {
  DayAnswer,
  FoundReceipts,
  ReceiptPage,
  type RawReceipt,
  type TemplateDay,
  type TemplateReceipt,
} from './template-objects.ts';

const RECEIPTS_PER_PAGE = 500;

/** What is asked of one account. Each call is bounded, retried and measured by the client. */
export class TemplateApi {
  readonly system: string;
  readonly #http: HttpClient;

  constructor(system: string, http: HttpClient) {
    this.system = system;
    this.#http = http;
  }

  /** Receipts after a sequence, oldest first. */
  async receiptsAfter(
    sequence: number,
  ): Promise<{ readonly receipts: readonly RawReceipt[]; readonly last: number; readonly hasMore: boolean }> {
    const json = await this.#get(`/v1/receipts?after=${sequence}&limit=${RECEIPTS_PER_PAGE}`);
    const { receipts, last, has_more: hasMore } = parseAnswer(this.system, ReceiptPage, json);
    return { receipts, last, hasMore };
  }

  /** Unknown numbers are left out. */
  async receiptsByNumber(numbers: readonly string[]): Promise<readonly TemplateReceipt[]> {
    const request = { method: 'POST', path: '/v1/receipts/lookup', json: { numbers }, isIdempotent: true } as const;
    const { json } = await this.#http.request(request);
    return parseAnswer(this.system, FoundReceipts, json).receipts;
  }

  async day(store: string, businessDay: string): Promise<TemplateDay> {
    return parseAnswer(
      this.system,
      DayAnswer,
      await this.#get(`/v1/stores/${encodeURIComponent(store)}/days/${businessDay}`),
    );
  }

  /** Asks for webhooks, or renews them: the same address is one subscription. */
  async subscribe(url: string, secret: string): Promise<void> {
    await this.#http.request({ method: 'POST', path: '/v1/webhooks', json: { url, secret }, isIdempotent: true });
  }

  async #get(path: string): Promise<unknown> {
    return (await this.#http.request({ method: 'GET', path, isIdempotent: true })).json;
  }
}
