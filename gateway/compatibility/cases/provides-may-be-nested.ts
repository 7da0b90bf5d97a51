import { byId, federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const CATEGORIES = [
  { id: 'c1', name: 'Shoes', parent: { id: 'c0' }, children: [{ id: 'c2' }] },
  { id: 'c2', name: 'Boots', parent: { id: 'c1' }, children: [{ id: 'c3' }] },
  { id: 'c3', name: 'Laces', parent: { id: 'c2' }, children: [] },
  { id: 'c0', name: 'All', parent: null, children: [{ id: 'c1' }] },
];

const findCategory = byId(CATEGORIES);

export const providesMayBeNested: CompatibilityCase = {
  rule: '@provides reaches into objects and lists of entities',
  subgraphs: {
    categories: {
      sdl: `${federation('@key', '@shareable')}
        type Category @key(fields: "id") {
          id: ID! name: String @shareable parent: Category @shareable children: [Category!]! @shareable
        }`,
      resolvers: {
        Category: {
          __resolveReference: findCategory,
          parent: ({ parent }: { parent: { id: string } | null }) => parent && findCategory(parent),
          children: ({ children }: { children: readonly { id: string }[] }) => children.map(findCategory),
        },
      },
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
            {
              category: {
                id: 'c1',
                name: 'menu c1',
                children: [{ id: 'c2', name: 'menu c2', children: [{ id: 'c3', name: 'menu c3' }] }],
              },
            },
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
        menu: [
          {
            category: {
              name: 'menu c1',
              children: [{ name: 'menu c2', children: [{ id: 'c3' }] }],
              parent: { id: 'c0' },
            },
          },
        ],
      },
      requests: { menu: 1 },
    },
    {
      fact: 'and no deeper',
      query: '{ menu { category { parent { id name } } } }',
      data: { menu: [{ category: { parent: { id: 'c0', name: 'All' } } }] },
      requests: { menu: 1, categories: 1 },
    },
    {
      fact: 'and no deeper in lists, whatever the fields are called and beside what is provided',
      query: `{ menu { category {
        name all: children { name children { id title: name ...More } } parent { parent { id } }
      } } } fragment More on Category { up: parent { name } }`,
      data: {
        menu: [
          {
            category: {
              name: 'menu c1',
              all: [{ name: 'menu c2', children: [{ id: 'c3', title: 'Laces', up: { name: 'Boots' } }] }],
              parent: { parent: null },
            },
          },
        ],
      },
      requests: { menu: 1, categories: 2 },
    },
  ],
};
