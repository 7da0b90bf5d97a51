import { byId, federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const CATEGORIES = [
  { id: 'c1', name: 'Shoes', parent: { id: 'c0' }, children: [{ id: 'c2' }] },
  { id: 'c2', name: 'Boots', parent: { id: 'c1' }, children: [] },
  { id: 'c0', name: 'All', parent: null, children: [{ id: 'c1' }] },
];

export const providesMayBeNested: CompatibilityCase = {
  rule: '@provides reaches into objects and lists of entities',
  subgraphs: {
    categories: {
      sdl: `${federation('@key', '@shareable')}
        type Category @key(fields: "id") {
          id: ID! name: String @shareable parent: Category @shareable children: [Category!]! @shareable
        }`,
      resolvers: { Category: { __resolveReference: byId(CATEGORIES) } },
    },
    menu: {
      sdl: `${federation('@key', '@external', '@provides')}
        type Query { menu: [Entry!]! }
        type Entry { category: Category @provides(fields: "name children { name children { id } } parent { id }") }
        type Category @key(fields: "id") {
          id: ID! name: String @external children: [Category!]! @external parent: Category @external
        }`,
      resolvers: {
        Query: {
          menu: () => [
            { category: { id: 'c1', name: 'menu c1', children: [{ id: 'c2', name: 'menu c2', children: [] }] } },
          ],
        },
        Category: { parent: () => ({ id: 'c0', name: 'menu c0' }) },
      },
    },
  },
  questions: [
    {
      fact: 'as deep as it says',
      query: '{ menu { category { name children { name children { id } } parent { id } } } }',
      data: {
        menu: [{ category: { name: 'menu c1', children: [{ name: 'menu c2', children: [] }], parent: { id: 'c0' } } }],
      },
      requests: { menu: 1 },
    },
    {
      fact: 'and no deeper',
      query: '{ menu { category { parent { id name } } } }',
      data: { menu: [{ category: { parent: { id: 'c0', name: 'All' } } }] },
      limit: {
        cause: 'the planner takes a field that is provided at the top of a set for provided all through it',
        data: { menu: [{ category: { parent: { id: 'c0', name: 'menu c0' } } }] },
      },
    },
  ],
};
