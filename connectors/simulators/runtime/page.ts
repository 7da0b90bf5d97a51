import { HttpFailure } from './http-failure.ts';

/** One page and the opaque cursor of the next, if there is one. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly cursor?: string;
}

/** Cuts a page out of rows in a settled order. The cursor is the offset, made opaque. */
export function pageOf<Row>(rows: readonly Row[], limit: number, cursor?: string): Page<Row> {
  const from = cursor === undefined ? 0 : offsetOf(cursor);
  const page = rows.slice(from, from + limit);
  if (from + limit >= rows.length) return { rows: page };
  return { rows: page, cursor: Buffer.from(`offset:${from + limit}`).toString('base64url') };
}

function offsetOf(cursor: string): number {
  const match = /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (match === null)
    throw new HttpFailure(400, 'INVALID_CURSOR', 'the cursor is not one of ours', { field: 'cursor' });
  return Number(match[1]);
}
