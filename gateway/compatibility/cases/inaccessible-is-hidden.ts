import { byId, federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const USERS = [
  { id: 'u1', kind: 'STAFF', note: 'n1', contact: { __typename: 'Mail', at: 'a@b' }, role: 'ADMIN' },
  { id: 'u2', kind: 'ROBOT', note: 'n2', contact: { __typename: 'Pager', number: '1' }, role: 'READER' },
];

export const inaccessibleIsHidden: CompatibilityCase = {
  rule: '@inaccessible hides fields, arguments, types, input fields and enum values from clients, not from subgraphs',
  subgraphs: {
    people: {
      sdl: `${federation('@key', '@inaccessible', '@shareable')}
        type Query {
          users(kind: Kind, secret: Boolean @inaccessible): [User!]!
          find(by: Search!): [User!]!
          hidden: String @inaccessible
          vault: Vault @inaccessible
        }
        type User @key(fields: "number") @key(fields: "id") {
          id: ID!
          number: Int! @inaccessible
          kind: Kind
          kinds: [Kind]
          needed: Kind!
          note(lang: String = "en", raw: Boolean = false @inaccessible): String
          contact: Contact
          reachedBy: Contact!
        }
        enum Kind { STAFF CUSTOMER ROBOT @inaccessible }
        input Search { id: ID kind: Kind internal: Boolean = false @inaccessible }
        type Vault @inaccessible { key: String }
        union Contact = Mail | Pager
        type Mail { at: String }
        type Pager @inaccessible { number: String }`,
      resolvers: {
        Query: {
          users: (_root: unknown, { kind }: { kind?: string }) => USERS.filter((user) => !kind || user.kind === kind),
          find: (_root: unknown, { by }: { by: { id?: string; internal: boolean } }) =>
            USERS.filter(({ id }) => id === by.id && !by.internal),
        },
        User: {
          __resolveReference: byId(USERS),
          number: ({ id }: { id: string }) => Number(id.slice(1)),
          kinds: ({ kind }: { kind: string }) => ['CUSTOMER', kind],
          needed: ({ kind }: { kind: string }) => kind,
          reachedBy: ({ contact }: { contact: object }) => contact,
          note: ({ note }: { note: string }, { lang, raw }: { lang: string; raw: boolean }) => `${note} ${lang} ${raw}`,
        },
      },
    },
    access: {
      sdl: `${federation('@key', '@external', '@requires', '@inaccessible')}
        type User @key(fields: "number") {
          number: Int! @inaccessible
          kind: Kind @external
          level: String @requires(fields: "kind")
        }
        enum Kind { STAFF CUSTOMER ROBOT @inaccessible }`,
      resolvers: {
        User: {
          __resolveReference: (reference: object) => reference,
          level: ({ number, kind }: { number: number; kind: string }) => `${number} ${kind}`,
        },
      },
    },
  },
  questions: [
    {
      fact: 'hidden keys and values still serve to join',
      query: '{ users { id level } }',
      data: {
        users: [
          { id: 'u1', level: '1 STAFF' },
          { id: 'u2', level: '2 ROBOT' },
        ],
      },
    },
    {
      fact: 'a hidden value of an enum is null, and no error',
      query: '{ users { kind kinds } }',
      data: {
        users: [
          { kind: 'STAFF', kinds: ['CUSTOMER', 'STAFF'] },
          { kind: null, kinds: ['CUSTOMER', null] },
        ],
      },
    },
    {
      fact: 'a hidden value where none may be null takes its parent with it, with an error',
      query: '{ users { id } find(by: { id: "u2" }) { needed } }',
      data: null,
      errors: ['find.0.needed INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'an object of a hidden type is null, and no error',
      query: '{ users { contact { __typename ... on Mail { at } } } }',
      data: { users: [{ contact: { __typename: 'Mail', at: 'a@b' } }, { contact: null }] },
    },
    {
      fact: 'an object of a hidden type where none may be null takes its parent with it, with an error',
      query: '{ users { id } find(by: { id: "u2" }) { reachedBy { __typename } } }',
      data: null,
      errors: ['find.0.reachedBy INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'defaults of hidden arguments and input fields are applied by the subgraph',
      query: '{ find(by: { id: "u1" }) { note a: note(lang: "de") } }',
      data: { find: [{ note: 'n1 en false', a: 'n1 de false' }] },
    },
    ...[
      ['a hidden field', '{ hidden }'],
      ['a field of a hidden type', '{ vault { key } }'],
      ['a hidden key', '{ users { number } }'],
      ['a hidden argument', '{ users(secret: true) { id } }'],
      ['a hidden argument below', '{ users { note(raw: true) } }'],
      ['a hidden input field', '{ find(by: { id: "u1", internal: true }) { id } }'],
      ['a hidden value as literal', '{ users(kind: ROBOT) { id } }'],
      ['a hidden type as condition', '{ users { contact { ... on Pager { number } } } }'],
    ].map(([fact = '', query = '']) => ({
      fact: `${fact} is refused`,
      query,
      errors: ['GRAPHQL_VALIDATION_FAILED'],
      requests: {},
    })),
    {
      fact: 'a hidden value in a variable is refused',
      query: 'query ($k: Kind) { users(kind: $k) { id } }',
      variables: { k: 'ROBOT' },
      errors: ['BAD_USER_INPUT'],
      requests: {},
    },
    {
      fact: 'introspection tells nothing of it',
      query: `{
        kinds: __type(name: "Kind") { enumValues { name } }
        vault: __type(name: "Vault") { name }
        search: __type(name: "Search") { inputFields { name } }
        query: __type(name: "Query") { fields { name args { name } } }
        contact: __type(name: "Contact") { possibleTypes { name } }
      }`,
      data: {
        kinds: { enumValues: [{ name: 'STAFF' }, { name: 'CUSTOMER' }] },
        vault: null,
        search: { inputFields: [{ name: 'id' }, { name: 'kind' }] },
        query: {
          fields: [
            { name: 'users', args: [{ name: 'kind' }] },
            { name: 'find', args: [{ name: 'by' }] },
          ],
        },
        contact: { possibleTypes: [{ name: 'Mail' }] },
      },
      requests: {},
    },
  ],
};
