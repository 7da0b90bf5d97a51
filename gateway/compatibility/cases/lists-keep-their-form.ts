import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

type Ref = Readonly<{ id: string; grid?: readonly (readonly { w: number }[] | null)[] }>;
const ref = (id: string) => ({ id });

export const listsKeepTheirForm: CompatibilityCase = {
  rule: 'lists of lists and nulls in lists keep their form across hops',
  subgraphs: {
    a: {
      sdl: `${federation('@key')}
        type Query { grid: [[Cell]] cube: [[[Cell!]!]!]! line: [Cell] none: [Cell!] empty: [Cell!]! rows: [Row] }
        type Cell @key(fields: "id") { id: ID! around: [[Cell]] }
        type Row @key(fields: "id") { id: ID! grid: [[Size]] }
        type Size { w: Int }`,
      resolvers: {
        Query: {
          grid: () => [[ref('1'), null], null, [], [ref('2'), ref('1')]],
          cube: () => [[[ref('1')], []], [[ref('2'), ref('3')]]],
          line: () => [null, ref('3'), null],
          none: () => null,
          empty: () => [],
          rows: () => [{ id: 'r', grid: [[{ w: 1 }, null], null] }, null],
        },
        Cell: { __resolveReference: (given: Ref) => given, around: ({ id }: Ref) => [[ref(`${id}a`)], [null]] },
      },
    },
    b: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Cell @key(fields: "id") { id: ID! value: Int must: Int! matrix: [[Int]] }
        type Row @key(fields: "id") { id: ID! grid: [[Size]] @external sum: String @requires(fields: "grid { w }") }
        type Size @external { w: Int }`,
      resolvers: {
        Cell: {
          __resolveReference: ({ id }: Ref) => (id === '3' ? null : { id, value: Number.parseInt(id, 10) * 10 }),
          must: ({ id }: Ref) => Number(id),
          matrix: () => [[1, null], null, []],
        },
        Row: { __resolveReference: (given: Ref) => given, sum: ({ grid }: Ref) => JSON.stringify(grid) },
      },
    },
  },
  questions: [
    {
      fact: 'of entities',
      query: '{ grid { id value } cube { value } line { value } none { value } empty { value } }',
      data: {
        grid: [
          [{ id: '1', value: 10 }, null],
          null,
          [],
          [
            { id: '2', value: 20 },
            { id: '1', value: 10 },
          ],
        ],
        cube: [[[{ value: 10 }], []], [[{ value: 20 }, { value: null }]]],
        line: [null, { value: null }, null],
        none: null,
        empty: [],
      },
    },
    {
      fact: 'within entities of lists',
      query: '{ grid { around { value } matrix } }',
      data: {
        grid: [
          [{ around: [[{ value: 10 }], [null]], matrix: [[1, null], null, []] }, null],
          null,
          [],
          [
            { around: [[{ value: 20 }], [null]], matrix: [[1, null], null, []] },
            { around: [[{ value: 10 }], [null]], matrix: [[1, null], null, []] },
          ],
        ],
      },
    },
    {
      fact: 'an item that may not be null takes its lists with it as far as it must',
      query: '{ line { must } cube { must } }',
      data: null,
      errors: ['line.1.must INTERNAL_SERVER_ERROR', 'cube.1.0.1.must INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'and no further',
      query: '{ line { id must } grid { must } }',
      data: { line: [null, null, null], grid: [[{ must: 1 }, null], null, [], [{ must: 2 }, { must: 1 }]] },
      errors: ['line.1.must INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'in what is required',
      query: '{ rows { sum } }',
      data: { rows: [{ sum: '[[{"w":1},null],null]' }, null] },
    },
  ],
};
