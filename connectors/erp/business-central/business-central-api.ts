import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { BatchAnswer, Page } from './business-central-rows.ts';

export type EntitySet = 'items' | 'salesPrices' | 'locations';

export interface RowQuery {
  readonly set: EntitySet;
  readonly filter?: string;
  readonly orderBy?: string;
  /** Default: all rows. */
  readonly top?: number;
}

/** Pages that one query may have; more is a sign that it asks for too much. */
const PAGES_MAX = 100;
const ROOT = '/api/v2.0';

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
  resource(set: EntitySet): string {
    return `companies(${this.#companyId})/${set}`;
  }

  /** Several queries in one HTTP call; an answer of more than one page takes further calls. Rows per query. */
  async query(...queries: readonly RowQuery[]): Promise<readonly (readonly unknown[])[]> {
    const { json } = await this.http.request({
      method: 'POST',
      path: `${ROOT}/$batch`,
      isIdempotent: true,
      json: {
        requests: queries.map((query, index) => ({ id: String(index), method: 'GET', url: this.#url(query) })),
      },
      isTransient: hasTransientPart,
    });
    const { responses } = parseAnswer(this.system, BatchAnswer, json);
    const parts = new Map(responses.map((part) => [part.id, part]));
    return Promise.all(
      queries.map((_, index) => {
        const part = parts.get(String(index));
        if (!part) throw new UpstreamUnavailable(this.system, { words: 'The batch answer lacks a part.' });
        if (part.status >= 300)
          throw new UpstreamRejected(this.system, { status: part.status, words: 'A batch part.' });
        return this.#allRows(part.body);
      }),
    );
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

  #url({ set, filter, orderBy, top }: RowQuery): string {
    const parameters = [
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

function hasTransientPart(json: unknown): boolean {
  const responses = (json as { responses?: unknown } | undefined)?.responses;
  if (!Array.isArray(responses)) return false;
  return responses.some(
    ({ status }: { status?: unknown }) => status === 429 || (typeof status === 'number' && status >= 500),
  );
}
