import { describe, expect, test } from '@jest/globals';
import { readSubgraphAddresses } from './subgraph-addresses.ts';
import { SupergraphRefused } from './supergraph-refused.ts';

const graphs = (...values: readonly string[]) => `enum join__Graph { ${values.join(' ')} } type Query { a: Int }`;
const BOOKS = 'BOOKS @join__graph(name: "books", url: "https://books.example.org/graphql")';
const REVIEWS = 'BOOK_REVIEWS @join__graph(name: "book-reviews", url: "")';

describe('the subgraphs of a supergraph', () => {
  test('have the names and addresses that it gives them, or others', () => {
    const overrides = new Map([['book-reviews', 'http://127.0.0.1:4001/']]);
    expect(readSubgraphAddresses(graphs(BOOKS, REVIEWS), overrides)).toEqual([
      { name: 'books', url: 'https://books.example.org/graphql' },
      { name: 'book-reviews', url: 'http://127.0.0.1:4001/' },
    ]);
  });

  test.each([
    ['Hello there.', [], /Syntax Error.*line 1, column 1/],
    ['', [], /Syntax Error/],
    ['type Query { a: Int }', [], /names no subgraphs/],
    [graphs(BOOKS, REVIEWS), [], /"book-reviews" has no address.*Its subgraphs: books, book-reviews/],
    [graphs(BOOKS), [['books', 'ftp://x']], /"books" has no HTTP address: "ftp:\/\/x"/],
    [graphs(BOOKS), [['x', 'http://x']], /"x", which is no subgraph/],
  ] as const)('of %j with %j are refused in words', (sdl, overrides, words) => {
    expect(() => readSubgraphAddresses(sdl, new Map(overrides))).toThrow(SupergraphRefused);
    expect(() => readSubgraphAddresses(sdl, new Map(overrides))).toThrow(words);
  });
});
