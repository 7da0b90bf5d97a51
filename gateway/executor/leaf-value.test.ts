import { describe, expect, test } from '@jest/globals';
import { buildSchema, GraphQLError, parse, validate } from 'graphql';
import type { GraphQLLeafType, OperationDefinitionNode } from 'graphql';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { readSupergraph } from '../planner/supergraph.ts';
import { coerceVariables } from './coerce-variables.ts';
import { FailureNotes } from './failure-notes.ts';
import { checkLeaf } from './leaf-value.ts';
import { projectAnswer } from './project-answer.ts';
import { SelectionPlan } from './selection-plan.ts';
import { compileWriter } from './write-answer.ts';

const SDL =
  'type Query { int(v: Int): Int float(v: Float): Float id(v: ID): ID string(v: String): String boolean(v: Boolean): Boolean }';
const schema = buildSchema(SDL);
const query = schema.getQueryType()!;

/** What of an answer reaches clients on the quick way; undefined where it leaves the value to the careful one. */
function written(field: string, value: unknown): unknown {
  const text = compileWriter(planOf(field))({ [field]: value });
  return text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>)[field];
}

function planOf(field: string): SelectionPlan {
  const [operation] = parse(`{ ${field} }`).definitions;
  return new SelectionPlan(query, [(operation as OperationDefinitionNode).selectionSet], {
    schema,
    supergraph: readSupergraph(SDL, schema),
    sourceKeys: new Map(),
    refusalOf: () => undefined,
    dependsOnTypes: false,
  });
}

const NOTHING = undefined;

/** Source: https://spec.graphql.org/October2021/#sec-Scalars (3.5.1 to 3.5.5, "Result Coercion") */
describe('a value of a subgraph', () => {
  test.each<[string, unknown, unknown]>([
    ['int', 0, 0],
    ['int', -5, -5],
    ['int', 2_147_483_647, 2_147_483_647],
    ['int', -2_147_483_648, -2_147_483_648],
    ['int', 2_147_483_648, NOTHING],
    ['int', -2_147_483_649, NOTHING],
    ['int', 2 ** 53, NOTHING],
    ['int', 1.5, NOTHING],
    ['int', '1', NOTHING],
    ['int', true, NOTHING],
    ['float', 1.5, 1.5],
    ['float', 1e300, 1e300],
    ['float', 1, 1],
    ['float', Infinity, NOTHING],
    ['float', Number.NaN, NOTHING],
    ['float', '1.5', NOTHING],
    ['id', 'a', 'a'],
    ['id', 7, '7'],
    ['id', 2 ** 53, NOTHING],
    ['id', 1.5, NOTHING],
    ['id', true, NOTHING],
    ['string', '', ''],
    ['string', 1, NOTHING],
    ['string', {}, NOTHING],
    ['boolean', false, false],
    ['boolean', 0, NOTHING],
    ['boolean', 'true', NOTHING],
  ])('of type %s that is %j is told as %j, on both ways of writing', (field, value, told) => {
    const type = query.getFields()[field]?.type as GraphQLLeafType;
    expect(checkLeaf(type, value, undefined)).toEqual(told);
    expect(written(field, value)).toEqual(told);
    const { data, errors } = projectAnswer(planOf(field), { [field]: value }, projection);
    expect({ ...data }).toEqual({ [field]: told ?? null });
    expect(errors).toHaveLength(told === undefined ? 1 : 0);
  });
});

const projection = {
  notes: new FailureNotes(),
  errorsMax: 10,
  isSerial: false,
  blame: () =>
    createErrorFormatter({ ids: new SequentialIds(), telemetry: silentTelemetry })(new GraphQLError('wrong type')),
};

/** Source: the same, "Input Coercion" */
describe('an argument', () => {
  test.each<[string, unknown, unknown]>([
    ['int', 2_147_483_647, 2_147_483_647],
    ['int', 2_147_483_648, NOTHING],
    ['int', -2_147_483_649, NOTHING],
    ['int', 1.5, NOTHING],
    ['int', '1', NOTHING],
    ['int', true, NOTHING],
    ['float', 1, 1],
    ['float', 1.5, 1.5],
    ['float', '1.5', NOTHING],
    ['id', 'a', 'a'],
    ['id', 7, '7'],
    ['id', 1.5, NOTHING],
    ['id', true, NOTHING],
    ['string', 'a', 'a'],
    ['string', 1, NOTHING],
    ['boolean', true, true],
    ['boolean', 1, NOTHING],
    ['boolean', 'true', NOTHING],
  ])('of type %s that is given %j is %j, as a variable and in the document', (field, value, taken) => {
    const type = String(query.getFields()[field]?.type);
    const document = parse(`query ($v: ${type}) { ${field}(v: $v) }`);
    const coerce = () => coerceVariables(schema, document.definitions[0] as OperationDefinitionNode, { v: value });
    if (taken === NOTHING) expect(coerce).toThrow();
    else expect(coerce()).toEqual({ v: taken });
    const literal = parse(`{ ${field}(v: ${JSON.stringify(value)}) }`);
    expect(validate(schema, literal)).toHaveLength(taken === NOTHING ? 1 : 0);
  });
});
