import { byId, federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const STORES = [{ id: 'leeds', town: 'Leeds' }];

export const keysMayBeUnresolvable: CompatibilityCase = {
  rule: 'a key that is not resolvable refers to an entity and is never asked for one',
  subgraphs: {
    orders: {
      sdl: `${federation('@key')}
        type Query { orders: [Order!]! }
        type Order @key(fields: "id") { id: ID! store: Store! }
        type Store @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: { Query: { orders: () => [{ id: 'o1', store: { id: 'leeds' } }] } },
    },
    stores: {
      sdl: `${federation('@key')}
        type Query { stores: [Store!]! }
        type Store @key(fields: "id") { id: ID! town: String }`,
      resolvers: { Query: { stores: () => STORES }, Store: { __resolveReference: byId(STORES) } },
    },
  },
  questions: [
    {
      fact: 'the reference alone needs one subgraph',
      query: '{ orders { store { id } } }',
      data: { orders: [{ store: { id: 'leeds' } }] },
      requests: { orders: 1 },
    },
    {
      fact: 'the rest comes from where the key is resolvable',
      query: '{ orders { store { town } } stores { id } }',
      data: { orders: [{ store: { town: 'Leeds' } }], stores: [{ id: 'leeds' }] },
    },
  ],
};
