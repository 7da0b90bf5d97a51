import type { HttpClient, HttpClientOptions } from '../../runtime/http-client.ts';
import { createHttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import {
  DocumentCreated,
  DocumentFound,
  FeedCreated,
  FeedState,
  ItemsAnswer,
  OrderAnswer,
  OrdersAnswer,
  type RawAmazonOrder,
} from './amazon-objects.ts';
import type { OperationPaces, ScarceOperation } from './operation-paces.ts';

const ORDERS_PER_PAGE = 100;
/** Pages of the items of one order. */
const ITEM_PAGES_MAX = 20;
const FEEDS = '/feeds/2021-06-30';
const XML = 'text/xml; charset=UTF-8';

/** All but `Unfulfillable`, which tells of Amazon's own stock. */
const STATUSES = [
  'Pending',
  'PendingAvailability',
  'InvoiceUnconfirmed',
  'Unshipped',
  'PartiallyShipped',
  'Shipped',
  'Canceled',
];

export interface OrdersPage {
  readonly orders: readonly RawAmazonOrder[];
  readonly nextToken: string | undefined;
}

export interface AmazonApiParts {
  readonly system: string;
  readonly http: HttpClient;
  readonly paces: OperationPaces;
  /** For documents, which lie at servers of their own and want no token. */
  readonly documents: Omit<HttpClientOptions, 'baseUrl' | 'authorisation'>;
  readonly isPlainHttpAllowed: boolean;
}

/**
 * What the hub asks of a selling partner's account.
 * Source: https://developer-docs.amazon.com/sp-api/docs/orders-api-v0-reference and the feeds reference beside it
 */
export class AmazonApi {
  readonly system: string;
  readonly #parts: AmazonApiParts;
  readonly #http: HttpClient;

  constructor(parts: AmazonApiParts) {
    this.system = parts.system;
    this.#parts = parts;
    this.#http = parts.http;
  }

  /** Takes a token of a scarce operation. @returns whether there was one */
  mayAsk(operation: ScarceOperation): boolean {
    return this.#parts.paces.take(operation) === 0;
  }

  /** Orders of these marketplaces that changed at or after a time, oldest change first; those not paid for yet among them. */
  async changedOrders(
    marketplaceIds: readonly string[],
    { sinceMs, nextToken }: { readonly sinceMs: number; readonly nextToken?: string | undefined },
  ): Promise<OrdersPage> {
    const query = new URLSearchParams({
      MarketplaceIds: marketplaceIds.join(','),
      LastUpdatedAfter: new Date(sinceMs).toISOString(),
      OrderStatuses: STATUSES.join(','),
      FulfillmentChannels: 'MFN',
      MaxResultsPerPage: String(ORDERS_PER_PAGE),
      ...(nextToken !== undefined && { NextToken: nextToken }),
    });
    const { payload } = parseAnswer(this.system, OrdersAnswer, await this.#get(`/orders/v0/orders?${query}`));
    return { orders: payload.Orders, nextToken: payload.NextToken };
  }

  /** @throws {UpstreamUnavailable} when it may not be asked for now */
  async order(orderId: string): Promise<RawAmazonOrder> {
    this.assertMayAsk('getOrder');
    const answer = await this.#get(`/orders/v0/orders/${encodeURIComponent(orderId)}`);
    return parseAnswer(this.system, OrderAnswer, answer).payload;
  }

  async items(orderId: string): Promise<readonly unknown[]> {
    const items: unknown[] = [];
    let nextToken: string | undefined;
    for (let page = 1; page <= ITEM_PAGES_MAX; page++) {
      const query = nextToken === undefined ? '' : `?${new URLSearchParams({ NextToken: nextToken })}`;
      const answer = await this.#get(`/orders/v0/orders/${encodeURIComponent(orderId)}/orderItems${query}`);
      const { payload } = parseAnswer(this.system, ItemsAnswer, answer);
      items.push(...payload.OrderItems);
      nextToken = payload.NextToken;
      if (nextToken === undefined) return items;
    }
    throw new UpstreamUnavailable(this.system, { words: `The order ${orderId} has too many items.` });
  }

  /** Hands in a feed of XML. @returns its id */
  async sendFeed(feedType: string, marketplaceId: string, xml: string): Promise<string> {
    const created = await this.#post(`${FEEDS}/documents`, { contentType: XML });
    const { feedDocumentId, url } = parseAnswer(this.system, DocumentCreated, created);
    await this.#atDocument(url, (http, path) =>
      http.request({ method: 'PUT', path, text: { contentType: XML, body: xml }, answers: 'TEXT', isIdempotent: true }),
    );
    const specification = { feedType, marketplaceIds: [marketplaceId], inputFeedDocumentId: feedDocumentId };
    return parseAnswer(this.system, FeedCreated, await this.#post(`${FEEDS}/feeds`, specification)).feedId;
  }

  /** Undefined while it is being processed; null when it could not be read at all. */
  async reportOfFeed(feedId: string): Promise<string | null | undefined> {
    const answer = await this.#get(`${FEEDS}/feeds/${encodeURIComponent(feedId)}`);
    const { processingStatus, resultFeedDocumentId } = parseAnswer(this.system, FeedState, answer);
    if (processingStatus === 'IN_QUEUE' || processingStatus === 'IN_PROGRESS') return undefined;
    if (processingStatus !== 'DONE' || resultFeedDocumentId === undefined) return null;
    const found = await this.#get(`${FEEDS}/documents/${encodeURIComponent(resultFeedDocumentId)}`);
    const { url, compressionAlgorithm } = parseAnswer(this.system, DocumentFound, found);
    const answers = compressionAlgorithm === 'GZIP' ? 'GZIPPED_TEXT' : 'TEXT';
    return this.#atDocument(url, async (http, path) => {
      const { json } = await http.request({ method: 'GET', path, answers, isIdempotent: true });
      return String(json);
    });
  }

  /** @throws {UpstreamUnavailable} */
  assertMayAsk(operation: ScarceOperation): void {
    const waitMs = this.#parts.paces.take(operation);
    if (waitMs > 0) throw new UpstreamUnavailable(this.system, { limit: operation, retryAfterMs: waitMs });
  }

  async #get(path: string): Promise<unknown> {
    return (await this.#http.request({ method: 'GET', path, isIdempotent: true })).json;
  }

  /** A document or a feed that was made and not heard of is left over, and does nothing by itself or nothing new. */
  async #post(path: string, json: unknown): Promise<unknown> {
    return (await this.#http.request({ method: 'POST', path, json, isIdempotent: true })).json;
  }

  /** The address tells where it lies and proves who may have it; our token is not for that server. */
  async #atDocument<Result>(url: string, ask: (http: HttpClient, path: string) => Promise<Result>): Promise<Result> {
    const { documents, isPlainHttpAllowed } = this.#parts;
    const { origin, protocol, pathname, search } = new URL(url);
    if (protocol !== 'https:' && !(protocol === 'http:' && isPlainHttpAllowed)) {
      throw new UpstreamUnavailable(this.system, { words: `A document lies at ${protocol}.` });
    }
    const http = createHttpClient({ ...documents, baseUrl: origin });
    try {
      return await ask(http, `${pathname}${search}`);
    } finally {
      await http.close();
    }
  }
}
