import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const LIST = [
  { __typename: 'Cat', id: 'c', name: 'Tom', lives: 9 },
  { __typename: 'Dog', id: 'd', name: 'Rex', tricks: ['sit'] },
];
const say =
  (who: string) =>
  (_animal: unknown, { word, loud }: { word: string; loud?: boolean }) =>
    `${who} ${word}${loud ? '!' : ''}`;

/** All types in one subgraph, so that their selections share one fetch. */
export const sameKeyMeansAnotherThingByType: CompatibilityCase = {
  rule: 'a response key may mean another field, or other arguments, on each type',
  subgraphs: {
    zoo: {
      sdl: `${federation('@key')}
        type Query { pets: [Pet!]! any: [Any!]! }
        interface Pet { id: ID! say(word: String!, loud: Boolean): String }
        union Any = Cat | Dog
        type Cat implements Pet @key(fields: "id") { id: ID! name: String! say(word: String!, loud: Boolean): String lives: Int }
        type Dog implements Pet @key(fields: "id") { id: ID! name: String say(word: String!, loud: Boolean): String tricks: [String!]! }`,
      resolvers: { Query: { pets: () => LIST, any: () => LIST }, Cat: { say: say('cat') }, Dog: { say: say('dog') } },
    },
    vet: {
      sdl: `${federation('@key')}
        type Cat @key(fields: "id") { id: ID! check(year: Int): String next: Visit }
        type Dog @key(fields: "id") { id: ID! check(year: Int): Int next: Visit }
        type Visit { on(format: String): String }`,
      resolvers: {
        Cat: {
          __resolveReference: (ref: object) => ref,
          check: (_c: unknown, { year }: { year: number }) => `c${year}`,
          next: () => ({}),
        },
        Dog: {
          __resolveReference: (ref: object) => ref,
          check: (_d: unknown, { year }: { year: number }) => year,
          next: () => ({}),
        },
        Visit: { on: (_v: unknown, { format }: { format: string }) => format },
      },
    },
  },
  questions: [
    {
      fact: 'arguments',
      query: '{ pets { ... on Cat { s: say(word: "mew") } ... on Dog { s: say(word: "wuff", loud: true) } } }',
      data: { pets: [{ s: 'cat mew' }, { s: 'dog wuff!' }] },
    },
    {
      fact: 'arguments without an alias',
      query: '{ any { ... on Cat { say(word: "mew") } ... on Dog { say(word: "wuff") } } }',
      data: { any: [{ say: 'cat mew' }, { say: 'dog wuff' }] },
    },
    {
      fact: 'fields of the same type',
      query:
        '{ any { ... on Cat { x: id } ... on Dog { x: id } } pets { ... on Cat { y: lives } ... on Dog { y: id } } }',
      errors: ['GRAPHQL_VALIDATION_FAILED'],
    },
    {
      fact: 'other fields of types that fit',
      query: '{ any { ... on Cat { x: name id } ... on Dog { x: id } } }',
      errors: ['GRAPHQL_VALIDATION_FAILED'],
    },
    {
      fact: 'fields whose type may be null on one and not on the other',
      query: '{ any { ... on Cat { __typename } ... on Dog { n: name t: tricks } } }',
      data: { any: [{ __typename: 'Cat' }, { n: 'Rex', t: ['sit'] }] },
    },
    {
      fact: 'arguments below objects of another subgraph',
      query: '{ any { ... on Cat { next { on(format: "a") } } ... on Dog { next { on(format: "b") } } } }',
      data: { any: [{ next: { on: 'a' } }, { next: { on: 'b' } }] },
    },
    {
      fact: 'arguments of entity fields',
      query:
        '{ any { ... on Cat { n: next { o: on(format: "a") } c: check(year: 1) } ... on Dog { n: next { o: on(format: "b") } d: check(year: 2) } } }',
      data: {
        any: [
          { n: { o: 'a' }, c: 'c1' },
          { n: { o: 'b' }, d: 2 },
        ],
      },
    },
  ],
};
