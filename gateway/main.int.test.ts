import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { createErrorFormatter } from '../kernel/graphql/format-error.ts';
import { Refusal } from '../kernel/model/errors.ts';
import { FakeClock } from '../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../kernel/testing/recording-telemetry.ts';
import { SequentialIds } from '../kernel/testing/sequential-ids.ts';
import { waitFor } from '../kernel/testing/wait-for.ts';
import { ANONYMOUS } from './auth/authenticator.ts';
import type { Authenticator } from './auth/authenticator.ts';
import { InProcessSubgraphClient } from './clients/in-process-subgraph-client.ts';
import type { CancelSignal } from './executor/cancellation.ts';
import type { SubgraphClient } from './executor/subgraph-client.ts';
import { createGateway } from './main.ts';
import type { Gateway, GatewayOptions } from './main.ts';
import { CLERK } from './testing/open-shop-gateway.ts';
import { createShop } from './testing/shop-subgraphs.ts';

const GRAPHQL_RESPONSE = 'application/graphql-response+json';
const authenticator: Authenticator = {
  authenticate: async (authorization) => {
    if (authorization === undefined) return ANONYMOUS;
    if (authorization === 'Bearer clerk') return CLERK;
    throw new Refusal('UNAUTHENTICATED', 'The token is not valid here.');
  },
};

let gateway: Gateway;
let url: string;
let clock: FakeClock;

async function open(options: Partial<GatewayOptions> = {}, wrap = (client: SubgraphClient) => client) {
  const shop = createShop();
  const [ids, telemetry] = [new SequentialIds(), new RecordingTelemetry()];
  const format = createErrorFormatter({ ids, telemetry });
  clock = new FakeClock();
  gateway = createGateway({
    supergraphSdl: shop.supergraphSdl,
    clients: shop.subgraphs.map((subgraph) => wrap(new InProcessSubgraphClient(subgraph, format))),
    authenticator,
    clock,
    ids,
    telemetry,
    graphiqlTabs: () => [{ query: '{ me { id } }', headers: { authorization: 'Bearer clerk' } }],
    ...options,
  });
  url = await gateway.listen(0);
}

beforeEach(() => open());
afterEach(() => gateway.close());

async function post(body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: GRAPHQL_RESPONSE, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) as Answer };
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string; readonly details: object } }[];
}

const ME = '{ me { id } }';

