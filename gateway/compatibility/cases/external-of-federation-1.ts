import type { CompatibilityCase } from '../compatibility-case.ts';

interface User {
  readonly id: string;
  readonly name?: string;
}
const USERS: readonly User[] = [
  { id: 'u1', name: 'Ann' },
  { id: 'u2', name: 'Bob' },
];

/** Subgraphs of the first version extend types and mark keys as external; both still compose and run. */
export const externalOfFederation1: CompatibilityCase = {
  rule: 'subgraphs of Federation 1 extend entities by @extends or extend type, with external keys',
  subgraphs: {
    accounts: {
      sdl: `type Query { users: [User!]! }
        type User @key(fields: "id") { id: ID! name: String }`,
      resolvers: {
        Query: { users: () => USERS },
        User: { __resolveReference: ({ id }: User) => USERS.find((user) => user.id === id) },
      },
    },
    reviews: {
      sdl: `type Query { reviewer: User }
        extend type User @key(fields: "id") {
          id: ID! @external
          name: String @external
          greeting: String @requires(fields: "name")
        }`,
      resolvers: {
        Query: { reviewer: () => ({ id: 'u2' }) },
        User: {
          __resolveReference: (reference: User) => reference,
          greeting: ({ name }: User) => `Hello ${name}`,
        },
      },
    },
    ratings: {
      sdl: `type Query { raters: [User] @provides(fields: "name") }
        type User @extends @key(fields: "id") { id: ID! @external name: String @external stars: Int }`,
      resolvers: {
        Query: { raters: () => [{ id: 'u1', name: 'Ann' }, null] },
        User: { __resolveReference: (reference: User) => reference, stars: ({ id }: User) => (id === 'u1' ? 5 : 3) },
      },
    },
  },
  questions: [
    {
      fact: 'from the owner',
      query: '{ users { id greeting stars } }',
      data: {
        users: [
          { id: 'u1', greeting: 'Hello Ann', stars: 5 },
          { id: 'u2', greeting: 'Hello Bob', stars: 3 },
        ],
      },
    },
    {
      fact: 'from the one that extends',
      query: '{ reviewer { id name stars } raters { id name greeting } }',
      data: {
        reviewer: { id: 'u2', name: 'Bob', stars: 3 },
        raters: [{ id: 'u1', name: 'Ann', greeting: 'Hello Ann' }, null],
      },
    },
  ],
};
