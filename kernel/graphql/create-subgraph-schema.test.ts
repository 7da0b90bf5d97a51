import { describe, expect, test } from '@jest/globals';
import { graphql } from 'graphql';
import { ANONYMOUS_SUBJECT } from '../model/identity.ts';
import type { Identity } from '../model/identity.ts';
import { createSubgraphSchema } from './create-subgraph-schema.ts';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@authenticated", "@requiresScopes"])
  scalar Quantity
  type Query {
    open: String
    account: Account
    report: Report @requiresScopes(scopes: [["a:read", "b:read"], ["all:read"]])
    echo(quantity: Quantity): Quantity
    node: Node
  }
  interface Node { id: ID!, secret: String @authenticated }
  type Item implements Node @key(fields: "id") { id: ID!, secret: String }
  type Account @key(fields: "id") @authenticated { id: ID!, name: String! }
  type Report { text: String }
`;

let referencesResolved = 0;
const ITEM = Object.freeze({ id: 'i', secret: 's' });
const schema = createSubgraphSchema(SDL, {
  Query: {
    open: () => 'open',
    account: () => ({ id: '1', name: 'n' }),
    report: () => ({ text: 't' }),
    echo: (_source: unknown, { quantity }: { quantity: string }) => quantity,
    node: () => ({ __typename: 'Item', ...ITEM }),
  },
  Item: {
    __resolveReference: ({ id }: { id: string }) => {
      if (id === 'bad') throw new Error('bad reference');
      return id === 'i' ? ITEM : null;
    },
  },
  Account: {
    __resolveReference: ({ id }: { id: string }) => {
      referencesResolved++;
      return { id, name: 'n' };
    },
  },
});

const ANONYMOUS: Identity = { subject: ANONYMOUS_SUBJECT, clientId: 'none', scopes: [], stores: [] };
const withScopes = (...scopes: string[]): Identity => ({ ...ANONYMOUS, subject: 'ann', scopes });

async function run(source: string, identity: Identity, variableValues = {}) {
  const contextValue = { identity, correlationId: 'c' };
  const result = await graphql({ schema, source, contextValue, variableValues });
  return {
    data: JSON.parse(JSON.stringify(result.data ?? null)) as unknown,
    errors: (result.errors ?? []).map((error) => ({
      path: error.path?.join('.'),
      code: (error.originalError as { code?: string } | undefined)?.code ?? error.extensions['code'],
    })),
  };
}

describe('scopes inside a subgraph', () => {
  test('a field that asks for nothing is answered to everybody', async () => {
    expect(await run('{ open }', ANONYMOUS)).toEqual({ data: { open: 'open' }, errors: [] });
  });

  test('a field whose type needs a token is refused alone', async () => {
    expect(await run('{ open account { name } }', ANONYMOUS)).toEqual({
      data: { open: 'open', account: null },
      errors: [{ path: 'account', code: 'UNAUTHENTICATED' }],
    });
    expect((await run('{ account { name } }', withScopes())).errors).toEqual([]);
  });

  test.each([
    [['a:read', 'b:read'], true],
    [['all:read'], true],
    [['a:read'], false],
    [['b:read', 'c:read'], false],
  ])('scopes %p are an OR of ANDs: allowed %p', async (scopes, isAllowed) => {
    const { data, errors } = await run('{ report { text } }', withScopes(...scopes));
    expect(data).toEqual({ report: isAllowed ? { text: 't' } : null });
    expect(errors).toEqual(isAllowed ? [] : [{ path: 'report', code: 'FORBIDDEN' }]);
  });

  test('what an interface asks for holds for its types', async () => {
    expect(await run('{ node { id secret } }', ANONYMOUS)).toEqual({
      data: { node: { id: 'i', secret: null } },
      errors: [{ path: 'node.secret', code: 'UNAUTHENTICATED' }],
    });
  });

  test('an entity that is refused is not looked up', async () => {
    const source = '{ _entities(representations: [{ __typename: "Account", id: "1" }]) { ... on Account { name } } }';
    referencesResolved = 0;
    expect((await run(source, ANONYMOUS)).errors).toEqual([{ path: '_entities.0', code: 'UNAUTHENTICATED' }]);
    expect(referencesResolved).toBe(0);
    expect((await run(source, withScopes())).data).toEqual({ _entities: [{ name: 'n' }] });
  });
});

describe('a subgraph schema', () => {
  test('resolves frozen entities, and fails a bad reference alone', async () => {
    const source = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Item { id } } }`;
    const r = ['i', 'bad', 'gone'].map((id) => ({ __typename: 'Item', id }));
    expect(await run(source, withScopes(), { r })).toEqual({
      data: { _entities: [{ id: 'i' }, null, null] },
      errors: [{ path: '_entities.1', code: undefined }],
    });
  });

  test('checks the scalars of the hub', async () => {
    const source = 'query ($q: Quantity) { echo(quantity: $q) }';
    expect(await run(source, ANONYMOUS, { q: '0.5' })).toEqual({ data: { echo: '0.5' }, errors: [] });
    expect((await run(source, ANONYMOUS, { q: 'x' })).errors).toEqual([{ path: undefined, code: 'INVALID_QUANTITY' }]);
  });

  test('refuses a resolver for a field that does not exist', () => {
    expect(() => createSubgraphSchema(SDL, { Query: { opne: () => 'x' } })).toThrow('Query.opne');
    expect(() => createSubgraphSchema(SDL, { Qery: {} })).toThrow('Qery');
  });
});
