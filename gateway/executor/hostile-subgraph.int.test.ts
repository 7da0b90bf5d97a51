import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { HttpSubgraphClient } from '../clients/http-subgraph-client.ts';
import { openShopInProcess } from '../testing/open-shop-gateway.ts';
import type { ShopGateway } from '../testing/open-shop-gateway.ts';

type Reply = (response: ServerResponse) => void;

const QUERY = '{ a: products(ids: ["1", "2"]) { title n: softStock } s: stockOf(id: 1) { onHand } me { mail } }';
const REST = { me: { mail: 'ann@example.org' } };
const TITLES = [{ title: 'One' }, { title: 'Two "quoted"' }];
const TIMEOUT_MS = 200;

const json = (body: unknown, status = 200): Reply => raw(JSON.stringify(body), { status });
function raw(text: string, { status = 200, type = 'application/json' } = {}): Reply {
  return (response) => response.writeHead(status, { 'content-type': type }).end(text);
}

const serviceOf = (extensions: object | undefined): unknown => new Map(Object.entries(extensions ?? {})).get('service');

/** `stock` is asked for a field of the root and for entities; everything else of the answer has to stay. */
describe('a subgraph over HTTP that answers', () => {
  let server: Server;
  let shop: ShopGateway;
  let reply: Reply;

  beforeEach(async () => {
    server = createServer((request, response) => {
      request.resume();
      request.once('end', () => reply(response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const limits = { timeoutMs: TIMEOUT_MS, responseBytesMax: 1_000, queryAttemptsMax: 1 };
    shop = await openShopInProcess({
      replace: ({ name }) =>
        name === 'stock' ? new HttpSubgraphClient({ name, url, limits, clock: new FakeClock() }) : undefined,
    });
  });

  afterEach(async () => {
    server.closeAllConnections();
    await shop.close();
    await new Promise((resolve) => server.close(resolve));
  });

  test.each<[string, Reply]>([
    ['HTML', raw('<html>', { type: 'text/html' })],
    ['JSON that is cut off', raw('{"data":{"stockOf":')],
    ['no body', raw('')],
    ['another content type', raw('{"data":{}}', { type: 'application/octet-stream' })],
    ['a body beyond the limit', json({ data: { stockOf: 'x'.repeat(2_000) } })],
    [
      'a body that ends early',
      (response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': 500 })
          .write('{"data"', () => response.destroy()),
    ],
    ['never', () => undefined],
    [
      'never to its end',
      (response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"data"'),
    ],
    ['with a reset', (response) => response.socket?.resetAndDestroy()],
    ['null', json(null)],
    ['a list', json([{ data: {} }])],
    ['data that is a text', json({ data: 'x' })],
    ['neither data nor errors', json({ data: null })],
    ['errors that are no list', json({ data: null, errors: 'x' })],
    ['a status of a proxy', raw('{"message":"no upstream"}', { status: 503 })],
  ])('%s: its fields are null, with code, subgraph and the paths of the client', async (_what, answer) => {
    reply = answer;
    const { data, errors } = await shop.ask(QUERY);
    expect(data).toEqual({ a: TITLES.map((one) => ({ ...one, n: null })), s: null, ...REST });
    expect((errors ?? []).map(({ path, extensions }) => [path, extensions?.['code'], serviceOf(extensions)])).toEqual([
      [['a', 0, 'n'], 'SUBGRAPH_UNAVAILABLE', 'stock'],
      [['a', 1, 'n'], 'SUBGRAPH_UNAVAILABLE', 'stock'],
      [['s'], 'SUBGRAPH_UNAVAILABLE', 'stock'],
    ]);
  });

  test.each<[string, Reply]>([
    ['fewer entities than it was asked for', json({ data: { _entities: [{ softStock: 1 }], stockOf: null } })],
    ['more entities', json({ data: { _entities: [{ softStock: 1 }, { softStock: 2 }, null], stockOf: null } })],
    ['no list of entities', json({ data: { _entities: { 0: { softStock: 1 } }, stockOf: null } })],
    ['entities that are no objects', json({ data: { _entities: [1, { softStock: 1 }], stockOf: null } })],
  ])('%s: none of them is believed', async (_what, answer) => {
    reply = answer;
    const { data, errors } = await shop.ask('{ a: products(ids: ["1", "2"]) { title n: softStock } }');
    expect(data).toEqual({ a: TITLES.map((one) => ({ ...one, n: null })) });
    expect((errors ?? []).map(({ path }) => path)).toEqual([
      ['a', 0, 'n'],
      ['a', 1, 'n'],
    ]);
  });

  test('GraphQL with status 500: its words, code and details, and nothing else of it', async () => {
    // What a server tells in development.
    const extensions = {
      code: 'OWN',
      details: { why: 'x' },
      stacktrace: ['at secret.js'],
      exception: {},
      service: 'fake',
    };
    reply = json({ data: { s: null }, errors: [{ message: 'no', path: ['s'], extensions }] }, 500);
    const { data, errors } = await shop.ask('{ s: stockOf(id: 1) { onHand } me { mail } }');
    expect(data).toEqual({ s: null, ...REST });
    expect(errors).toEqual([
      {
        message: 'no',
        path: ['s'],
        extensions: { code: 'OWN', retryable: false, details: { why: 'x' }, service: 'stock' },
      },
    ]);
  });

  test('errors of single entities: each is told where its entity stands', async () => {
    const errors = [
      { message: 'one', path: ['_entities', 1, 'm'], extensions: { code: 'ONE' } },
      { message: 'none', path: ['_entities', 0], extensions: { code: 'NONE' } },
    ];
    reply = json({ data: { _entities: [null, { m: null }] }, errors });
    const answer = await shop.ask('{ product(id: 1) { r: related { m: softStock } } }');
    expect(answer.data).toEqual({ product: { r: [{ m: null }, { m: null }, null, { m: null }] } });
    expect(answer.errors?.map(({ path, message }) => [message, path?.join('.')])).toEqual([
      ['none', 'product.r.0.m'],
      ['one', 'product.r.1.m'],
      ['none', 'product.r.3.m'],
    ]);
  });

  test('errors with places that there are not: they are told without a place', async () => {
    const errors = [
      { message: 'a', path: ['no', 'such', { a: 1 }] },
      { message: 'b', path: ['_entities', 99, 'softStock'] },
      { message: 'c', path: [] },
      { message: 'd', path: ['__proto__', 'title'], extensions: 'x' },
      { message: 'e', path: '_entities.0.softStock' },
      { message: 'f', path: { 0: '_entities' } },
      { message: 'g', path: ['_entities', 0.5] },
      { message: 7, path: 7 },
    ];
    reply = json({ data: { _entities: [{ softStock: 4 }, { softStock: 5 }] }, errors });
    const answer = await shop.ask('{ products(ids: ["1", "2"]) { softStock } }');
    expect(answer.data).toEqual({ products: [{ softStock: 4 }, { softStock: 5 }] });
    expect(answer.errors?.map(({ message, path }) => [message, path])).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['c', undefined],
      ['d', undefined],
      ['e', undefined],
      ['f', undefined],
      ['g', undefined],
      ['The subgraph told an error without words.', undefined],
    ]);
  });

  test('values of other types: they are null, and the subgraph is named', async () => {
    reply = json({ data: { _entities: [{ softStock: 'many' }, { softStock: 2 ** 31 }], s: { onHand: [] } } });
    const { data, errors } = await shop.ask(QUERY);
    expect(data).toEqual({ a: TITLES.map((one) => ({ ...one, n: null })), s: null, ...REST });
    expect(
      errors?.map(({ path, extensions }) => [path?.join('.'), extensions?.['code'], serviceOf(extensions)]),
    ).toEqual([
      ['a.0.n', 'INTERNAL_SERVER_ERROR', 'stock'],
      ['a.1.n', 'INTERNAL_SERVER_ERROR', 'stock'],
      ['s.onHand', 'INTERNAL_SERVER_ERROR', 'stock'],
    ]);
  });

  test('extensions beside its data: none of them reaches clients, and of those of an error what is on the list', async () => {
    const extensions = { code: 'OWN', retryable: true, details: { a: 1 }, trace: 'secret', service: 'fake' };
    const error = { message: 'no', path: ['s'], extensions };
    reply = json({ data: { s: null }, errors: [error], extensions: { tracing: 'secret', code: 'TOP' } });
    const answer = await shop.ask('{ s: stockOf(id: 1) { onHand } }');
    expect(Object.keys(answer).sort()).toEqual(['data', 'errors']);
    expect(answer.errors).toEqual([
      { message: 'no', path: ['s'], extensions: { code: 'OWN', retryable: true, details: { a: 1 }, service: 'stock' } },
    ]);
    reply = json({ data: { s: { onHand: 3 } }, extensions: { tracing: 'secret' } });
    expect(await shop.ask('{ s: stockOf(id: 1) { onHand } }')).toEqual({ data: { s: { onHand: 3 } } });
  });

  test('a flood of errors: no more of them are told than the limit', async () => {
    const errors = Array.from({ length: 30 }, (_none, n) => ({ message: `e${n}` }));
    reply = json({ data: null, errors });
    for (let id = 10; id < 60; id++) shop.state.titles.set(String(id), `Nr ${id}`);
    const answer = await shop.ask('{ products(first: 60) { softStock } }');
    expect(answer.data?.['products']).toHaveLength(53);
    expect(answer.errors).toHaveLength(100);
  });
});
