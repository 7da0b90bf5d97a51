import { HttpFailure } from '../runtime/http-failure.ts';
import { compileFilter } from './odata-filter.ts';
import type { ODataRow } from './odata-filter.ts';

const ORDER = /^(\w+)(?: (asc|desc))?$/;

/** Where a page is asked from: needed to write the link to the next one. */
export interface ODataContext {
  /** Absolute address of the collection, without a query. */
  readonly collectionUrl: string;
  readonly metadataUrl: string;
  /** Largest page; `$top` above it is served in several pages. */
  readonly pageSizeMax: number;
}

/** Answers `$filter`, `$orderby`, `$skip`, `$top`, `$select` over rows, paging with `@odata.nextLink`. */
export function queryCollection(rows: readonly ODataRow[], query: URLSearchParams, context: ODataContext): ODataRow {
  const filter = query.get('$filter');
  const matching = filter === null || filter === '' ? [...rows] : rows.filter(compileFilter(filter));
  const sorted = orderRows(matching, query.get('$orderby'));
  const skip = countOf(query, '$skip') ?? 0;
  const top = countOf(query, '$top') ?? Number.MAX_SAFE_INTEGER;
  const size = Math.min(top, context.pageSizeMax);
  const page = sorted.slice(skip, skip + size);
  const isMore = top > size && skip + size < sorted.length;
  return {
    '@odata.context': context.metadataUrl,
    ...(query.get('$count') === 'true' ? { '@odata.count': sorted.length } : {}),
    value: page.map((row) => selectFields(row, query.get('$select'))),
    ...(isMore ? { '@odata.nextLink': nextLink(query, context, { skip: skip + size, top: top - size }) } : {}),
  };
}

/** Keeps the named fields, and what OData always sends. */
export function selectFields(row: ODataRow, select: string | null): ODataRow {
  if (select === null || select === '') return row;
  const wanted = new Set(select.split(',').map((field) => field.trim()));
  return Object.fromEntries(Object.entries(row).filter(([field]) => wanted.has(field) || field.startsWith('@odata.')));
}

function orderRows(rows: ODataRow[], order: string | null): readonly ODataRow[] {
  if (order === null || order === '') return rows;
  const match = ORDER.exec(order.trim());
  if (match === null) throw new HttpFailure(400, 'BadRequest', `Syntax error in $orderby near '${order}'.`);
  const field = match[1] ?? '';
  const sign = match[2] === 'desc' ? -1 : 1;
  return rows.sort((left, right) => sign * compare(left[field], right[field]));
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [first, second] = [String(left), String(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function countOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new HttpFailure(400, 'BadRequest', `Invalid value '${text}' for ${name}.`);
}

function nextLink(
  query: URLSearchParams,
  context: ODataContext,
  rest: { readonly skip: number; readonly top: number },
): string {
  const next = new URLSearchParams(query);
  next.set('$skip', String(rest.skip));
  if (query.has('$top')) next.set('$top', String(rest.top));
  return `${context.collectionUrl}?${next.toString()}`;
}
