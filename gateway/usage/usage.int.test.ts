import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { Refusal } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { ANONYMOUS } from '../auth/authenticator.ts';
import { createGateway } from '../main.ts';
import type { Gateway } from '../main.ts';
import type { UsageRow } from './usage-register.ts';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])
  type Query { item(id: ID, code: ID @deprecated(reason: "Use id.")): Item found(by: Filter): Item }
  type Item { id: ID! name: String title: String @deprecated(reason: "Use name.") }
  input Filter { color: Color size: Int @deprecated(reason: "Sizes are gone.") }
  enum Color { RED ROT @deprecated(reason: "Use RED.") }
`;

const CALLERS: Readonly<Record<string, Identity>> = {
  'Bearer operator': { subject: 'o', clientId: 'console', scopes: ['operations:read'], stores: '*' },
  'Bearer clerk': { subject: 'c', clientId: 'store-app', scopes: [], stores: '*' },
};

let gateway: Gateway;
let url: string;
let telemetry: RecordingTelemetry;
let clock: FakeClock;

beforeEach(async () => {
  const composed = composeServices([{ name: 'all', url: 'http://all.invalid', typeDefs: parse(SDL) }]);
  if (compositionHasErrors(composed)) throw new Error(composed.errors.join());
  [telemetry, clock] = [new RecordingTelemetry(), new FakeClock()];
  gateway = createGateway({
    supergraphSdl: composed.supergraphSdl,
    clients: [
      {
        name: 'all',
        prepare: () => () => ({ data: { item: { id: '1', name: 'n', title: 't' }, found: null } }),
        close: async () => undefined,
      },
    ],
    authenticator: {
      authenticate: async (authorization) => {
        const identity = authorization === undefined ? ANONYMOUS : CALLERS[authorization];
        if (identity) return identity;
        throw new Refusal('UNAUTHENTICATED', 'no');
      },
    },
    clock,
    ids: new SequentialIds(),
    telemetry,
  });
  url = await gateway.listen(0);
});
afterEach(() => gateway.close());

async function ask(query: string, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  expect(response.status).toBe(200);
}

async function report(search = ''): Promise<readonly UsageRow[]> {
  const response = await fetch(`${url}/usage${search}`, { headers: { authorization: 'Bearer operator' } });
  return ((await response.json()) as { usage: readonly UsageRow[] }).usage;
}

const shop = (version: string) => ({ 'apollographql-client-name': 'shop', 'apollographql-client-version': version });

describe('the use of the schema', () => {
  test('is counted by client and version, deprecated elements first', async () => {
    for (let n = 0; n < 3; n++) await ask('{ item(id: 1) { id title } }', shop('1.0'));
    await ask('query { a: item(id: 2) { ...F } } fragment F on Item { title }', shop('1.1'));
    await ask('{ item(id: 1) { name } }', { authorization: 'Bearer clerk' });
    const rows = await report();
    expect(rows.slice(0, 2)).toEqual([
      {
        coordinate: 'Item.title',
        deprecated: 'Use name.',
        client: 'shop',
        version: '1.0',
        requests: 3,
        lastUsedAt: expect.any(String),
      },
      {
        coordinate: 'Item.title',
        deprecated: 'Use name.',
        client: 'shop',
        version: '1.1',
        requests: 1,
        lastUsedAt: expect.any(String),
      },
    ]);
    expect(rows.find(({ coordinate }) => coordinate === 'Item.name')).toMatchObject({
      client: 'store-app',
      version: '',
    });
    const asked = rows.filter(({ coordinate }) => coordinate === 'Query.item').map(({ requests }) => requests);
    expect(asked).toEqual([3, 1, 1]);
  });

  test('is known of arguments, input fields and enum values as well', async () => {
    await ask('{ item(code: 1) { id } found(by: { color: ROT, size: 3 }) { id } }', shop('1.0'));
    const rows = await report('?deprecated=true');
    expect(rows.map(({ coordinate }) => coordinate)).toEqual(['Color.ROT', 'Filter.size', 'Query.item(code:)']);
  });

  test('of a deprecated element is a metric', async () => {
    await ask('{ item(id: 1) { title } }', shop('1.0'));
    clock.advance(5_000);
    await ask('{ item(id: 1) { title name } }', shop('1.0'));
    await report();
    const labels = { element: 'Item.title', client: 'shop', version: '1.0' };
    const counted = telemetry.counts.filter(({ name }) => name === 'deprecated_elements_used_total');
    expect(counted).toEqual([
      { name: 'deprecated_elements_used_total', value: 1, labels },
      { name: 'deprecated_elements_used_total', value: 1, labels },
    ]);
  });

  test('is told to those alone who may know it', async () => {
    expect((await fetch(`${url}/usage`)).status).toBe(401);
    expect((await fetch(`${url}/usage`, { headers: { authorization: 'Bearer clerk' } })).status).toBe(403);
  });

  test('of more clients than can be told apart is counted together', async () => {
    for (let n = 0; n < 205; n++) await ask('{ item(id: 1) { title } }', shop(`0.${n}`));
    const rows = await report('?deprecated=true');
    expect(rows).toHaveLength(201);
    expect(rows.find(({ client }) => client === 'other')).toMatchObject({ requests: 5 });
  });
});
