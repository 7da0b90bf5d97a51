import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const ACCOUNT = { __typename: 'Account', id: 'a1', username: 'ann' };
const CHAT = { __typename: 'Chat', id: 'c1', text: 'hi', account: ACCOUNT };
const pick = (_root: unknown, { id }: { id: string }) => (id === 'a1' ? ACCOUNT : CHAT);

/** `node` is shared, and the id of each type is external in one of the two subgraphs: `node.id` cannot be had from either. */
export const aFieldWithoutAWayIsRefused: CompatibilityCase = {
  rule: 'an operation for which there is no way through the subgraphs fails as a whole and harms nothing else',
  subgraphs: {
    a: {
      sdl: `${federation('@key', '@external', '@shareable')}
        type Query { node(id: ID!): Node @shareable account(id: String!): Account }
        interface Node { id: ID! }
        type Account implements Node @key(fields: "id") { id: ID! username: String! }
        type Chat implements Node @key(fields: "id") { id: ID! @external account: Account! }`,
      resolvers: {
        Query: { node: pick, account: () => ACCOUNT },
        Account: { __resolveReference: () => ACCOUNT },
        Chat: { __resolveReference: () => CHAT },
      },
    },
    b: {
      sdl: `${federation('@key', '@external', '@shareable')}
        type Query { node(id: ID!): Node @shareable chat(id: String!): Chat }
        interface Node { id: ID! }
        type Account implements Node @key(fields: "id") { id: ID! @external chats: [Chat!]! }
        type Chat implements Node @key(fields: "id") { id: ID! text: String! }`,
      resolvers: {
        Query: { node: pick, chat: () => CHAT },
        Account: { __resolveReference: () => ({ ...ACCOUNT, chats: [CHAT] }) },
        Chat: { __resolveReference: () => CHAT },
      },
    },
  },
  questions: [
    {
      fact: 'nothing of it is run',
      query: '{ node(id: "a1") { id } account(id: "a1") { id } }',
      errors: ['INTERNAL_SERVER_ERROR'],
      requests: {},
    },
    {
      fact: 'types of it are told',
      query: '{ a: node(id: "a1") { __typename } c: node(id: "c1") { __typename } }',
      data: { a: { __typename: 'Account' }, c: { __typename: 'Chat' } },
    },
    {
      fact: 'each type from where it is whole',
      query: '{ a: node(id: "a1") { ... on Account { id username } } c: node(id: "c1") { ... on Chat { id text } } }',
      data: { a: { id: 'a1', username: 'ann' }, c: { id: 'c1', text: 'hi' } },
    },
    {
      fact: 'other types than the one that is there',
      query: '{ a: node(id: "a1") { __typename ... on Chat { id } } c: node(id: "c1") { ... on Account { id } } }',
      data: { a: { __typename: 'Account' }, c: {} },
    },
    {
      fact: 'both directions of a reference',
      query: '{ chat(id: "c1") { id text account { id } } account(id: "a1") { username chats { id } } }',
      data: {
        chat: { id: 'c1', text: 'hi', account: { id: 'a1' } },
        account: { username: 'ann', chats: [{ id: 'c1' }] },
      },
    },
  ],
};
