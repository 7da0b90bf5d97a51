import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const USERS: Readonly<Record<string, object>> = {
  u1: { id: 'u1', name: 'Ann', address: { __typename: 'Home', id: 'h1' } },
  u2: { id: 'u2', name: 'Bob', address: { __typename: 'Work', id: 'w1' } },
};

/** The address is an interface of entities, and the city of it stands in a third subgraph. */
export const requiresThroughAnInterface: CompatibilityCase = {
  rule: '@requires goes through an interface of entities',
  subgraphs: {
    users: {
      sdl: `${federation('@key', '@external', '@requires')}
        type User @key(fields: "id") {
          id: ID! name: String! address: Address @external
          city: String @requires(fields: "address { id }")
          country: String @requires(fields: "address { id ... on Work { city } }")
        }
        interface Address { id: ID! }
        type Home implements Address @key(fields: "id") { id: ID! }
        type Work implements Address @key(fields: "id") { id: ID! city: String @external }`,
      resolvers: {
        User: {
          __resolveReference: (ref: { id: string; address?: object }) => ({ ...USERS[ref.id], ...ref }),
          city: ({ address }: { address: { id: string } }) => `city of ${address.id}`,
          country: ({ address }: { address: { city?: string } }) => `country of ${address.city ?? 'home'}`,
        },
      },
    },
    addresses: {
      sdl: `${federation('@key')}
        type Query { a: User b: User }
        type User @key(fields: "id") { id: ID! address: Address }
        interface Address { id: ID! }
        type Home implements Address @key(fields: "id") { id: ID! city: String }
        type Work implements Address @key(fields: "id") { id: ID! city: String }`,
      resolvers: {
        Query: { a: () => ({ id: 'u1' }), b: () => ({ id: 'u2' }) },
        User: {
          __resolveReference: ({ id }: { id: string }) => USERS[id],
          address: ({ id }: { id: string }) => (USERS[id] as { address: object }).address,
        },
        Home: { city: ({ id }: { id: string }) => `c-${id}` },
        Work: { city: ({ id }: { id: string }) => `c-${id}` },
      },
    },
  },
  questions: [
    {
      fact: 'with the type of what stands there',
      query: '{ a { city } b { city } }',
      data: { a: { city: 'city of h1' }, b: { city: 'city of w1' } },
    },
    {
      fact: 'with more for one of the types',
      query: '{ a { country name } b { name country address { __typename id } } }',
      data: {
        a: { country: 'country of home', name: 'Ann' },
        b: { name: 'Bob', country: 'country of c-w1', address: { __typename: 'Work', id: 'w1' } },
      },
    },
  ],
};
