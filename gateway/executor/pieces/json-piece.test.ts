import { describe, expect, test } from '@jest/globals';
import { buildSchema, Kind, parse } from 'graphql';
import { readSupergraph } from '../../planner/supergraph.ts';
import { mergeData } from '../merge-data.ts';
import type { JsonObject } from '../merge-data.ts';
import { SelectionPlan } from '../selection-plan.ts';
import { compileWriter } from '../write-answer.ts';
import { patternOf } from './answer-pattern.ts';
import { JsonPiece, valueAt } from './json-piece.ts';

const SDL = 'type Query { shirt: Shirt, other: Shirt } type Shirt { title: String size: Int }';
const schema = buildSchema(SDL);

function selectionOf(query: string): SelectionPlan {
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The test needs an operation.');
  return new SelectionPlan(schema.getQueryType()!, [operation.selectionSet], {
    schema,
    supergraph: readSupergraph(SDL, schema),
    sourceKeys: new Map(),
    refusalOf: () => undefined,
    dependsOnTypes: false,
  });
}

/** The pattern of the query's first field. */
function patternIn(query: string): string {
  const [field] = selectionOf(query).fieldsOf(schema.getQueryType()!);
  return (field && patternOf(field)) ?? 'none';
}

describe('a piece', () => {
  const whole = '{ shirt { title size } }';
  const piece = new JsonPiece('{"title":"a","size":1}', patternIn(whole));

  test('is taken over where just that was selected', () => {
    expect(compileWriter(selectionOf(whole))({ shirt: piece })).toBe('{"shirt":{"title":"a","size":1}}');
  });

  test.each([
    ['{ shirt { size } }', '{"shirt":{"size":1}}'],
    ['{ shirt { size title } }', '{"shirt":{"size":1,"title":"a"}}'],
    ['{ shirt { name: title } }', ''],
  ])('is read where something else was selected, which alone is told: %s', (query, answer) => {
    expect(compileWriter(selectionOf(query))({ shirt: piece })).toBe(answer);
  });

  test('cannot be forged by a subgraph', () => {
    const forged = { text: '{"secret":1}', pattern: piece.pattern };
    expect(compileWriter(selectionOf(whole))({ shirt: forged })).toBe('');
  });

  test('becomes a value for whoever looks inside, and stays one', () => {
    const data: JsonObject = { shirt: piece };
    expect(valueAt(data, 'shirt')).toEqual({ title: 'a', size: 1 });
    expect(data['shirt']).toBe(valueAt(data, 'shirt'));
    expect(JSON.stringify({ piece })).toBe('{"piece":{"title":"a","size":1}}');
  });

  test.each<[JsonObject, JsonObject, JsonObject]>([
    [{ a: new JsonPiece('{"b":1}', '') }, { a: { c: 2 } }, { a: { b: 1, c: 2 } }],
    [{ a: { b: 1 } }, { a: new JsonPiece('{"c":2}', '') }, { a: { b: 1, c: 2 } }],
    [{ a: new JsonPiece('{"b":1}', '') }, { a: new JsonPiece('{"c":2}', '') }, { a: { b: 1, c: 2 } }],
    [{ a: new JsonPiece('[{"b":1}]', '') }, { a: [{ c: 2 }] }, { a: [{ b: 1, c: 2 }] }],
    [{ a: new JsonPiece('1', '') }, { a: 2 }, { a: 2 }],
    [{ a: new JsonPiece('1', '') }, { a: null }, { a: 1 }],
    [{ a: null }, { a: new JsonPiece('1', '') }, { a: 1 }],
  ])('is merged as the value that it is: %j and %j', (target, source, merged) => {
    mergeData(target, source);
    expect(JSON.parse(JSON.stringify(target))).toEqual(merged);
  });
});
