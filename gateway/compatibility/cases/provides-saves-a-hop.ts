import { byId, federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const BRANDS = [{ id: 'b1', name: 'Acme', country: 'UK', motto: 'more' }];
const refuse = (what: string) => () => {
  throw new Error(`${what} was asked for`);
};

/** The index can tell names and mottos of brands, but only where it says so; elsewhere the owner has to be asked. */
export const providesSavesAHop: CompatibilityCase = {
  rule: '@provides answers external fields on the way where it stands, and only those that are asked for',
  subgraphs: {
    brands: {
      sdl: `${federation('@key', '@shareable')}
        type Brand @key(fields: "id") { id: ID! name: String @shareable motto: String! @shareable country: String }`,
      resolvers: { Brand: { __resolveReference: byId(BRANDS) } },
    },
    index: {
      sdl: `${federation('@key', '@external', '@provides')}
        type Query { hit: Hit hits: [Hit!]! other: Hit top: Brand @provides(fields: "name motto") }
        type Hit { brand: Brand @provides(fields: "name motto") plain: Brand }
        type Brand @key(fields: "id") { id: ID! name: String @external motto: String! @external }`,
      resolvers: {
        Query: {
          hit: () => ({ brand: BRANDS[0], plain: BRANDS[0] }),
          hits: () => [{ brand: BRANDS[0] }, { brand: null }],
          other: () => null,
          top: () => BRANDS[0],
        },
        Brand: { motto: refuse('the motto'), name: ({ name }: { name: string }) => `${name} (index)` },
      },
    },
  },
  questions: [
    {
      fact: 'without asking the owner',
      query: '{ hit { brand { id name } } top { label: name ... on Brand { id } } hits { brand { name } } }',
      data: {
        hit: { brand: { id: 'b1', name: 'Acme (index)' } },
        top: { label: 'Acme (index)', id: 'b1' },
        hits: [{ brand: { name: 'Acme (index)' } }, { brand: null }],
      },
      requests: { index: 1 },
    },
    {
      fact: 'beside fields of the owner',
      query: '{ hit { brand { name country } } }',
      data: { hit: { brand: { name: 'Acme (index)', country: 'UK' } } },
      requests: { index: 1, brands: 1 },
    },
    {
      fact: 'not on a way that does not provide it',
      query: '{ hit { plain { name motto } } }',
      data: { hit: { plain: { name: 'Acme', motto: 'more' } } },
      requests: { index: 1, brands: 1 },
    },
    {
      fact: 'not when a condition excludes it',
      query: 'query ($no: Boolean!) { hit { brand { id ... @include(if: $no) { motto } motto @skip(if: true) } } }',
      variables: { no: false },
      data: { hit: { brand: { id: 'b1' } } },
      requests: { index: 1 },
    },
  ],
};
