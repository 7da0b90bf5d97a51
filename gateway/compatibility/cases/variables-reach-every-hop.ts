import { federation, toSortedText } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const echo = (_parent: unknown, args: object) => toSortedText(args);

export const variablesReachEveryHop: CompatibilityCase = {
  rule: 'variables, defaults and coercion are the same in the first subgraph and in the last',
  subgraphs: {
    a: {
      sdl: `${federation('@key')}
        type Query { thing: Thing echo(i: Int, f: Float = 1, b: Boolean, s: String = "d", l: [[Int!]]): String }
        type Thing @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { thing: () => ({ id: 't' }), echo } },
    },
    b: {
      sdl: `${federation('@key')}
        type Thing @key(fields: "id") { id: ID! echo(i: Int, f: Float = 1, b: Boolean, s: String = "d", l: [[Int!]], o: Box, flat: Flat): String must(i: Int!): String }
        input Box { i: Int = 3, deep: Box }
        input Flat { i: Int = 3, l: [Int], s: String = "f" }`,
      resolvers: { Thing: { __resolveReference: (ref: object) => ref, echo, must: echo } },
    },
  },
  questions: [
    {
      fact: 'given',
      query:
        'query ($i: Int, $f: Float, $b: Boolean, $l: [[Int!]]) { echo(i: $i, f: $f, b: $b, l: $l) thing { echo(i: $i, f: $f, b: $b, l: $l) } }',
      variables: { i: 1, f: 2, b: false, l: 3 },
      data: {
        echo: '{"b":false,"f":2,"i":1,"l":[[3]],"s":"d"}',
        thing: { echo: '{"b":false,"f":2,"i":1,"l":[[3]],"s":"d"}' },
      },
    },
    {
      fact: 'left out, null, or with a default of the operation',
      query:
        'query ($i: Int, $f: Float, $s: String = "op") { echo(i: $i, f: $f, s: $s) thing { echo(i: $i, f: $f, s: $s) } }',
      variables: { i: null },
      data: { echo: '{"f":1,"i":null,"s":"op"}', thing: { echo: '{"f":1,"i":null,"s":"op"}' } },
    },
    {
      fact: 'in objects and lists',
      query:
        'query ($i: Int, $n: Int!) { thing { a: echo(o: { i: $i, deep: { i: $n } }, l: [[$n], null]) b: must(i: $n) } }',
      variables: { n: 9 },
      data: { thing: { a: '{"f":1,"l":[[9],null],"o":{"deep":{"i":9},"i":3},"s":"d"}', b: '{"i":9}' } },
    },
    {
      fact: 'in objects, left out, null and in lists of them',
      query:
        'query ($i: Int, $n: Int, $l: [Int!]) { thing { a: echo(o: { i: $i, deep: { i: $n } }, l: [$l, [1]]) b: echo(o: { deep: { deep: { i: $i } } }) } }',
      variables: { n: null, l: [2] },
      data: {
        thing: {
          a: '{"f":1,"l":[[2],[1]],"o":{"deep":{"i":null},"i":3},"s":"d"}',
          b: '{"f":1,"o":{"deep":{"deep":{"i":3},"i":3},"i":3},"s":"d"}',
        },
      },
    },
    {
      fact: 'of a type that holds objects of itself',
      query: 'query ($o: Box) { thing { echo(o: $o) } }',
      variables: { o: { deep: { deep: {} } } },
      data: { thing: { echo: '{"f":1,"o":{"deep":{"deep":{"i":3},"i":3},"i":3},"s":"d"}' } },
    },
    {
      fact: 'in flat objects, given, left out and null',
      query:
        'query ($i: Int, $n: Int, $s: String) { thing { a: echo(flat: { i: $i, l: [$i, $n, 1] }) b: echo(flat: { i: $n, s: $s }) } }',
      variables: { n: null, s: 'x' },
      data: {
        thing: {
          a: '{"f":1,"flat":{"i":3,"l":[null,null,1],"s":"f"},"s":"d"}',
          b: '{"f":1,"flat":{"i":null,"s":"x"},"s":"d"}',
        },
      },
    },
    {
      fact: 'under several names at once',
      query: 'query ($i: Int!) { thing { x: echo(i: $i) echo(i: 2) y: echo(i: 3) } z: thing { echo(i: 4) } }',
      variables: { i: 1 },
      data: {
        thing: { x: '{"f":1,"i":1,"s":"d"}', echo: '{"f":1,"i":2,"s":"d"}', y: '{"f":1,"i":3,"s":"d"}' },
        z: { echo: '{"f":1,"i":4,"s":"d"}' },
      },
    },
    ...[
      ['a text for a number', { i: '1' }],
      ['a fraction for a whole number', { i: 1.5 }],
      ['a whole number that is too large', { i: 2 ** 31 }],
      ['nothing for what must be there', {}],
      ['null for what must be there', { i: null }],
      ['a list for one', { i: [1] }],
    ].map(([fact, variables]) => ({
      fact: `refuses ${fact as string}`,
      query: 'query ($i: Int!) { thing { must(i: $i) } }',
      variables: variables as Readonly<Record<string, unknown>>,
      errors: ['BAD_USER_INPUT'],
      requests: {},
    })),
  ],
};
