import { Type } from '@sinclair/typebox';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { API_ROOT, type BusinessCentralApi } from './business-central-api.ts';

/** Pages of one question; what is asked for by a reference has few rows. */
const PAGES_MAX = 100;

/** All rows of a set, or of a list inside of it, that fit. */
export async function readRows<Row>(
  api: BusinessCentralApi,
  { resource, filter }: { readonly resource: string; readonly filter?: string },
  row: object & { readonly static?: Row },
): Promise<readonly Row[]> {
  const Page = Type.Object({ value: Type.Array(row as never), '@odata.nextLink': Type.Optional(Type.String()) });
  const rows: Row[] = [];
  const parameters = filter === undefined ? '' : `?$filter=${encodeURIComponent(filter)}`;
  let path: string | undefined = `${API_ROOT}/${resource}${parameters}`;
  for (let page = 1; path !== undefined; page++) {
    if (page > PAGES_MAX) throw new UpstreamUnavailable(api.system, { limit: 'pagesMax', pagesMax: PAGES_MAX });
    const { json } = await api.http.request({ method: 'GET', path, isIdempotent: true });
    const answer: { value: unknown[]; '@odata.nextLink'?: string } = parseAnswer(api.system, Page, json);
    rows.push(...(answer.value as Row[]));
    path = answer['@odata.nextLink'];
  }
  return rows;
}
