import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

/** One number that three subgraphs of this process change, so that their order shows. */
function createCounter() {
  let value = 0;
  const change = (next: number) => (value = next);
  return { read: () => value, change };
}

function createSubgraphs(): CompatibilityCase['subgraphs'] {
  const counter = createCounter();
  return {
    adder: {
      sdl: `${federation('@key', '@shareable')}
        type Query { value: Int }
        type Mutation { set(to: Int!): Int add(by: Int!): Int create(name: String!): Item failSoft: Int }
        type Item @key(fields: "id") { id: ID! name: String }`,
      resolvers: {
        Query: { value: counter.read },
        Mutation: {
          set: (_root: unknown, { to }: { to: number }) => counter.change(to),
          add: (_root: unknown, { by }: { by: number }) => counter.change(counter.read() + by),
          create: (_root: unknown, { name }: { name: string }) => ({ id: `id-${name}`, name }),
          failSoft: () => {
            throw new Error('no');
          },
        },
        Item: { __resolveReference: ({ id }: { id: string }) => ({ id, name: id.slice(3) }) },
      },
    },
    multiplier: {
      sdl: `${federation('@key', '@shareable')}
        type Mutation { multiply(by: Int!): Int! take(name: String!): Item! }
        type Item @key(fields: "id") { id: ID! seen: Int }`,
      resolvers: {
        Mutation: {
          multiply: async (_root: unknown, { by }: { by: number }) => {
            // Later than whatever would not wait for it.
            await new Promise((resolve) => setImmediate(resolve));
            return counter.change(counter.read() * by);
          },
          take: (_root: unknown, { name }: { name: string }) => (name === 'none' ? null : { id: `id-${name}` }),
        },
        Item: { __resolveReference: (reference: object) => reference, seen: counter.read },
      },
    },
  };
}

export const mutationsRunInOrder: CompatibilityCase = {
  rule: 'fields of a mutation run one after the other, whichever subgraphs they belong to',
  subgraphs: createSubgraphs(),
  questions: [
    {
      fact: 'there and back',
      query:
        'mutation { zero: set(to: 0) five: add(by: 5) ten: multiply(by: 2) twelve: add(by: 2) last: multiply(by: 3) }',
      data: { zero: 0, five: 5, ten: 10, twelve: 12, last: 36 },
      requests: { adder: 3, multiplier: 2 },
    },
    {
      fact: 'with what is joined to each of them',
      query:
        'mutation { set(to: 1) a: create(name: "x") { name seen } multiply(by: 7) b: take(name: "y") { name seen } set2: set(to: 0) }',
      data: { set: 1, a: { name: 'x', seen: 1 }, multiply: 7, b: { name: 'y', seen: 7 }, set2: 0 },
    },
    {
      fact: 'one that fails and may be null does not keep the next from running',
      query: 'mutation { set(to: 3) failSoft add(by: 1) }',
      data: { set: 3, failSoft: null, add: 4 },
      errors: ['failSoft INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'one that may not be null ends it',
      query: 'mutation { set(to: 1) take(name: "none") { name } add(by: 1) }',
      data: null,
      errors: ['take INTERNAL_SERVER_ERROR'],
    },
    { fact: 'what came after it has not run', query: '{ value }', data: { value: 1 } },
    {
      fact: 'with variables and in fragments',
      query: 'mutation ($n: Int!) { ...M add(by: $n) } fragment M on Mutation { set(to: $n) multiply(by: $n) }',
      variables: { n: 4 },
      data: { set: 4, multiply: 16, add: 20 },
    },
  ],
};
