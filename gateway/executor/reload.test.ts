import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { OperationTypeNode } from 'graphql';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { DEFAULT_OPERATION_LIMITS } from '../planner/operation-limits.ts';
import { SupergraphRefused } from '../planner/supergraph-refused.ts';
import { CLERK } from '../testing/open-shop-gateway.ts';
import { GraphqlEngine } from './graphql-engine.ts';
import type { SubgraphClient, SubgraphResult } from './subgraph-client.ts';

const SPECS = `
  schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
  directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
  directive @join__graph(name: String!, url: String!) on ENUM_VALUE
  directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
  directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
  scalar join__FieldSet scalar link__Import enum link__Purpose { SECURITY EXECUTION }`;
const supergraphWith = (field: string): string =>
  `${SPECS} enum join__Graph { SHOP @join__graph(name: "shop", url: "http://shop") } type Query @join__type(graph: SHOP) { ${field} }`;

let closed: string[];
let release: (result: SubgraphResult) => void;

/** Answers when told to. */
function waitingClient(label: string): SubgraphClient {
  return {
    name: 'shop',
    prepare: () => () => new Promise((resolve) => (release = resolve)),
    close: async () => void closed.push(label),
  };
}

let engine: GraphqlEngine;
let former: SubgraphClient;
beforeEach(() => {
  closed = [];
  former = waitingClient('former');
  const [ids, telemetry] = [new SequentialIds(), new RecordingTelemetry()];
  engine = new GraphqlEngine({
    supergraphSdl: supergraphWith('name: String'),
    clients: [former],
    limits: DEFAULT_OPERATION_LIMITS,
    format: createErrorFormatter({ ids, telemetry }),
    telemetry,
  });
});
afterEach(() => engine.close());

const ask = (query: string) => engine.execute({ query }, { identity: CLERK, correlationId: 'c' });

describe('another supergraph', () => {
  test('answers the next operation, while one that has begun ends as it began', async () => {
    const begun = ask('{ name }');
    const releaseBegun = release;
    engine.reload({ supergraphSdl: supergraphWith('title: String'), clients: [waitingClient('next')] });
    const next = ask('{ title }');
    release({ data: { title: 'new' } });
    expect(await next).toMatchObject({ dataText: '{"title":"new"}' });
    expect((await ask('{ name }')).errors[0]?.message).toMatch(/Cannot query field "name"/);
    releaseBegun({ data: { name: 'old' } });
    expect(await begun).toMatchObject({ dataText: '{"name":"old"}' });
  });

  test('keeps a client that it names as well, and closes one that it does not', () => {
    engine.reload({ supergraphSdl: supergraphWith('title: String'), clients: [former] });
    expect(closed).toEqual([]);
    engine.reload({ supergraphSdl: supergraphWith('title: String'), clients: [waitingClient('next')] });
    expect(closed).toEqual(['former']);
  });

  test.each(['type Query { name: String }', 'no schema at all {', ''])(
    'is refused when it is none, and the former goes on: %j',
    async (supergraphSdl) => {
      expect(() => engine.reload({ supergraphSdl, clients: [] })).toThrow(SupergraphRefused);
      expect(closed).toEqual([]);
      const answer = ask('{ name }');
      release({ data: { name: 'still here' } });
      expect(await answer).toMatchObject({ dataText: '{"name":"still here"}' });
    },
  );

  test('an operation is checked against the schema that it was prepared for', () => {
    const prepared = engine.prepare({ query: '{ name }' }, CLERK);
    engine.reload({ supergraphSdl: supergraphWith('title: String'), clients: [former] });
    expect(engine.coerceVariables(prepared, {})).toEqual({});
    expect(prepared.schema.getRootType(OperationTypeNode.QUERY)?.getFields()).toHaveProperty('name');
  });
});
