import { describe, expect, test } from '@jest/globals';
import { buildSchema, Kind, parse } from 'graphql';
import { readSupergraph } from '../../planner/supergraph.ts';
import { SelectionPlan } from '../selection-plan.ts';
import type { ReadReply } from '../subgraph-client.ts';
import { JsonPiece } from './json-piece.ts';
import { PieceReaders } from './piece-readers.ts';

const SDL = `
  type Query { shirt: Shirt, shirts: [Shirt!]! }
  type Shirt { id: ID! title: String size: Int! weight: Float isNew: Boolean color: Color any: Any prices: [Price!]! tags: [[String]] }
  type Price { amount: Int! }
  enum Color { RED GREEN }
  scalar Any`;
const schema = buildSchema(SDL);

/** What of a reply to a query is read: pieces as `<text>`. */
function readerOf(query: string): (text: string) => unknown {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The test needs an operation.');
  const selection = new SelectionPlan(schema.getQueryType()!, [operation.selectionSet], {
    schema,
    supergraph: readSupergraph(SDL, schema),
    sourceKeys: new Map(),
    refusalOf: () => undefined,
    dependsOnTypes: false,
  });
  const plan = { kind: 'Fetch', serviceName: 's', operation: query } as const;
  const read = new PieceReaders(selection, plan).rootReader(document);
  return (text) => shown(readWarm(read, text));
}

function readWarm(read: ReadReply, text: string): unknown {
  for (let n = 0; n < 8; n++) read(text);
  return read(text);
}

function shown(value: unknown): unknown {
  if (value instanceof JsonPiece) return `<${value.text}>`;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shown);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
}

const LEAVES = '{ shirt { title size weight isNew color any tags } }';
const leaves = (shirt: object): string =>
  JSON.stringify({
    data: { shirt: { title: 'a', size: 1, weight: 1.5, isNew: true, color: 'RED', any: 'x', tags: [], ...shirt } },
  });

describe('a reply', () => {
  test.each([
    {},
    { title: 'a "quoted" \\ line\n\u2028 é 😀' },
    { title: null, weight: null, isNew: null, color: null, any: null, tags: null },
    { size: 0 },
    { size: -999_999_999 },
    { tags: [['a', null], null, []] },
    { any: false },
  ])('is taken over as text where each value is of its type: %j', (shirt) => {
    const text = leaves(shirt);
    expect(readerOf(LEAVES)(text)).toEqual({ shirt: `<${JSON.stringify(JSON.parse(text).data.shirt)}>` });
  });

  test.each([
    { title: 1 },
    { size: null },
    { size: 1.5 },
    { size: '1' },
    { size: 2 ** 31 },
    { weight: 'x' },
    { weight: 1e300 },
    { isNew: 1 },
    { color: 3 },
    { any: { deep: [] } },
    { tags: ['a'] },
    { tags: {} },
  ])('is left to others where a value is not, or may not be: %j', (shirt) => {
    expect(readerOf(LEAVES)(leaves(shirt))).toBeUndefined();
  });

  test.each([
    ['white space', '{"data": {"shirt":null}}'],
    ['errors', '{"data":{"shirt":null},"errors":[]}'],
    ['another order', '{"data":{"shirt":{"size":1,"title":"a"}}}'],
    ['more than was asked for', '{"data":{"shirt":{"title":"a","size":1,"id":"1"}}}'],
    ['less', '{"data":{"shirt":{"title":"a"}}}'],
    ['no data', '{"data":null}'],
    ['something behind', '{"data":{"shirt":null}}}'],
    ['an open end', '{"data":{"shirt":{"title":"a'],
    ['a raw line break', '{"data":{"shirt":{"title":"a\n","size":1}}}'],
    ['a number with a leading zero', '{"data":{"shirt":{"title":"a","size":01}}}'],
    ['a comma too many', '{"data":{"shirt":{"title":"a","size":1,}}}'],
  ])('is left to others with %s', (_what, text) => {
    expect(readerOf('{ shirt { title size } }')(text)).toBeUndefined();
  });

  test('may end with a line break', () => {
    expect(readerOf('{ shirt { size } }')('{"data":{"shirt":{"size":1}}}\n')).toEqual({ shirt: '<{"size":1}>' });
  });

  test('keeps null apart, because the data of a plan is asked for it', () => {
    expect(readerOf('{ shirt { size } }')('{"data":{"shirt":null}}')).toEqual({ shirt: null });
  });

  test.each([
    ['a trailing comma', '[{"amount":1},]'],
    ['no comma', '[{"amount":1}{"amount":2}]'],
    ['a leading comma', '[,{"amount":1}]'],
    ['a null', '[null]'],
    ['no end', '[{"amount":1}'],
  ])('is left to others with %s in a list', (_what, prices) => {
    const read = readerOf('{ shirt { prices { amount } } }');
    expect(read('{"data":{"shirt":{"prices":[{"amount":1},{"amount":2}]}}}')).toBeDefined();
    expect(read(`{"data":{"shirt":{"prices":${prices}}}}`)).toBeUndefined();
  });

  test('of any length or depth is read or left to others, and never thrown over', () => {
    const read = readerOf('{ shirts { prices { amount } } }');
    const shirts = (count: number): string =>
      `{"data":{"shirts":[${Array.from({ length: count }, () => '{"prices":[{"amount":1}]}').join()}]}}`;
    expect(read(shirts(3))).toBeDefined();
    for (const text of [shirts(300_000), shirts(300_000).slice(0, -1), `{"data":{"shirts":${'['.repeat(1e6)}`]) {
      expect(() => read(text)).not.toThrow();
    }
  });
});
