import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

type Ref = Readonly<{ id: string; author?: { id: string; years?: number }; byNovice?: boolean }>;

/** Each subgraph needs what the other one works out, though never the same field of itself. */
export const requiresInACircle: CompatibilityCase = {
  rule: '@requires may go back and forth between two subgraphs',
  subgraphs: {
    feed: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Query { feed: [Post] }
        type Post @key(fields: "id") {
          id: ID! byNovice: Boolean! @external
          byExpert: Boolean! @requires(fields: "byNovice")
        }
        type Author @key(fields: "id") { id: ID! name: String! years: Int! }`,
      resolvers: {
        Query: { feed: () => [{ id: 'p1' }, { id: 'p2' }] },
        Post: {
          __resolveReference: (ref: Ref) => ref,
          byExpert: ({ byNovice }: Ref) => (byNovice === undefined ? null : !byNovice),
        },
        Author: {
          __resolveReference: ({ id }: { id: string }) => ({ id, name: `name of ${id}`, years: id === 'a1' ? 1 : 9 }),
        },
      },
    },
    authors: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Post @key(fields: "id") {
          id: ID! author: Author!
          byNovice: Boolean! @requires(fields: "author { years }")
        }
        type Author @key(fields: "id") { id: ID! years: Int! @external }`,
      resolvers: {
        Post: {
          __resolveReference: (ref: Ref) => ({ author: { id: ref.id === 'p1' ? 'a1' : 'a2' }, ...ref }),
          author: ({ id }: Ref) => ({ id: id === 'p1' ? 'a1' : 'a2' }),
          byNovice: ({ author }: Ref) => (author?.years === undefined ? null : author.years < 3),
        },
      },
    },
  },
  questions: [
    {
      fact: 'once',
      query: '{ feed { byNovice } }',
      data: { feed: [{ byNovice: true }, { byNovice: false }] },
    },
    {
      fact: 'twice',
      query: '{ feed { id byExpert author { name } } }',
      data: {
        feed: [
          { id: 'p1', byExpert: false, author: { name: 'name of a1' } },
          { id: 'p2', byExpert: true, author: { name: 'name of a2' } },
        ],
      },
    },
  ],
};
