import { beforeEach, describe, expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { ANONYMOUS } from '../auth/authenticator.ts';
import { GraphqlEngine } from '../executor/graphql-engine.ts';
import type { OperationContext, RequestHeaders } from '../executor/operation-context.ts';
import { toResponseText } from '../executor/prepared-operation.ts';
import type { SubgraphClient, SubgraphOperation, Variables } from '../executor/subgraph-client.ts';
import { DEFAULT_OPERATION_LIMITS } from '../planner/operation-limits.ts';
import { CLERK } from '../testing/open-shop-gateway.ts';
import { openCaching } from './open-caching.ts';

const SDL = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@composeDirective", "@authenticated"])
    @link(url: "https://shop.example/cache/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int) on FIELD_DEFINITION
  type Query {
    first: String @cacheControl(maxAge: 60)
    second(of: Int = 1): String @cacheControl(maxAge: 60)
    brief: String @cacheControl(maxAge: 10)
    fresh: String
    guarded: String @cacheControl(maxAge: 60) @authenticated
  }
  type Mutation { change: String @cacheControl(maxAge: 60) }
`;
const supergraphSdl =
  composeServices([{ name: 'shop', url: 'http://shop.invalid', typeDefs: parse(SDL) }]).supergraphSdl ?? '';

let clock: FakeClock;
let engine: GraphqlEngine;
let clients: readonly SubgraphClient[];
/** Answers count how often the subgraph was asked. */
let asked: number;
let fails: boolean;

beforeEach(() => {
  [clock, asked, fails] = [new FakeClock(), 0, false];
  clients = [{ name: 'shop', propagatedHeaders: ['x-tenant'], prepare, close: async () => undefined }];
  const format = createErrorFormatter({ ids: new SequentialIds(), telemetry: silentTelemetry });
  const changeFeed = { publish: () => undefined, subscribe: () => () => undefined };
  const caching = openCaching({ bytesMax: 100_000, changeFeed, clock, telemetry: silentTelemetry, events: [] });
  engine = new GraphqlEngine({
    supergraphSdl,
    clients,
    caching,
    limits: DEFAULT_OPERATION_LIMITS,
    format,
    telemetry: silentTelemetry,
  });
});

function prepare({ text }: SubgraphOperation) {
  const names = [...text.matchAll(/\b(first|second|brief|fresh|guarded|change)\b/g)].map(([name]) => name);
  return (variables: Variables, { headers, identity }: OperationContext) => {
    asked++;
    const tenant = headers['x-tenant'];
    const subject = identity.subject === 'anonymous' ? undefined : identity.subject;
    const told = [
      asked,
      typeof tenant === 'string' ? tenant : undefined,
      subject,
      ...Object.values(variables).map(Number),
    ];
    const value = told.filter((part) => part !== undefined).join(' ');
    return {
      data: Object.fromEntries(names.map((name) => [name, value])),
      ...(fails && { errors: [{ message: 'broken' }] }),
    };
  };
}

interface Asking {
  readonly variables?: Variables;
  readonly headers?: RequestHeaders;
  readonly identity?: typeof CLERK;
}

async function ask(query: string, { variables, headers = {}, identity = ANONYMOUS }: Asking = {}): Promise<unknown> {
  const outcome = await engine.execute({ query, variables }, { identity, headers, correlationId: 'c' });
  return (JSON.parse(toResponseText(outcome)) as { readonly data?: unknown }).data;
}

describe('an answer that is kept', () => {
  test('answers the same operation, and one with other variables or conditions only where they mean the same', async () => {
    const query = 'query ($of: Int = 1, $also: Boolean = false) { second(of: $of) first @include(if: $also) }';
    expect(await ask(query)).toEqual({ second: '1 1' });
    expect(await ask(query, { variables: { of: 1, also: false } })).toEqual({ second: '1 1' });
    expect(await ask(query, { variables: { of: 2 } })).toEqual({ second: '2 2' });
    expect(await ask(query, { variables: { also: true } })).toEqual({ second: '3 1', first: '3 1' });
    expect(await ask(query)).toEqual({ second: '1 1' });
  });

  test('answers no operation of another supergraph', async () => {
    expect(await ask('{ first }')).toEqual({ first: '1' });
    engine.reload({ supergraphSdl, clients });
    expect(await ask('{ second }')).toEqual({ second: '2' });
    expect(await ask('{ first }')).toEqual({ first: '3' });
  });

  test('is kept no longer than what it was made of', async () => {
    await ask('{ first }');
    clock.advance(50_000);
    // Another operation, of the same fetch.
    expect(await ask('query Later { first }')).toEqual({ first: '1' });
    clock.advance(10_000);
    expect(await ask('query Later { first }')).toEqual({ first: '2' });
  });

  test('is kept as long as the briefest of its hints says', async () => {
    await ask('{ first brief }');
    clock.advance(9_999);
    expect(await ask('{ first brief }')).toEqual({ first: '1', brief: '1' });
    clock.advance(1);
    expect(await ask('{ first brief }')).toEqual({ first: '2', brief: '2' });
  });

  test('answers nobody whose request has a header that a subgraph gets', async () => {
    await ask('{ first }');
    expect(await ask('{ first }', { headers: { 'x-tenant': 'north' } })).toEqual({ first: '2 north' });
    expect(await ask('{ first }', { headers: { 'x-tenant': 'south' } })).toEqual({ first: '3 south' });
    expect(await ask('{ first }', { headers: { 'x-other': 'any' } })).toEqual({ first: '1' });
  });
});

test.each([
  ['a field without a hint', '{ first fresh }', CLERK],
  ['a field that needs a token', '{ guarded }', CLERK],
  ['a mutation', 'mutation { change }', CLERK],
])('%s is told to the caller, and never kept', async (_what, query, identity) => {
  const name = query.includes('fresh') ? 'fresh' : query.includes('guarded') ? 'guarded' : 'change';
  expect(await ask(query, { identity })).toMatchObject({ [name]: '1 clerk' });
  expect(await ask(query, { identity })).toMatchObject({ [name]: '2 clerk' });
});

test('what comes with an error is not kept', async () => {
  fails = true;
  await ask('{ first }');
  fails = false;
  // Asked in the name of nobody and then by the caller, both in vain.
  expect(await ask('{ first }')).toEqual({ first: '3' });
});
