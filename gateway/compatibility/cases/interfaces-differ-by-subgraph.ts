import { byId, federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const ITEMS = [
  { __typename: 'Oven', id: 'o1', warranty: 1 },
  { __typename: 'Toaster', id: 't1', warranty: 3 },
];

/** An oven is a node in `service` alone; `shop` lists it in a union and must not answer it as a node. */
export const interfacesDifferBySubgraph: CompatibilityCase = {
  rule: 'a type may implement an interface in some subgraphs only',
  subgraphs: {
    shop: {
      sdl: `${federation('@key')}
        type Query { products: [Product] node(id: ID!): Node nodes: [Node] toasters: [Toaster] }
        union Product = Oven | Toaster
        interface Node { id: ID! }
        interface WithWarranty { warranty: Int }
        type Oven @key(fields: "id") { id: ID! }
        type Toaster implements Node & WithWarranty @key(fields: "id") { id: ID! warranty: Int }`,
      resolvers: {
        Query: {
          products: () => ITEMS,
          node: (_root: unknown, reference: { id: string }) => byId(ITEMS)(reference),
          nodes: () => ITEMS.slice(1),
          toasters: () => ITEMS.slice(1),
        },
        Oven: { __resolveReference: byId(ITEMS) },
        Toaster: { __resolveReference: byId(ITEMS) },
      },
    },
    service: {
      sdl: `${federation('@key')}
        interface Node { id: ID! }
        interface WithWarranty { warranty: Int }
        type Oven implements Node & WithWarranty @key(fields: "id") { id: ID! warranty: Int }`,
      resolvers: { Oven: { __resolveReference: byId(ITEMS) } },
    },
  },
  questions: [
    {
      fact: 'the interface as condition on a union',
      query: '{ products { ... on Node { id } } }',
      data: { products: [{ id: 'o1' }, { id: 't1' }] },
    },
    {
      fact: 'another interface as condition, with a hop for one of the types',
      query: '{ products { __typename ... on WithWarranty { warranty } } }',
      data: {
        products: [
          { __typename: 'Oven', warranty: 1 },
          { __typename: 'Toaster', warranty: 3 },
        ],
      },
    },
    {
      fact: 'a condition on a type that cannot stand there',
      query: '{ nodes { ... on Toaster { warranty } ... on Oven { id } } }',
      data: { nodes: [{ warranty: 3 }] },
    },
    {
      fact: 'conditions inside of conditions',
      query: '{ nodes { ... on Node { id ... on Node { id ... on WithWarranty { warranty } } } } }',
      data: { nodes: [{ id: 't1', warranty: 3 }] },
    },
    {
      fact: 'conditions on the interfaces of a type',
      query: '{ toasters { ...T ...N } } fragment T on Toaster { id } fragment N on Node { id __typename }',
      data: { toasters: [{ id: 't1', __typename: 'Toaster' }] },
    },
    {
      fact: 'a subgraph that answers another type than it declares tells an error',
      query: '{ node(id: "o1") { ... on Oven { warranty } } }',
      data: { node: null },
      errors: ['node INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'one that it declares',
      query: '{ node(id: "t1") { ... on Toaster { warranty } } }',
      data: { node: { warranty: 3 } },
    },
  ],
};
