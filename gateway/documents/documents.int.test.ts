import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import type { GatewayOptions } from '../main.ts';
import { DEFAULT_OPERATION_LIMITS } from '../planner/operation-limits.ts';
import { createQueryPlanner } from '../planner/query-planner.ts';
import { openShopEdge } from '../testing/open-shop-edge.ts';
import type { ShopEdge } from '../testing/open-shop-edge.ts';
import { createShop } from '../testing/shop-subgraphs.ts';
import { publishPlans } from './publish-plans.ts';
import { readDocuments } from './read-documents.ts';
import { typicalCallers } from './typical-callers.ts';

const ME = 'query Me { me { id } }';
const PRODUCT = 'query P($id: ID!, $all: Boolean!) { product(id: $id) { title stock @include(if: $all) } }';
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const { operations } = readDocuments([
  { path: 'me.graphql', text: ME },
  { path: 'product.graphql', text: PRODUCT },
]);

let edge: ShopEdge | undefined;
let url: string;
beforeEach(() => {
  edge = undefined;
});
afterEach(() => edge?.gateway.close());

async function open(options: Partial<GatewayOptions>): Promise<void> {
  edge = await openShopEdge(options);
  url = `${edge.url}/graphql`;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

async function post(body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as Answer;
}

const codeOf = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code;
const persisted = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } } });

describe('where only registered operations are run', () => {
  const trustedDocuments = { operations, onlyRegistered: true };

  test('they are found by hash in each of its forms, by POST and by GET', async () => {
    await open({ trustedDocuments });
    const expected = { data: { me: { id: 'u1' } } };
    expect(await post(persisted(ME))).toEqual(expected);
    expect(await post({ documentId: hashOf(ME) })).toEqual(expected);
    expect(await post({ documentId: `sha256:${hashOf(ME)}` })).toEqual(expected);
    expect(await post({ query: ME })).toEqual(expected);
    const extensions = encodeURIComponent(JSON.stringify(persisted(ME).extensions));
    expect(await (await fetch(`${url}?extensions=${extensions}`)).json()).toEqual(expected);
    expect(await (await fetch(`${url}?documentId=${hashOf(ME)}`)).json()).toEqual(expected);
    const variables = { id: '1', all: true };
    expect(await post({ documentId: hashOf(PRODUCT), variables })).toEqual({
      data: { product: { title: 'One', stock: 10 } },
    });
  });

  test('others are refused, introspection and a request that would register one included', async () => {
    await open({ trustedDocuments });
    expect(codeOf(await post({ query: '{ me { id } }' }))).toBe('DOCUMENT_NOT_TRUSTED');
    expect(codeOf(await post({ query: '{ __schema { types { name } } }' }))).toBe('DOCUMENT_NOT_TRUSTED');
    expect(codeOf(await post({ query: '{ users { id } }', ...persisted('{ users { id } }') }))).toBe(
      'DOCUMENT_NOT_TRUSTED',
    );
    expect(codeOf(await post(persisted('{ users { id } }')))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(codeOf(await post({ documentId: 'x' }))).toBe('BAD_USER_INPUT');
  });
});

describe('automatic persisted queries', () => {
  test('follow the protocol of Apollo when they are on', async () => {
    await open({ trustedDocuments: { automatic: true } });
    const missed = await post(persisted(ME));
    expect([missed.errors?.[0]?.message, codeOf(missed)]).toEqual([
      'PersistedQueryNotFound',
      'PERSISTED_QUERY_NOT_FOUND',
    ]);
    expect(await post({ query: ME, ...persisted(ME) })).toEqual({ data: { me: { id: 'u1' } } });
    expect(await post(persisted(ME))).toEqual({ data: { me: { id: 'u1' } } });
  });

  test('are told not to be there when they are off', async () => {
    await open({});
    expect((await post(persisted(ME))).errors?.[0]?.message).toBe('PersistedQueryNotSupported');
  });
});

describe('plans that were made beforehand', () => {
  const { supergraphSdl } = createShop();
  const publish = () =>
    publishPlans(operations, {
      supergraphSdl,
      contracts: [],
      scalars: [],
      limits: DEFAULT_OPERATION_LIMITS,
      ids: new SequentialIds(),
      callers: typicalCallers(createQueryPlanner(supergraphSdl, []).supergraph.schema),
    });

  test('are plain JSON, and serve a gateway whose platform has no planner', async () => {
    const { shipped, faults } = publish();
    expect(faults).toEqual([]);
    const shippedPlans = [JSON.parse(JSON.stringify(shipped)) as typeof shipped];
    const loadNative = () => undefined;
    expect(() => createQueryPlanner(supergraphSdl, [], { loadNative })).toThrow('This platform has no query planner');
    await open({ shippedPlans, loadNative });
    expect(await post({ query: ME })).toEqual({ data: { me: { id: 'u1' } } });
    for (const all of [true, false]) {
      const { data } = await post({ query: PRODUCT, variables: { id: '1', all } });
      expect(data).toEqual({ product: { title: 'One', ...(all && { stock: 10 }) } });
    }
    expect(codeOf(await post({ query: '{ users { id name } }' }))).toBe('DOCUMENT_NOT_TRUSTED');
  });

  test('are not used for another supergraph', () => {
    const { shipped } = publish();
    const other = `${supergraphSdl}\n`;
    const options = { shippedPlans: [shipped], loadNative: () => undefined };
    expect(() => createQueryPlanner(other, [], options)).toThrow('no plans were shipped for this supergraph');
  });

  test('are refused for an operation that nobody may run', () => {
    const { operations: broken } = readDocuments([{ path: 'x.graphql', text: 'query X { nothing }' }]);
    const { faults } = publishPlans(broken, {
      supergraphSdl,
      contracts: [],
      scalars: [],
      limits: DEFAULT_OPERATION_LIMITS,
      ids: new SequentialIds(),
      callers: typicalCallers(createQueryPlanner(supergraphSdl, []).supergraph.schema),
    });
    expect(faults).toEqual([expect.stringMatching(/^X: Cannot query field "nothing"/)]);
  });
});

describe('a schema that is not told', () => {
  test('answers no introspection, suggests no names and serves no GraphiQL', async () => {
    await open({ introspection: false, graphiqlTabs: () => [{ query: ME }] });
    expect(codeOf(await post({ query: '{ __schema { types { name } } }' }))).toBe('INTROSPECTION_DISABLED');
    expect(codeOf(await post({ query: '{ ...F } fragment F on Query { __type(name: "Query") { name } }' }))).toBe(
      'INTROSPECTION_DISABLED',
    );
    expect(await post({ query: '{ __typename me { __typename id } }' })).toEqual({
      data: { __typename: 'Query', me: { __typename: 'User', id: 'u1' } },
    });
    const mistyped = await post({ query: '{ mee { id } }' });
    expect(mistyped.errors?.[0]?.message).toBe('Cannot query field "mee" on type "Query".');
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toContain('json');
  });
});
