import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

/** `Size` is only answered and so the union of its values; `Mode` is also an argument and so their intersection. */
export const enumsDifferBySubgraph: CompatibilityCase = {
  rule: 'an enum has all values where it is answered, and the common ones where it is also given',
  subgraphs: {
    a: {
      sdl: `${federation('@key', '@inaccessible')}
        type Query { sizes: [Size] modes: [Mode] pick(mode: Mode!): Mode }
        enum Size { SMALL MEDIUM }
        enum Mode { FAST SLOW @inaccessible }`,
      resolvers: {
        Query: {
          sizes: () => ['SMALL', 'MEDIUM'],
          modes: () => ['FAST', 'SLOW', null],
          pick: (_root: unknown, { mode }: { mode: string }) => mode,
        },
      },
    },
    b: {
      sdl: `${federation('@key')}
        type Query { more: [Size!]! mode(mode: Mode = FAST): Mode! }
        enum Size { MEDIUM LARGE }
        enum Mode { FAST }`,
      resolvers: {
        Query: { more: () => ['MEDIUM', 'LARGE'], mode: (_root: unknown, { mode }: { mode: string }) => mode },
        Mode: { FAST: 'FAST' },
      },
    },
  },
  questions: [
    {
      fact: 'each subgraph answers its own',
      query: '{ sizes more }',
      data: { sizes: ['SMALL', 'MEDIUM'], more: ['MEDIUM', 'LARGE'] },
    },
    {
      fact: 'values that not all know are not shown',
      query: '{ modes }',
      data: { modes: ['FAST', null, null] },
    },
    { fact: 'common ones go in and out', query: '{ pick(mode: FAST) mode }', data: { pick: 'FAST', mode: 'FAST' } },
    { fact: 'others are refused', query: '{ pick(mode: SLOW) }', errors: ['GRAPHQL_VALIDATION_FAILED'] },
    { fact: 'texts are no enum values', query: '{ pick(mode: "FAST") }', errors: ['GRAPHQL_VALIDATION_FAILED'] },
    {
      fact: 'a variable carries them as text',
      query: 'query ($m: Mode!) { pick(mode: $m) mode(mode: $m) }',
      variables: { m: 'FAST' },
      data: { pick: 'FAST', mode: 'FAST' },
    },
  ],
};
