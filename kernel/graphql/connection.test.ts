import { describe, expect, test } from '@jest/globals';
import { encodeCursor, readPage, toConnection } from './connection.ts';

const BOUNDS = { list: 'orders', firstDefault: 2, firstMax: 3 };
const KEYSET = { list: 'orders', keysetOf: (row: { id: string }) => [row.id] };

describe('connection', () => {
  test('walks a list page by page without gap or repeat', () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = readPage({ first: 2, after }, BOUNDS);
      const [from] = page.after ?? [''];
      const rows = all.filter((row) => row.id > String(from)).slice(0, page.limit);
      const connection = toConnection(rows, page, KEYSET);
      seen.push(...connection.edges.map((edge) => edge.node.id));
      after = connection.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('an empty page has no cursors', () => {
    expect(toConnection([], readPage({}, BOUNDS), KEYSET)).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test.each([0, -1, 4, 1.5])('refuses first: %p', (first) => {
    expect(() => readPage({ first }, BOUNDS)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });

  test.each([
    ['no cursor at all', 'zzz'],
    ['the cursor of another list', encodeCursor(['a'], 'returns')],
    ['a cursor without keys', encodeCursor([], 'orders')],
    ['a cursor with an object inside', Buffer.from('["orders",{}]').toString('base64url')],
  ])('refuses %s', (_what, after) => {
    expect(() => readPage({ after }, BOUNDS)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', details: { field: 'after' } }),
    );
  });
});
