import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const NODE = { __typename: 'Box', id: 'x1', inside: { __typename: 'Bag', id: 'y1' } };

export const typenameStandsAnywhere: CompatibilityCase = {
  rule: '__typename may be selected wherever a selection stands, under any name and as often as one likes',
  subgraphs: {
    a: {
      sdl: `${federation('@key')}
        type Query { node: Node thing: Thing box: Box }
        type Mutation { pack: Box }
        interface Node { id: ID! }
        union Thing = Box | Bag
        type Box implements Node @key(fields: "id") { id: ID! inside: Thing }
        type Bag implements Node @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: { node: () => NODE, thing: () => NODE, box: () => NODE },
        Mutation: { pack: () => NODE },
        Bag: { __resolveReference: ({ id }: { id: string }) => ({ id }) },
      },
    },
    b: {
      sdl: `${federation('@key')}
        type Box @key(fields: "id") { id: ID! label: Label }
        type Label { text: String }`,
      resolvers: { Box: { __resolveReference: ({ id }: { id: string }) => ({ id, label: { text: `label ${id}` } }) } },
    },
  },
  questions: [
    { fact: 'at the root alone', query: '{ __typename }', data: { __typename: 'Query' }, requests: {} },
    {
      fact: 'at the root of a mutation, and in order',
      query: 'mutation { a: __typename pack { t: __typename } __typename }',
      data: { a: 'Mutation', pack: { t: 'Box' }, __typename: 'Mutation' },
    },
    {
      fact: 'alone below a field',
      query: '{ node { __typename } thing { x: __typename } box { id: __typename } }',
      data: { node: { __typename: 'Box' }, thing: { x: 'Box' }, box: { id: 'Box' } },
    },
    {
      fact: 'in fragments on everything',
      query: `{ ... on Query { q: __typename } thing { ...T ... on Box { __typename inside { ... { a: __typename } ... on Bag { b: __typename } } } } }
        fragment T on Thing { t: __typename ... on Node { n: __typename } }`,
      data: { q: 'Query', thing: { t: 'Box', n: 'Box', __typename: 'Box', inside: { a: 'Bag', b: 'Bag' } } },
    },
    {
      fact: 'beside what another subgraph says',
      query: '{ node { ... on Box { label { t: __typename text } } k: __typename } }',
      data: { node: { label: { t: 'Label', text: 'label x1' }, k: 'Box' } },
    },
    {
      fact: 'under conditions',
      query:
        'query ($y: Boolean = true) { node { a: __typename @include(if: $y) b: __typename @skip(if: $y) } __typename @skip(if: $y) }',
      data: { node: { a: 'Box' } },
    },
  ],
};
