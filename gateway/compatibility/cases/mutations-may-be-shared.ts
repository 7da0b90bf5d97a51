import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const added: string[] = [];

export const mutationsMayBeShared: CompatibilityCase = {
  rule: 'a mutation that several subgraphs declare as shareable runs in one of them, once',
  subgraphs: {
    a: {
      sdl: `${federation('@key', '@shareable')}
        type Query { added: [String!] }
        type Mutation { addCategory(name: String!): Category! @shareable }
        type Category @key(fields: "id") { id: ID! name: String! }`,
      resolvers: {
        Query: { added: () => added.splice(0) },
        Mutation: {
          addCategory: (_root: unknown, { name }: { name: string }) => {
            added.push(`a ${name}`);
            return { id: `c-${name}`, name };
          },
        },
        Category: { __resolveReference: ({ id }: { id: string }) => ({ id, name: id.slice(2) }) },
      },
    },
    b: {
      sdl: `${federation('@key', '@shareable')}
        type Mutation { addCategory(name: String!): Category! @shareable }
        type Category @key(fields: "id") { id: ID! }`,
      resolvers: {
        Mutation: {
          addCategory: (_root: unknown, { name }: { name: string }) => {
            added.push(`b ${name}`);
            return { id: `c-${name}` };
          },
        },
      },
    },
  },
  questions: [
    {
      fact: 'where all that is selected is found',
      query: 'mutation { addCategory(name: "shoes") { id name } }',
      data: { addCategory: { id: 'c-shoes', name: 'shoes' } },
      requests: { a: 1 },
    },
    { fact: 'and nowhere else', query: '{ added }', data: { added: ['a shoes'] } },
  ],
};
