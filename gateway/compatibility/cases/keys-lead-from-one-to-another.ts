import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const SKUS = [
  { id: 's1', ean: 'e1', erp: 'x1' },
  { id: 's2', ean: 'e2', erp: 'x2' },
];
const find = (field: 'id' | 'ean' | 'erp') => (reference: Readonly<Record<string, string>>) =>
  SKUS.find((sku) => sku[field] === reference[field]) ?? null;

/** The shop knows ids, the scale EAN codes, the ERP numbers of its own; only the catalogue can translate. */
export const keysLeadFromOneToAnother: CompatibilityCase = {
  rule: 'an entity without a shared key is reached through a subgraph that knows both',
  subgraphs: {
    shop: {
      sdl: `${federation('@key')}
        type Query { basket: [Sku] }
        type Sku @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { basket: () => [{ id: 's1' }, null, { id: 's2' }] } },
    },
    catalog: {
      sdl: `${federation('@key')}
        type Sku @key(fields: "id") @key(fields: "ean") { id: ID! ean: String! }`,
      resolvers: {
        Sku: { __resolveReference: (ref: { id: string; ean: string }) => find(ref.id ? 'id' : 'ean')(ref) },
      },
    },
    scale: {
      sdl: `${federation('@key')}
        type Sku @key(fields: "ean") @key(fields: "erp") { ean: String! erp: String! grams: Int }`,
      resolvers: {
        Sku: {
          __resolveReference: (ref: { ean: string; erp: string }) => find(ref.ean ? 'ean' : 'erp')(ref),
          grams: ({ ean }: { ean: string }) => (ean === 'e1' ? 900 : 80),
        },
      },
    },
    ledger: {
      sdl: `${federation('@key')}
        type Query { booked: [Sku] }
        type Sku @key(fields: "erp") { erp: String! account: Int }`,
      resolvers: {
        Query: { booked: () => SKUS.map(({ erp }) => ({ erp })) },
        Sku: {
          __resolveReference: find('erp'),
          account: ({ erp }: { erp: string }) => (erp === 'x1' ? 4000 : 4100),
        },
      },
    },
  },
  questions: [
    {
      fact: 'in one hop and in two',
      query: '{ basket { grams account } }',
      data: { basket: [{ grams: 900, account: 4000 }, null, { grams: 80, account: 4100 }] },
    },
    {
      fact: 'back from the other end',
      query: '{ booked { id account grams } }',
      data: {
        booked: [
          { id: 's1', account: 4000, grams: 900 },
          { id: 's2', account: 4100, grams: 80 },
        ],
      },
    },
  ],
};
