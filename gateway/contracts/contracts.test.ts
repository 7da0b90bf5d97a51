import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { buildClientSchema, getIntrospectionQuery, parse, printSchema } from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { GraphqlEngine } from '../executor/graphql-engine.ts';
import { toResponseText } from '../executor/prepared-operation.ts';
import type { SubgraphClient } from '../executor/subgraph-client.ts';
import { DEFAULT_OPERATION_LIMITS } from '../planner/operation-limits.ts';
import type { Contract } from './contract.ts';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@tag", "@inaccessible"])
  type Query {
    items(sort: Sort = COST, only: Filter, limit: Int): [Item!]!
    item(id: ID!): Item
    found: [Found!]!
    supplierOf(id: ID!): Supplier
    report(by: Secret!): String
    plain: String @tag(name: "partner")
  }
  type Mutation { setCost(id: ID!, unitCost: Int!): Item @tag(name: "internal") }
  enum Sort { NAME COST @tag(name: "internal") }
  input Filter { name: String, unitCostBelow: Int @tag(name: "internal") }
  input Secret @tag(name: "internal") { code: String }
  interface Named { name: String, rank: Int }
  "Compare it with unitCost."
  type Item implements Named @key(fields: "id") {
    id: ID!
    name: String @tag(name: "partner")
    rank: Int @tag(name: "internal")
    oldCost: Int @deprecated(reason: "Use unitCost.")
    unitCost: Int @tag(name: "internal")
    supplier: Supplier
  }
  type Supplier implements Named @tag(name: "internal") { name: String, rank: Int, terms: Terms }
  type Terms { days: Int }
  union Found = Item | Supplier
