import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const POSTS = [
  { __typename: 'ImagePost', id: 'i1', createdAt: 'new i1' },
  { __typename: 'TextPost', id: 't1', createdAt: 'new t1', body: 'text' },
];
const old = (id: string) => ({ __typename: id.startsWith('i') ? 'ImagePost' : 'TextPost', id, createdAt: `old ${id}` });

export const overrideBehindAnInterface: CompatibilityCase = {
  rule: '@override of one type of an interface leaves the others where they are',
  subgraphs: {
    archive: {
      sdl: `${federation('@key', '@shareable')}
        type Query { feed: [Post] }
        interface Post { id: ID! createdAt: String }
        type ImagePost implements Post @key(fields: "id") { id: ID! createdAt: String }
        type TextPost implements Post @key(fields: "id") { id: ID! createdAt: String body: String }`,
      resolvers: {
        Query: { feed: () => [old('i1'), { ...old('t1'), body: 'text' }] },
        ImagePost: { __resolveReference: ({ id }: { id: string }) => old(id) },
        TextPost: { __resolveReference: ({ id }: { id: string }) => old(id) },
      },
    },
    images: {
      sdl: `${federation('@key', '@override')}
        type Query { another: [Post] }
        interface Post { id: ID! createdAt: String }
        type ImagePost implements Post @key(fields: "id") { id: ID! createdAt: String @override(from: "archive") }`,
      resolvers: {
        Query: { another: () => [POSTS[0]] },
        ImagePost: { __resolveReference: ({ id }: { id: string }) => POSTS.find((post) => post.id === id) },
      },
    },
  },
  questions: [
    {
      fact: 'when all are asked through the interface',
      query: '{ feed { id createdAt } }',
      data: {
        feed: [
          { id: 'i1', createdAt: 'new i1' },
          { id: 't1', createdAt: 'old t1' },
        ],
      },
    },
    {
      fact: 'when one is asked by its type',
      query: '{ feed { ... on TextPost { id body } ... on ImagePost { createdAt } } another { createdAt } }',
      data: { feed: [{ createdAt: 'new i1' }, { id: 't1', body: 'text' }], another: [{ createdAt: 'new i1' }] },
    },
  ],
};
