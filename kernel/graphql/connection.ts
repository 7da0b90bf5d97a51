import { Refusal } from '../model/errors.ts';

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface PageBounds {
  /** What a cursor of this list is marked with, so that a cursor of another list is refused. */
  readonly list: string;
  readonly firstDefault: number;
  readonly firstMax: number;
}

/** The sort values of a row; together they are unique within the list. */
export type Keyset = readonly (string | number)[];

export interface Page {
  readonly first: number;
  /** Read one row more than `first`: its presence tells whether there is a next page. */
  readonly limit: number;
  /** Rows come after this keyset; absent on the first page. */
  readonly after?: Keyset;
}

export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const CURSOR_LENGTH_MAX = 1024;

/** @throws {Refusal} BAD_USER_INPUT when `first` is out of bounds or `after` is no cursor of this list */
export function readPage({ first, after }: PageArguments, { list, firstDefault, firstMax }: PageBounds): Page {
  const count = first ?? firstDefault;
  if (!Number.isInteger(count) || count < 1 || count > firstMax) {
    throw new Refusal('BAD_USER_INPUT', `first must be 1 to ${firstMax}.`, { field: 'first', max: firstMax });
  }
  const page = { first: count, limit: count + 1 };
  return after === undefined || after === null ? page : { ...page, after: decodeCursor(after, list) };
}

/** Makes a connection from at most `page.limit` rows in the order of their keysets. */
export function toConnection<Row>(
  rows: readonly Row[],
  page: Page,
  { list, keysetOf }: { readonly list: string; readonly keysetOf: (row: Row) => Keyset },
): Connection<Row> {
  const edges = rows.slice(0, page.first).map((node) => ({ cursor: encodeCursor(keysetOf(node), list), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** Opaque to clients. */
export function encodeCursor(keyset: Keyset, list: string): string {
  return Buffer.from(JSON.stringify([list, ...keyset]), 'utf8').toString('base64url');
}

function decodeCursor(cursor: string, list: string): Keyset {
  const parts = cursor.length <= CURSOR_LENGTH_MAX ? parseParts(cursor) : undefined;
  const [owner, ...keyset] = parts ?? [];
  if (owner !== list || keyset.length === 0) {
    throw new Refusal('BAD_USER_INPUT', `after is no cursor of ${list}.`, { field: 'after' });
  }
  return keyset;
}

function parseParts(cursor: string): Keyset | undefined {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    const isKeyset =
      Array.isArray(parts) && parts.every((part) => typeof part === 'string' || typeof part === 'number');
    return isKeyset ? parts : undefined;
  } catch {
    // Whatever is no JSON is no cursor; the caller says so.
    return undefined;
  }
}
