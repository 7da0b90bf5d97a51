import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const PARTS = { one: 'p1', two: 'p2', three: 'p3' };
const ITEM = { id: 'i1', mirrorId: 'm1', parts: PARTS, name: 'hinge' };

/** Each subgraph lists the same keys and resolves others of them. */
export const keysOfManyKindsAtOnce: CompatibilityCase = {
  rule: 'of several keys the one is taken that the target resolves',
  subgraphs: {
    master: {
      sdl: `${federation('@key', '@shareable')}
        type Item
          @key(fields: "id")
          @key(fields: "mirrorId", resolvable: false)
          @key(fields: "parts { one two }", resolvable: false)
          @key(fields: "id parts { two three }", resolvable: false) {
          id: ID! mirrorId: ID! parts: Parts! name: String!
        }
        type Parts @shareable { one: ID! two: ID! three: ID! }`,
      resolvers: { Item: { __resolveReference: ({ id }: { id?: string }) => (id === ITEM.id ? ITEM : null) } },
    },
    assembly: {
      sdl: `${federation('@key', '@shareable', '@requires', '@external')}
        type Query { kit: Kit }
        type Kit @key(fields: "id") { id: ID! items: [Item!]! }
        type Item
          @key(fields: "parts { one two }", resolvable: false)
          @key(fields: "id parts { two three }")
          @key(fields: "mirrorId", resolvable: false)
          @key(fields: "id", resolvable: false) {
          id: ID! mirrorId: ID! parts: Parts! name: String! @external
          label: String! @requires(fields: "name")
        }
        type Parts @shareable { one: ID! two: ID! three: ID! }`,
      resolvers: {
        Query: { kit: () => ({ id: 'k1', items: [{ id: 'i1', mirrorId: 'm1', parts: PARTS }] }) },
        Item: {
          __resolveReference: (reference: { parts?: { two: string; three: string } }) =>
            reference.parts?.two === 'p2' && reference.parts.three === 'p3' ? reference : null,
          label: ({ name }: { name: string }) => `label of ${name}`,
        },
      },
    },
  },
  questions: [
    {
      fact: 'there and back with what the way back needs',
      query: '{ kit { id items { id name label } } }',
      data: { kit: { id: 'k1', items: [{ id: 'i1', name: 'hinge', label: 'label of hinge' }] } },
    },
  ],
};
