import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const USERS = [
  { __typename: 'Customer', id: 'u1', name: 'Ann', points: 7 },
  { __typename: 'Clerk', id: 'u2', name: 'Bob', store: 'leeds' },
];
const find = ({ id }: { id: string }) => USERS.find((user) => user.id === id) ?? null;
type Ref = Readonly<{ id: string; name?: string }>;

/** Mail knows that there are accounts and none of their kinds. */
export const interfaceObjectsAddToAllTypes: CompatibilityCase = {
  rule: '@interfaceObject adds fields to all types of an interface without knowing them',
  subgraphs: {
    accounts: {
      sdl: `${federation('@key')}
        type Query { accounts: [Account!]! account(id: ID!): Account customers: [Customer] }
        interface Account @key(fields: "id") { id: ID! name: String! }
        type Customer implements Account @key(fields: "id") { id: ID! name: String! points: Int }
        type Clerk implements Account @key(fields: "id") { id: ID! name: String! store: String }`,
      resolvers: {
        Query: {
          accounts: () => USERS,
          account: (_root: unknown, ref: { id: string }) => find(ref),
          customers: () => [USERS[0]],
        },
        Account: { __resolveReference: find },
        Customer: { __resolveReference: find },
        Clerk: { __resolveReference: find },
      },
    },
    mail: {
      sdl: `${federation('@key', '@interfaceObject', '@external', '@requires')}
        type Query { subscribers: [Account!]! }
        type Account @interfaceObject @key(fields: "id") {
          id: ID! name: String! @external mailbox: String greeting: String @requires(fields: "name") friend: Account
        }`,
      resolvers: {
        Query: { subscribers: () => [{ id: 'u1' }, { id: 'u2' }] },
        Account: {
          __resolveReference: (ref: Ref) => ref,
          mailbox: ({ id }: Ref) => `${id}@example.org`,
          greeting: ({ name }: Ref) => `Dear ${name}`,
          friend: ({ id }: Ref) => ({ id: id === 'u1' ? 'u2' : 'u1' }),
        },
      },
    },
    badges: {
      sdl: `${federation('@key', '@interfaceObject')}
        type Account @interfaceObject @key(fields: "id") { id: ID! badge: Int }`,
      resolvers: { Account: { __resolveReference: ({ id }: Ref) => ({ id, badge: id === 'u1' ? 1 : 2 }) } },
    },
  },
  questions: [
    {
      fact: 'when the query begins where the types are',
      query: '{ accounts { id mailbox ... on Customer { points greeting } } }',
      data: {
        accounts: [
          { id: 'u1', mailbox: 'u1@example.org', points: 7, greeting: 'Dear Ann' },
          { id: 'u2', mailbox: 'u2@example.org' },
        ],
      },
    },
    {
      fact: 'when it begins where they are not known',
      query: '{ subscribers { __typename name mailbox ... on Clerk { store } } }',
      data: {
        subscribers: [
          { __typename: 'Customer', name: 'Ann', mailbox: 'u1@example.org' },
          { __typename: 'Clerk', name: 'Bob', mailbox: 'u2@example.org', store: 'leeds' },
        ],
      },
    },
    {
      fact: 'without asking for types that nothing depends on',
      query: '{ subscribers { id mailbox } }',
      data: {
        subscribers: [
          { id: 'u1', mailbox: 'u1@example.org' },
          { id: 'u2', mailbox: 'u2@example.org' },
        ],
      },
      requests: { mail: 1 },
    },
    {
      fact: 'of a concrete type',
      query: '{ customers { greeting badge ... on Account { mailbox } } }',
      data: { customers: [{ greeting: 'Dear Ann', badge: 1, mailbox: 'u1@example.org' }] },
    },
    {
      fact: 'from one interface object to another',
      query: '{ subscribers { badge } }',
      data: { subscribers: [{ badge: 1 }, { badge: 2 }] },
    },
    {
      fact: 'several times over',
      query: '{ account(id: "u1") { friend { __typename badge friend { name ... on Customer { points } } } } }',
      data: { account: { friend: { __typename: 'Clerk', badge: 2, friend: { name: 'Ann', points: 7 } } } },
    },
    {
      fact: 'with what they require',
      query: '{ subscribers { greeting ... on Clerk { greeting name } ... on Customer { id } } }',
      data: {
        subscribers: [
          { greeting: 'Dear Ann', id: 'u1' },
          { greeting: 'Dear Bob', name: 'Bob' },
        ],
      },
    },
    {
      fact: 'with the type alone',
      query: '{ subscribers { t: __typename } }',
      data: { subscribers: [{ t: 'Customer' }, { t: 'Clerk' }] },
    },
  ],
};
