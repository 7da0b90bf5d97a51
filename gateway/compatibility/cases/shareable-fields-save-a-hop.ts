import { byId, federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const SKUS = [{ id: 's1', title: 'Boots', grams: 900 }];

export const shareableFieldsSaveAHop: CompatibilityCase = {
  rule: 'a shareable field is taken from where the query is already',
  subgraphs: {
    catalog: {
      sdl: `${federation('@key', '@shareable')}
        type Sku @key(fields: "id") { id: ID! title: String @shareable grams: Int }`,
      resolvers: { Sku: { __resolveReference: byId(SKUS) } },
    },
    search: {
      sdl: `${federation('@key', '@shareable')}
        type Query { hits: [Sku!]! }
        type Sku @key(fields: "id") { id: ID! title: String @shareable }`,
      resolvers: { Query: { hits: () => [{ id: 's1', title: 'Boots (index)' }] } },
    },
  },
  questions: [
    {
      fact: 'without a further request',
      query: '{ hits { title } }',
      data: { hits: [{ title: 'Boots (index)' }] },
      requests: { search: 1 },
    },
    {
      fact: 'also beside a field that needs one',
      query: '{ hits { title grams } }',
      data: { hits: [{ title: 'Boots (index)', grams: 900 }] },
      requests: { search: 1, catalog: 1 },
    },
  ],
};
