import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const query = '{ sku { price tax fee rest } }';
const from = (source: string) => ({ price: source, tax: source, fee: source, rest: source });
const resolvers = (source: string) => ({
  Query: { sku: () => ({ id: 's1', ...from(source) }) },
  Sku: { __resolveReference: ({ id }: { id: string }) => ({ id, ...from(source) }) },
});

/** `tax` has moved for those who switched it on, `fee` has not yet, `price` for half of the operations, `rest` for none. */
export const overrideMayBeProgressive: CompatibilityCase = {
  rule: '@override with a label holds where the label is on, or for its percentage of operations',
  overrideLabels: ['new-tax'],
  subgraphs: {
    old: {
      sdl: `${federation('@key')}
        type Query { sku: Sku }
        type Sku @key(fields: "id") { id: ID! price: String tax: String fee: String rest: String }`,
      resolvers: resolvers('old'),
    },
    new: {
      sdl: `${federation('@key', '@override')}
        type Sku @key(fields: "id") {
          id: ID!
          price: String @override(from: "old", label: "percent(50)")
          tax: String @override(from: "old", label: "new-tax")
          fee: String @override(from: "old", label: "new-fee")
          rest: String @override(from: "old", label: "percent(0)")
        }`,
      resolvers: { Sku: resolvers('new').Sku },
    },
  },
  questions: [
    {
      fact: 'for one operation',
      query,
      correlationId: 'c-1',
      data: { sku: { price: 'new', tax: 'new', fee: 'old', rest: 'old' } },
    },
    {
      fact: 'and not for another one',
      query,
      correlationId: 'c-3',
      data: { sku: { price: 'old', tax: 'new', fee: 'old', rest: 'old' } },
    },
  ],
};
