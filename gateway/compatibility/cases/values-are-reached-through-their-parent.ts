import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

/** An address has no key: what another subgraph says of it can only be asked by way of the customer. */
export const valuesAreReachedThroughTheirParent: CompatibilityCase = {
  rule: 'a value type without a key is reached through the entity above it',
  subgraphs: {
    crm: {
      sdl: `${federation('@key', '@shareable')}
        type Query { customer: Customer }
        type Customer @key(fields: "id") { id: ID! home: Home @shareable }
        type Home @shareable { address: Address }
        type Address @shareable { street: String }`,
      resolvers: {
        Query: { customer: () => ({ id: 'c1', home: { address: { street: 'Mill Lane' } } }) },
      },
    },
    geo: {
      sdl: `${federation('@key', '@shareable')}
        type Customer @key(fields: "id") { id: ID! home: Home @shareable }
        type Home @shareable { address: Address altitude: Int }
        type Address @shareable { zone: Zone }
        type Zone { code: String }`,
      resolvers: {
        Customer: {
          __resolveReference: ({ id }: { id: string }) => ({
            id,
            home: { address: { zone: { code: 'N' } }, altitude: 63 },
          }),
        },
      },
    },
  },
  questions: [
    {
      fact: 'parts of one object come from both',
      query: '{ customer { home { altitude address { street zone { code } } } } }',
      data: { customer: { home: { altitude: 63, address: { street: 'Mill Lane', zone: { code: 'N' } } } } },
      requests: { crm: 1, geo: 1 },
    },
  ],
};
