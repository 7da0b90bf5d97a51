import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { BatchAnswer, Page } from './business-central-rows.ts';

/** The tables that the hub reads, and hears changes of. */
export const ENTITY_SETS = ['items', 'salesPrices', 'itemUnitsOfMeasure', 'bomComponents', 'locations'] as const;
export type EntitySet = (typeof ENTITY_SETS)[number];

/** Documents of sales, which the hub writes. */
export type SalesSet = 'salesOrders' | 'salesOrderLines' | 'salesInvoices' | 'salesCreditMemos';

/** What the hub writes into the books by, and reads there. */
export type JournalSet = 'journals' | 'generalLedgerEntries';

/** Documents of purchases, which are polled alone. */
export type PurchaseSet = 'purchaseOrders';

export interface RowQuery {
  readonly set: EntitySet | PurchaseSet;
  /** A list of the rows that comes only when it is asked for. */
  readonly expand?: string;
  readonly filter?: string;
  readonly orderBy?: string;
  /** Default: all rows. */
  readonly top?: number;
}

/** Pages that one query may have; more is a sign that it asks for too much. */
const PAGES_MAX = 100;
/** Calls for what answers before have left out. */
const ROUNDS_MAX = 6;
export const API_ROOT = '/api/v2.0';

/**
 * Reads of one company.
 * Source: https://learn.microsoft.com/en-us/dynamics365/business-central/dev-itpro/api-reference/v2.0/
 */
export class BusinessCentralApi {
  readonly system: string;
  readonly http: HttpClient;
  readonly #companyId: string;

  constructor(options: { readonly system: string; readonly http: HttpClient; readonly companyId: string }) {
    this.system = options.system;
    this.http = options.http;
    this.#companyId = options.companyId;
  }

  /** The path of a set below the API's root, as subscriptions name it. */
  resource(set: EntitySet | PurchaseSet | SalesSet | JournalSet): string {
    return `companies(${this.#companyId})/${set}`;
  }

  /**
   * Several queries in one HTTP call; an answer of more than one page, or that lacks parts, takes further calls. Rows per
   * query.
   */
  async query(...queries: readonly RowQuery[]): Promise<readonly (readonly unknown[])[]> {
    const bodies = new Map<RowQuery, unknown>();
    for (let round = 1; bodies.size < queries.length; round++) {
      if (round > ROUNDS_MAX) throw new UpstreamUnavailable(this.system, { words: 'The batch answer lacks a part.' });
      const missing = queries.filter((query) => !bodies.has(query));
      for (const [query, body] of await this.#batch(missing)) bodies.set(query, body);
    }
    return Promise.all(queries.map((query) => this.#allRows(bodies.get(query))));
  }

  /** Without the parts that failed for a while. */
  async #batch(queries: readonly RowQuery[]): Promise<readonly (readonly [RowQuery, unknown])[]> {
    const { json } = await this.http.request({
      method: 'POST',
      path: `${API_ROOT}/$batch`,
      isIdempotent: true,
      json: {
        requests: queries.map((query, index) => ({ id: String(index), method: 'GET', url: this.#url(query) })),
      },
      isTransient: hasTransientPartsAlone,
    });
    const { responses } = parseAnswer(this.system, BatchAnswer, json);
    const parts = new Map(responses.map((part) => [part.id, part]));
    return queries.flatMap((query, index) => {
      const part = parts.get(String(index));
      if (!part || isTransient(part)) return [];
      if (part.status >= 300) throw new UpstreamRejected(this.system, { status: part.status, words: 'A batch part.' });
      return [[query, part.body] as const];
    });
  }

  async #allRows(firstPage: unknown): Promise<readonly unknown[]> {
    let page = parseAnswer(this.system, Page, firstPage);
    const rows = [...page.value];
    for (let pages = 1; page['@odata.nextLink'] !== undefined; pages++) {
      if (pages >= PAGES_MAX) throw new UpstreamUnavailable(this.system, { limit: 'pagesMax', pagesMax: PAGES_MAX });
      const { json } = await this.http.request({ method: 'GET', path: page['@odata.nextLink'], isIdempotent: true });
      page = parseAnswer(this.system, Page, json);
      rows.push(...page.value);
    }
    return rows;
  }

  #url({ set, expand, filter, orderBy, top }: RowQuery): string {
    const parameters = [
      expand === undefined ? [] : [`$expand=${expand}`],
      filter === undefined ? [] : [`$filter=${encodeURIComponent(filter)}`],
      orderBy === undefined ? [] : [`$orderby=${encodeURIComponent(orderBy)}`],
      top === undefined ? [] : [`$top=${top}`],
    ].flat();
    return `${this.resource(set)}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}`;
  }
}

/** A filter on texts, such as item numbers. */
export function isOneOf(field: string, values: readonly string[]): string {
  return `${field} in (${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(',')})`;
}

/** A filter on GUIDs, which stand without quotes. */
export function isOneOfIds(ids: readonly string[]): string {
  return `id in (${ids.join(',')})`;
}

function hasTransientPartsAlone(json: unknown): boolean {
  const responses = (json as { responses?: unknown } | undefined)?.responses;
  return Array.isArray(responses) && responses.length > 0 && responses.every(isTransient);
}

const isTransient = ({ status }: { readonly status?: unknown }): boolean =>
  status === 429 || (typeof status === 'number' && status >= 500);
