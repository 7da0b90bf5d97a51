import type { FetchNode, PlanNode } from '@graphql-hive/router-query-planner';
import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { readSupergraph } from '../planner/supergraph.ts';
import { CLERK } from '../testing/open-shop-gateway.ts';
import { compilePlan } from './compile-plan.ts';
import { FailureNotes } from './failure-notes.ts';
import type { JsonObject } from './merge-data.ts';
import { OperationContext } from './operation-context.ts';
import type { SubgraphClient } from './subgraph-client.ts';

const SDL = 'type Query { skus: [Sku] } type Sku { id: ID price: Int grams: Int }';

const root: FetchNode = { kind: 'Fetch', serviceName: 'catalog', operation: '{ skus { __typename id } }' };
const entities = (field: string): FetchNode => ({
  kind: 'Fetch',
  serviceName: field,
  operation: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Sku { ${field} } } }`,
  requires: [
    {
      kind: 'InlineFragment',
      typeCondition: 'Sku',
      selections: [
        { kind: 'Field', name: '__typename' },
        { kind: 'Field', name: 'id' },
      ],
    },
  ],
});
const skus = [{ Field: 'skus' }, '@' as const];

/** Nodes in every order that the planner's own types allow, whatever it makes today. */
describe('a plan', () => {
  test.each<[string, PlanNode]>([
    [
      'of flattened fetches',
      {
        kind: 'Sequence',
        nodes: [
          root,
          {
            kind: 'Parallel',
            nodes: [
              { kind: 'Flatten', path: skus, node: entities('price') },
              { kind: 'Flatten', path: skus, node: entities('grams') },
            ],
          },
        ],
      },
    ],
    [
      'that flattens a parallel node, step by step',
      {
        kind: 'Sequence',
        nodes: [
          root,
          {
            kind: 'Flatten',
            path: [{ Field: 'skus' }],
            node: {
              kind: 'Flatten',
              path: ['@'],
              node: { kind: 'Parallel', nodes: [entities('price'), { kind: 'Sequence', nodes: [entities('grams')] }] },
            },
          },
        ],
      },
    ],
    [
      'whose conditions are met',
      {
        kind: 'Sequence',
        nodes: [
          { kind: 'Condition', condition: 'yes', ifClause: root },
          {
            kind: 'Flatten',
            path: skus,
            node: { kind: 'Condition', condition: 'yes', ifClause: entities('price'), elseClause: entities('other') },
          },
          {
            kind: 'Condition',
            condition: 'no',
            ifClause: entities('other'),
            elseClause: { kind: 'Flatten', path: skus, node: entities('grams') },
          },
          { kind: 'Condition', condition: 'no', ifClause: { kind: 'Flatten', path: skus, node: entities('other') } },
          { kind: 'Condition', condition: 'absent', ifClause: root },
        ],
      },
    ],
  ])('%s gives the same data', async (_what, plan) => {
    const { data, asked } = await run(plan);
    expect(data).toEqual({ skus: [{ __typename: 'Sku', id: '1', price: 1, grams: 1 }] });
    expect(asked.sort()).toEqual(['catalog', 'grams', 'price']);
  });

  test('that defers is refused in words', async () => {
    await expect(run({ kind: 'Defer', primary: {}, deferred: [] })).rejects.toMatchObject({
      code: 'GRAPHQL_VALIDATION_FAILED',
      message: expect.stringContaining('@defer'),
    });
  });
});

async function run(plan: PlanNode): Promise<{ readonly data: JsonObject; readonly asked: string[] }> {
  const asked: string[] = [];
  const client = (name: string, answer: object): SubgraphClient => ({
    name,
    prepare: () => async () => {
      asked.push(name);
      return { data: structuredClone(answer) as JsonObject };
    },
    close: async () => undefined,
  });
  const clients = [
    client('catalog', { skus: [{ __typename: 'Sku', id: '1' }] }),
    ...['price', 'grams', 'other'].map((name) => client(name, { _entities: [{ [name]: 1 }] })),
  ];
  const step = compilePlan(plan, {
    clients: new Map(clients.map((one) => [one.name, one])),
    supergraph: readSupergraph(SDL, buildSchema(SDL)),
    report: () => undefined,
  });
  const data: JsonObject = {};
  const context = new OperationContext({ identity: CLERK, correlationId: 'c-1' });
  await step({ data, variables: { yes: true, no: false }, context, notes: new FailureNotes() });
  return { data, asked };
}