`;

const CONTRACTS: readonly Contract[] = [
  { name: 'partner', exclude: ['internal'], forScopes: ['partner'] },
  { name: 'listing', include: ['partner'], forScopes: ['listing'] },
];

const identityOf = (scope: string, contract?: string): Identity => ({
  subject: scope,
  clientId: scope,
  scopes: [scope],
  stores: [],
  ...(contract !== undefined && { contract }),
});
const [STAFF, PARTNER, LISTING] = [identityOf('staff'), identityOf('partner'), identityOf('listing')];

const ITEM = { __typename: 'Item', id: '1', name: 'Lamp', rank: 1, unitCost: 7, oldCost: 6 };
let engine: GraphqlEngine;
let failure: Error | undefined;

function open(contracts: readonly Contract[] = CONTRACTS): GraphqlEngine {
  const composed = composeServices([{ name: 'all', url: 'http://all.invalid', typeDefs: parse(SDL) }]);
  if (compositionHasErrors(composed)) throw new Error(composed.errors.join());
  const client: SubgraphClient = {
    name: 'all',
    prepare: () => async () => {
      if (failure) throw failure;
      return { data: { items: [{ ...ITEM }], item: { ...ITEM }, plain: 'p', found: [{ ...ITEM }] } };
    },
    close: async () => undefined,
  };
  const telemetry = new RecordingTelemetry();
  return new GraphqlEngine({
    supergraphSdl: composed.supergraphSdl,
    clients: [client],
    contracts,
    limits: DEFAULT_OPERATION_LIMITS,
    format: createErrorFormatter({ ids: new SequentialIds(), telemetry }),
    telemetry,
  });
}

beforeEach(() => {
  failure = undefined;
  engine = open();
});
afterEach(() => engine.close());

async function ask(identity: Identity, query: string, variables = {}): Promise<string> {
  return toResponseText(await engine.execute({ query, variables }, { identity, correlationId: 'c' }));
}

async function schemaFor(identity: Identity): Promise<string> {
  const { data } = JSON.parse(await ask(identity, getIntrospectionQuery())) as { data: IntrospectionQuery };
  return printSchema(buildClientSchema(data));
}

/** Every name that the contract `partner` leaves out. */
const HIDDEN = /cost|supplier|rank|secret|terms|report|internal/i;

describe('a contract', () => {
  test('leaves what is tagged out of introspection, with all that cannot be without it', async () => {
    const shown = await schemaFor(PARTNER);
    expect(shown.replaceAll('oldCost', '')).not.toMatch(HIDDEN);
    expect(shown).toContain('items(sort: Sort, only: Filter, limit: Int): [Item!]!');
    expect(shown).toContain('union Found = Item');
    expect(shown).toContain('oldCost: Int @deprecated');
    expect(shown).not.toContain('type Mutation');
    expect(await schemaFor(STAFF)).toMatch(/unitCost[^]*supplier/);
  });

  test('that includes tags shows nothing without one of them', async () => {
    expect((await schemaFor(LISTING)).replaceAll(/\s+/g, ' ')).toBe('type Query { plain: String }');
  });

  test.each([
    ['a field', '{ items { unitCost } }'],
    ['a type', '{ found { ... on Supplier { name } } }'],
    ['a field of an interface', '{ items { ... on Named { rank } } }'],
    ['an argument value', '{ items(sort: COST) { id } }'],
    ['an input field', '{ items(only: { unitCostBelow: 3 }) { id } }'],
    ['a field with a hidden argument', '{ report(by: { code: "" }) }'],
    ['a mutation', 'mutation { setCost(id: 1, unitCost: 2) { id } }'],
  ])('refuses %s as if it did not exist', async (_what, query) => {
    const answer = await ask(PARTNER, query);
    expect(answer).toContain('GRAPHQL_VALIDATION_FAILED');
    // What the client itself wrote is repeated; nothing else may be told.
    expect(answer).not.toMatch(/Did you mean[^?]*(unitCost|supplier|rank|COST|secret|report)/);
  });

  test.each([
    '{ items { unitCos } }',
    '{ supplierO(id: 1) { name } }',
    '{ items(sort: COS) { id } }',
    '{ items(only: { unitCostBelo: 1 }) { id } }',
  ])('suggests nothing that it hides: %s', async (query) => {
    expect(await ask(PARTNER, query)).not.toMatch(/unitCost\b|supplierOf|COST\b|unitCostBelow/);
    expect(await ask(STAFF, query)).toMatch(/did you mean/i);
  });

  test('refuses a variable with a value that it hides, and names no other', async () => {
    const answer = await ask(PARTNER, 'query ($by: Sort!) { items(sort: $by) { id } }', { by: 'COST_' });
    expect(answer).toContain('BAD_USER_INPUT');
    expect(answer.replaceAll('COST_', '')).not.toMatch(HIDDEN);
  });

  test('still answers what it shows', async () => {
    expect(await ask(PARTNER, '{ item(id: 1) { id name } }')).toBe('{"data":{"item":{"id":"1","name":"Lamp"}}}');
  });

  test('keeps errors of subgraphs from naming what it hides', async () => {
    failure = new Refusal('BAD_USER_INPUT', 'Item.unitCost is above the terms of "rank".', { supplierOf: 1 });
    const answer = await ask(PARTNER, '{ item(id: 1) { id } }');
    expect(answer).toContain('BAD_USER_INPUT');
    expect(answer).not.toMatch(HIDDEN);
    expect(await ask(STAFF, '{ item(id: 1) { id } }')).toContain('unitCost');
  });

  test('leaves errors alone that name nothing hidden', async () => {
    failure = new Refusal('BAD_USER_INPUT', 'The rank of items is unknown, says Item.name.', { field: 'name' });
    expect(await ask(PARTNER, '{ item(id: 1) { id } }')).toContain('The rank of items is unknown, says Item.name.');
  });
});

describe('the contracts of a caller', () => {
  test('a token may narrow what its role sees, and not widen it', async () => {
    const narrowed = { ...PARTNER, contract: 'listing' };
    expect(await ask(narrowed, '{ plain }')).toBe('{"data":{"plain":"p"}}');
    expect(await ask(narrowed, '{ item(id: 1) { id } }')).toContain('GRAPHQL_VALIDATION_FAILED');
    const widened = { ...LISTING, contract: 'partner' };
    expect(await ask(widened, '{ item(id: 1) { id } }')).toContain('GRAPHQL_VALIDATION_FAILED');
  });

  test('a contract that does not exist shows nothing', async () => {
    expect(await ask({ ...STAFF, contract: 'other' }, '{ plain }')).toContain('FORBIDDEN');
  });

  test('one that leaves no schema is refused at once', () => {
    expect(() => open([{ name: 'empty', include: ['nothing'] }])).toThrow('The contract empty leaves no valid schema');
  });
});
