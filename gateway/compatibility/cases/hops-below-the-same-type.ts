import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const SKUS = [
  { id: '1', gtin: 'g1', row: 11, grams: 900 },
  { id: '2', gtin: 'g2', row: 12, grams: 80 },
];

type Ref = Readonly<Partial<(typeof SKUS)[number]>>;

const find = ({ id, gtin, row }: Ref) =>
  SKUS.find((sku) => sku.id === id || sku.gtin === gtin || sku.row === row) ?? null;

/** Freight knows a SKU by its GTIN, the store by a row that clients are not shown; names are found by the id alone. */
export const hopsBelowTheSameType: CompatibilityCase = {
  rule: 'an entity below another one of its type is completed by whichever key it comes with',
  subgraphs: {
    catalog: {
      sdl: `${federation('@key', '@inaccessible')}
        type Query { sku: Sku }
        type Sku @key(fields: "id") @key(fields: "row") @key(fields: "gtin") {
          id: ID! gtin: String! row: Int! @inaccessible grams: Int
        }`,
      resolvers: { Query: { sku: () => SKUS[0] }, Sku: { __resolveReference: find } },
    },
    names: {
      sdl: `${federation('@key')} type Sku @key(fields: "id") { id: ID! name: String! }`,
      resolvers: { Sku: { __resolveReference: ({ id = '' }: Ref) => ({ id, name: `name ${id}` }) } },
    },
    freight: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Sku @key(fields: "gtin") {
          gtin: String! grams: Int @external fee: Int @requires(fields: "grams") box: Box piles: [[Box]]
        }
        type Box { sku: Sku size: Int }`,
      resolvers: {
        Sku: {
          __resolveReference: (reference: Ref) => reference,
          fee: ({ grams }: Ref) => (grams ?? Number.NaN) * 2,
          box: () => ({ size: 3, sku: { gtin: 'g2' } }),
          piles: () => [[{ sku: { gtin: 'g2' } }, null], null, [{ sku: null }]],
        },
      },
    },
    store: {
      sdl: `${federation('@key', '@inaccessible')}
        type Sku @key(fields: "row") { row: Int! @inaccessible beside: Place }
        type Place { sku: Sku }`,
      resolvers: {
        Sku: { __resolveReference: (reference: Ref) => reference, beside: () => ({ sku: { row: 12 } }) },
      },
    },
  },
  questions: [
    {
      fact: 'by one that few have',
      query: '{ sku { box { size sku { fee name id } } fee name } }',
      data: { sku: { box: { size: 3, sku: { fee: 160, name: 'name 2', id: '2' } }, fee: 1800, name: 'name 1' } },
    },
    {
      fact: 'by one that clients are not shown',
      query: '{ sku { beside { sku { name fee } } } }',
      data: { sku: { beside: { sku: { name: 'name 2', fee: 160 } } } },
    },
    {
      fact: 'in lists of lists, where some are not there',
      query: '{ sku { piles { sku { fee } } } }',
      data: { sku: { piles: [[{ sku: { fee: 160 } }, null], null, [{ sku: null }]] } },
    },
    {
      fact: 'by several in one operation, some below each other',
      query: `{
        a: sku { b: box { s: sku { x: fee y: fee box { sku { fee } } beside { sku { name } } } } }
        c: sku { box { sku { name } } }
      }`,
      data: {
        a: { b: { s: { x: 160, y: 160, box: { sku: { fee: 160 } }, beside: { sku: { name: 'name 2' } } } } },
        c: { box: { sku: { name: 'name 2' } } },
      },
    },
  ],
};
