import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const ACCOUNTS = [
  { __typename: 'User', id: 'u1' },
  { __typename: 'Admin', id: 'a1', name: 'name of a1' },
];

/** The id of a user may be null in one subgraph and not in the other; that of an admin never is. */
export const childrenDifferInNullBySubgraph: CompatibilityCase = {
  rule: 'fields of members of a union may be stricter in one subgraph than in another',
  subgraphs: {
    accounts: {
      sdl: `${federation('@key', '@shareable')}
        type Query { users: [User!]! accounts: [Account!]! }
        union Account = User | Admin
        type User @key(fields: "id") { id: ID similar: [Account!]! }
        type Admin { id: ID! name: String similar: [Account!]! }`,
      resolvers: {
        Query: { users: () => [ACCOUNTS[0]], accounts: () => ACCOUNTS },
        User: { similar: () => ACCOUNTS, __resolveReference: ({ id }: { id: string }) => ({ id }) },
        Admin: { similar: () => ACCOUNTS },
      },
    },
    names: {
      sdl: `${federation('@key')} type User @key(fields: "id") { id: ID! name: String }`,
      resolvers: { User: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `name of ${id}` }) } },
    },
  },
  questions: [
    {
      fact: 'each with what it has',
      query: '{ users { id name } accounts { ... on User { id name } ... on Admin { aid: id name } } }',
      data: {
        users: [{ id: 'u1', name: 'name of u1' }],
        accounts: [
          { id: 'u1', name: 'name of u1' },
          { aid: 'a1', name: 'name of a1' },
        ],
      },
    },
    {
      fact: 'level below level',
      query: `{ accounts { ...N ... on User { similar { ...N ... on Admin { similar { ...N } } } } ... on Admin { similar { ... on User { similar { ...N } } } } } }
        fragment N on Account { ... on User { name } ... on Admin { name } }`,
      data: {
        accounts: [
          {
            name: 'name of u1',
            similar: [
              { name: 'name of u1' },
              { name: 'name of a1', similar: [{ name: 'name of u1' }, { name: 'name of a1' }] },
            ],
          },
          { name: 'name of a1', similar: [{ similar: [{ name: 'name of u1' }, { name: 'name of a1' }] }, {}] },
        ],
      },
    },
  ],
};
