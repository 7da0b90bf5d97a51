import { limitOf } from '../runtime/request-body.ts';
import { HttpFailure } from '../runtime/http-failure.ts';
import type { Answer } from '../runtime/router.ts';

const PAGE = { otherwise: 200, max: 1000 };

/**
 * A page of the rows after a version, oldest version first, as `{ data, version: { min, max } }`. The next page is
 * asked with `after` = `version.max`; an empty page has no `version` bounds and ends the walk.
 */
export function versionPage<Row extends { readonly version: number }>(
  rows: readonly Row[],
  query: URLSearchParams,
  write: (row: Row) => unknown,
): Answer {
  const after = Number(query.get('after') ?? '0');
  if (!Number.isSafeInteger(after) || after < 0) {
    throw new HttpFailure(400, 'BAD_REQUEST', 'after must be a version number', { field: 'after' });
  }
  const size = limitOf(query.get('page_size'), PAGE);
  const page = rows.filter((row) => row.version > after).slice(0, size);
  const bounds = { min: page[0]?.version ?? null, max: page.at(-1)?.version ?? null };
  return { body: { data: page.map(write), version: bounds } };
}
