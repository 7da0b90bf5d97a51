import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const AUTHORS: Readonly<Record<string, string>> = { a1: 'Alice', a2: 'Bob' };
const AUTHOR_OF: Readonly<Record<string, string>> = { b1: 'a1', b2: 'a2' };

/** The third book has an author whom nobody knows any more. */
export const keysMayBeNull: CompatibilityCase = {
  rule: 'an entity that a subgraph does not know is null where it stands and stops nothing else',
  subgraphs: {
    shelves: {
      sdl: `${federation('@key')}
        type Query { shelves: [Shelf] }
        type Shelf { book: Book }
        type Book @key(fields: "upc") { upc: ID! }`,
      resolvers: { Query: { shelves: () => ['b1', 'b2', 'b3'].map((upc) => ({ book: { upc } })) } },
    },
    books: {
      sdl: `${federation('@key')}
        type Book @key(fields: "id") @key(fields: "upc") { id: ID! upc: ID! }`,
      resolvers: {
        Book: {
          __resolveReference: ({ id, upc }: { id?: string; upc?: string }) => ({
            id: id ?? `id-${upc}`,
            upc: upc ?? id?.slice(3),
          }),
        },
      },
    },
    authors: {
      sdl: `${federation('@key')}
        type Book @key(fields: "id") { id: ID! author: Author }
        type Author @key(fields: "id") { id: ID! name: String }`,
      resolvers: {
        Book: {
          __resolveReference: ({ id }: { id: string }) => (id === 'id-b3' ? null : { id }),
          author: ({ id }: { id: string }) => {
            const author = AUTHOR_OF[id.slice(3)];
            return author === undefined ? null : { id: author };
          },
        },
        Author: {
          __resolveReference: ({ id }: { id: string }) => ({ id, name: AUTHORS[id] }),
          name: ({ id }: { id: string }) => AUTHORS[id],
        },
      },
    },
  },
  questions: [
    {
      fact: 'in the middle of a way of several hops',
      query: '{ shelves { book { upc author { name } } } }',
      data: {
        shelves: [
          { book: { upc: 'b1', author: { name: 'Alice' } } },
          { book: { upc: 'b2', author: { name: 'Bob' } } },
          { book: { upc: 'b3', author: null } },
        ],
      },
    },
  ],
};