describe('GraphQL over HTTP', () => {
  test('a POST is answered in the type that the client asked for', async () => {
    const modern = await post({ query: ME });
    expect(modern).toMatchObject({ status: 200, text: '{"data":{"me":{"id":"u1"}}}' });
    expect(modern.headers.get('content-type')).toBe(`${GRAPHQL_RESPONSE}; charset=utf-8`);
    for (const accept of ['application/json', '*/*', 'text/html, application/json;q=0.5']) {
      const { headers } = await post({ query: ME }, { accept });
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    }
  });

  test('the better quality wins, and zero is a refusal', async () => {
    const { headers } = await post({ query: ME }, { accept: `application/json;q=0.4, ${GRAPHQL_RESPONSE};q=0.8` });
    expect(headers.get('content-type')).toContain(GRAPHQL_RESPONSE);
    expect((await post({ query: ME }, { accept: 'application/json;q=0' })).status).toBe(406);
    expect((await post({ query: ME }, { accept: 'image/png' })).status).toBe(406);
  });

  test('a GET may ask, with variables, but not change anything', async () => {
    const get = (query: string, variables = '{}') =>
      fetch(`${url}/graphql?${new URLSearchParams({ query, variables }).toString()}`);
    const asked = await get('query ($id: ID!) { product(id: $id) { title } }', '{"id":"1"}');
    expect(await asked.json()).toEqual({ data: { product: { title: 'One' } } });
    const changed = await get('mutation { log(word: "x") }');
    expect([changed.status, changed.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await get(ME, '{')).status).toBe(400);
    expect((await post({ query: 'mutation { log(word: "y") }' })).json()).toEqual({ data: { log: ['y'] } });
  });

  test.each([
    ['no JSON', '{"query":', 'body'],
    ['a list of requests', [{ query: ME }], 'body'],
    ['no query', { variables: {} }, 'query'],
    ['variables that are a list', { query: ME, variables: [] }, 'variables'],
    ['an operationName that is a number', { query: ME, operationName: 1 }, 'operationName'],
    ['extensions that are text', { query: ME, extensions: '' }, 'extensions'],
  ])('%s is 400 in every media type, naming the member', async (_what, body, field) => {
    for (const accept of [GRAPHQL_RESPONSE, 'application/json']) {
      const response = await post(body, { accept });
      expect(response.status).toBe(400);
      expect(response.json().errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', details: { field } });
    }
  });

  test.each([
    ['syntax', { query: '{' }],
    ['validation', { query: '{ nothing }' }],
    ['a missing variable', { query: 'query ($id: ID!) { product(id: $id) { id } }' }],
    ['a subscription', { query: 'subscription { productChanged(id: 1) { cursor } }' }],
  ])('a document that does not hold up (%s) is 400, and 200 in application/json', async (_what, body) => {
    expect((await post(body)).status).toBe(400);
    const legacy = await post(body, { accept: 'application/json' });
    expect(legacy.status).toBe(200);
    expect(legacy.json()).not.toHaveProperty('data');
  });

  test('an answer with field errors is 200', async () => {
    const { status, json } = await post({ query: '{ product(id: 1) { failsHard } }' });
    expect(status).toBe(200);
    expect(json()).toMatchObject({ data: { product: null }, errors: [{ path: ['product', 'failsHard'] }] });
  });

  test.each([
    ['another content type', { 'content-type': 'text/plain' }],
    ['another character set', { 'content-type': 'application/json; charset=latin1' }],
  ])('%s is 415', async (_what, headers) => {
    expect((await post({ query: ME }, headers)).status).toBe(415);
  });

  test('another method is 405', async () => {
    const response = await fetch(`${url}/graphql`, { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  test('an invalid token is 401 and a missing scope 403', async () => {
    const invalid = await post({ query: ME }, { authorization: 'Bearer forged' });
    expect([invalid.status, invalid.json().errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    const margins = { query: '{ margins { total } }' };
    expect((await post(margins)).status).toBe(401);
    expect((await post(margins, { authorization: 'Bearer clerk' })).status).toBe(403);
  });

  test('a correlation id comes back, and is made when there is none or it is no id', async () => {
    expect((await post({ query: ME }, { 'x-correlation-id': 'shop-7' })).headers.get('x-correlation-id')).toBe(
      'shop-7',
    );
    const made = (await post({ query: ME }, { 'x-correlation-id': 'a b' })).headers.get('x-correlation-id');
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('an oversize body is 413 before anything of it is understood', async () => {
    await gateway.close();
    await open({ httpLimits: { bodyBytesMax: 100 } });
    const { status, json } = await post(`{"query":"${'x'.repeat(200)}`);
    expect([status, json().errors?.[0]?.extensions.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  test('a browser gets GraphiQL, whole, with the tabs at hand', async () => {
    const response = await fetch(`${url}/graphql`, { headers: { accept: 'text/html,application/xhtml+xml' } });
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page).toContain('Bearer clerk');
    expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="?https?:/);
  });
});

describe('the HTTP front', () => {
  test('tells whether it lives and whether it is ready', async () => {
    await gateway.close();
    let ready = false;
    await open({ readiness: () => (ready ? { ready } : { ready, reason: 'inventory is replaying' }) });
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const before = await fetch(`${url}/health/ready`);
    expect([before.status, await before.json()]).toEqual([503, { ready: false, reason: 'inventory is replaying' }]);
    ready = true;
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  test('mounted routes get the body byte for byte, and their errors a status', async () => {
    await gateway.close();
    await open({
      routes: [
        {
          method: 'POST',
          path: '/inbox/*',
          handle: async ({ url: { pathname }, body }) => {
            const bytes = await body();
            if (bytes.length === 0) throw new Refusal('INVALID_SIGNATURE', 'no');
            return { status: 202, body: JSON.stringify({ pathname, hex: bytes.toString('hex') }) };
          },
        },
      ],
    });
    const sent = await fetch(`${url}/inbox/wms-north`, { method: 'POST', body: new Uint8Array([0, 255, 10]) });
    expect([sent.status, await sent.json()]).toEqual([202, { pathname: '/inbox/wms-north', hex: '00ff0a' }]);
    const refused = await fetch(`${url}/inbox/wms-north`, { method: 'POST' });
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'INVALID_SIGNATURE' } }] },
    ]);
    expect((await fetch(`${url}/inbox/wms-north`)).status).toBe(405);
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
  });

  describe('with a subgraph that hangs', () => {
    let release: () => void;
    let started = 0;
    const hanging = (client: SubgraphClient): SubgraphClient =>
      client.name !== 'users'
        ? client
        : {
            name: client.name,
            prepare: () => () => {
              started++;
              return new Promise((resolve) => {
                release = () => resolve({ data: { me: { id: 'late' } } });
              });
            },
            close: () => client.close(),
          };

    beforeEach(async () => {
      started = 0;
      await gateway.close();
      await open({ httpLimits: { requestsMax: 1, answerTimeoutMs: 1_000, drainMs: 1_000 } }, hanging);
    });

    test('the client gets an answer when the time is up', async () => {
      const answer = post({ query: ME });
      await waitFor(() => started === 1);
      clock.advance(1_000);
      const { status, json } = await answer;
      expect([status, json().errors?.[0]?.extensions.code]).toEqual([504, 'OPERATION_TIMEOUT']);
      release();
    });

    test('more requests than the limit are told to come back', async () => {
      const first = post({ query: ME });
      await waitFor(() => started === 1);
      const second = await post({ query: '{ __typename }' });
      expect([second.status, second.headers.get('retry-after')]).toEqual([503, '1']);
      expect(second.json().errors?.[0]?.extensions.code).toBe('OVERLOADED');
      release();
      expect((await first).status).toBe(200);
    });

    test('a stop lets what is under way end and takes nothing new', async () => {
      const first = post({ query: ME });
      await waitFor(() => started === 1);
      const closing = gateway.close();
      await expect(fetch(`${url}/health/live`)).rejects.toThrow('fetch failed');
      release();
      expect((await first).text).toContain('late');
      await closing;
    });

    test('a client that goes away ends what was done for it', async () => {
      const seen: (CancelSignal | undefined)[] = [];
      await gateway.close();
      await open({}, (client) => ({
        name: client.name,
        prepare: () => (_variables, context) => {
          seen.push(context.signal);
          return new Promise(() => undefined);
        },
        close: () => client.close(),
      }));
      const sending = httpRequest(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      });
      sending.on('error', () => undefined);
      sending.end(JSON.stringify({ query: ME }));
      await waitFor(() => seen.length === 1);
      sending.destroy();
      await waitFor(() => seen[0]?.aborted === true);
      expect(seen[0]?.aborted).toBe(true);
    });
  });
});

describe('a gateway without a transport', () => {
  test('answers in the name of an identity', async () => {
    const { dataText, errors } = await gateway.execute({ query: '{ me { mail } }' }, CLERK);
    expect([dataText, errors]).toEqual(['{"me":{"mail":"ann@example.org"}}', []]);
  });
});
