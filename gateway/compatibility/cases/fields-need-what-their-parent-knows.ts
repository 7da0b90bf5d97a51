import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

type Ref = Readonly<{ id: string; name?: string; category?: { details?: string } }>;

/** `details` of a category depend on the product above it, and a category has no key where they are. */
export const fieldsNeedWhatTheirParentKnows: CompatibilityCase = {
  rule: 'a field of an entity may be had through its parent alone, and be spread over four subgraphs',
  subgraphs: {
    a: {
      sdl: `${federation('@key', '@external', '@requires', '@shareable')}
        type Product @key(fields: "id") @key(fields: "pid") { id: ID! pid: ID! }`,
      resolvers: {
        Product: {
          __resolveReference: ({ id, pid }: { id?: string; pid?: string }) => ({
            id: id ?? pid?.slice(1),
            pid: pid ?? `p${id}`,
          }),
        },
      },
    },
    b: {
      sdl: `${federation('@key', '@shareable')}
        type Product @key(fields: "id pid") { id: ID! pid: ID! category: Category @shareable }
        type Category { id: ID! @shareable details: String }`,
      resolvers: {
        Product: {
          __resolveReference: ({ id, pid }: { id: string; pid: string }) => ({
            id,
            pid,
            category: { id: '3', details: `of ${id} ${pid}` },
          }),
        },
      },
    },
    c: {
      sdl: `${federation('@key', '@shareable')}
        type Product @key(fields: "id") { id: ID! name: String category: Category @shareable }
        type Category @key(fields: "id") { id: ID! @shareable name: String }`,
      resolvers: {
        Product: {
          __resolveReference: ({ id }: Ref) => ({
            id,
            name: `Product ${id}`,
            category: { id: '3', name: 'Category 3' },
          }),
        },
        Category: { __resolveReference: ({ id }: Ref) => ({ id, name: `Category ${id}` }) },
      },
    },
    d: {
      sdl: `${federation('@key')}
        type Query { product(id: ID!): Product }
        type Product @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { product: (_root: unknown, { id }: Ref) => ({ id }) } },
    },
  },
  questions: [
    {
      fact: 'joined from all of them',
      query: '{ product(id: "1") { id name category { id name details } } }',
      data: {
        product: { id: '1', name: 'Product 1', category: { id: '3', name: 'Category 3', details: 'of 1 p1' } },
      },
    },
    {
      fact: 'alone',
      query: '{ product(id: "1") { category { details } } }',
      data: { product: { category: { details: 'of 1 p1' } } },
    },
  ],
};
