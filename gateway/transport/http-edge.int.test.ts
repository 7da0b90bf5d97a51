import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer, request } from 'node:http';
import { connect } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import { request as secureRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { HttpSubgraphClient } from '../clients/http-subgraph-client.ts';
import type { GatewayOptions } from '../main.ts';
import { LOCALHOST_CERTIFICATE } from '../testing/localhost-certificate.ts';
import { IDENTITY_SECRET } from '../testing/open-shop-gateway.ts';
import { openShopEdge } from '../testing/open-shop-edge.ts';
import type { ShopEdge } from '../testing/open-shop-edge.ts';

const SHOP = 'https://shop.example';
const ASK = '/graphql?query=%7B__typename%7D';
const opened: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function open(...options: Parameters<typeof openShopEdge>): Promise<ShopEdge> {
  const edge = await openShopEdge(...options);
  opened.push(() => edge.gateway.close());
  return edge;
}

interface Reply {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
}

/** A request of nothing but what is given; `fetch` would add to it and unpack the answer. */
function ask(url: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  return new Promise<Reply>((resolve, reject) => {
    const sending = request(url, { method: options.method ?? 'GET', headers: options.headers ?? {} }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(chunks) });
      });
    });
    sending.on('error', reject);
    sending.end(options.body);
  });
}

function post(url: string, query: string, headers: Record<string, string> = {}) {
  const body = JSON.stringify({ query });
  return ask(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
}

const errorOf = ({ bytes }: Reply): unknown =>
  (JSON.parse(bytes.toString()) as { errors?: { extensions: unknown }[] }).errors?.[0]?.extensions;

describe('pages of other origins', () => {
  const options: Partial<GatewayOptions> = { cors: { origins: [SHOP] } };

  test('may ask when their origin is configured, after a preflight', async () => {
    const { url } = await open(options);
    const asking = { origin: SHOP, 'access-control-request-method': 'POST' };
    const preflight = await ask(`${url}/graphql`, { method: 'OPTIONS', headers: asking });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-origin']).toBe(SHOP);
    const { status, headers } = await post(url, '{ __typename }', { origin: SHOP });
    expect([status, headers['access-control-allow-origin'], headers['vary']]).toEqual([200, SHOP, 'origin']);
  });

  test('get the headers on refusals too, so that a page learns why', async () => {
    const { url } = await open(options);
    const { status, headers } = await post(url, '{', { origin: SHOP, authorization: 'Bearer forged' });
    expect([status, headers['access-control-allow-origin']]).toEqual([401, SHOP]);
  });

  test('are kept out otherwise', async () => {
    const { url } = await open(options);
    const asking = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    expect((await ask(`${url}/graphql`, { method: 'OPTIONS', headers: asking })).status).toBe(403);
    const answer = await post(url, '{ __typename }', { origin: 'https://evil.example' });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('are unknown where none is configured', async () => {
    const { url } = await open();
    const asking = { origin: SHOP, 'access-control-request-method': 'POST' };
    expect((await ask(`${url}/graphql`, { method: 'OPTIONS', headers: asking })).status).toBe(405);
  });
});

describe('forged requests', () => {
  const cross = { 'user-agent': 'Mozilla/5.0', 'sec-fetch-site': 'cross-site' };

  test('of browsers are refused unless a header says that the browser has asked first', async () => {
    const { url } = await open();
    const refused = await ask(`${url}${ASK}`, { headers: cross });
    expect([refused.status, errorOf(refused)]).toMatchObject([400, { code: 'CSRF_REFUSED' }]);
    expect((await ask(`${url}${ASK}`, { headers: { ...cross, 'apollo-require-preflight': '1' } })).status).toBe(200);
    expect((await ask(`${url}${ASK}`)).status).toBe(200);
  });

  test('are refused of every client where that is configured, and of none where nothing is', async () => {
    expect((await ask(`${(await open({ csrf: 'always' })).url}${ASK}`)).status).toBe(400);
    expect((await ask(`${(await open({ csrf: 'off' })).url}${ASK}`, { headers: cross })).status).toBe(200);
  });
});

describe('compression', () => {
  const limits = { compressBytesMin: 400 };

  test('is used for large answers to clients that take it', async () => {
    const { url } = await open({ httpLimits: limits, cors: { origins: [SHOP] } });
    const query = '{ __schema { types { name } } }';
    const { headers, bytes } = await post(url, query, { 'accept-encoding': 'gzip' });
    expect([headers['content-encoding'], headers['vary']]).toEqual(['gzip', 'origin, accept-encoding']);
    expect(headers['content-length']).toBe(String(bytes.length));
    expect(gunzipSync(bytes).toString()).toBe((await post(url, query)).bytes.toString());
  });

  test('is left out for small ones', async () => {
    const { url } = await open({ httpLimits: limits });
    const { headers } = await post(url, '{ __typename }', { 'accept-encoding': 'gzip, br' });
    expect(headers).not.toHaveProperty('content-encoding');
  });
});

describe('limits', () => {
  test('an answer beyond the bound is refused with the bound', async () => {
    const { url } = await open({ httpLimits: { responseBytesMax: 500 } });
    expect((await post(url, '{ __typename }')).status).toBe(200);
    const accept = 'application/graphql-response+json';
    const refused = await post(url, '{ __schema { types { name } } }', { accept });
    expect([refused.status, errorOf(refused)]).toMatchObject([
      400,
      { code: 'RESPONSE_TOO_LARGE', details: { limit: 'responseBytesMax', max: 500 } },
    ]);
  });

  test('a question mark in a query is no second one', async () => {
    const { url } = await open();
    const query = encodeURIComponent('{ echo(input: { text: "what" }) }').replace('what', 'what?');
    expect((await ask(`${url}/graphql?query=${query}`)).bytes.toString()).toContain('what?');
  });
});

describe('a client that goes away', () => {
  test('ends the request that was made to a subgraph for it', async () => {
    let [asked, cutOff] = [0, 0];
    const slow = createServer((_request, response) => {
      asked++;
      response.once('close', () => cutOff++);
    });
    await new Promise<void>((resolve) => {
      slow.listen(0, '127.0.0.1', resolve);
    });
    opened.push(
      () => slow.closeAllConnections(),
      () => void slow.close(),
    );
    const subgraphUrl = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
    const edge = await open({}, (client) =>
      client.name === 'users'
        ? new HttpSubgraphClient({
            name: 'users',
            url: subgraphUrl,
            identitySecret: IDENTITY_SECRET,
            clock: new FakeClock(),
          })
        : client,
    );
    const headers = { 'content-type': 'application/json' };
    const sending = request(`${edge.url}/graphql`, { method: 'POST', headers });
    sending.on('error', () => undefined);
    sending.end(JSON.stringify({ query: '{ me { id } }' }));
    await waitFor(() => asked === 1);
    expect(cutOff).toBe(0);
    sending.destroy();
    await waitFor(() => cutOff === 1);
  });
});

describe('TLS', () => {
  test('brings HTTP/2 to those who offer it and HTTP/1.1 to the others', async () => {
    const tls = LOCALHOST_CERTIFICATE;
    const { url } = await open({ tls, httpLimits: { drainMs: 1_000 } });
    expect(url).toMatch(/^https:/);
    const session = connect(url, { ca: tls.certificate, servername: 'localhost' });
    opened.push(() => session.destroy());
    const modern = await Promise.all([askSession(session, '{ me { id } }'), askSession(session, '{ __typename }')]);
    expect(modern.map(({ text }) => text)).toEqual(['{"data":{"me":{"id":"u1"}}}', '{"data":{"__typename":"Query"}}']);
    expect(await askSecurely(`${url}${ASK}`, tls.certificate)).toBe('{"data":{"__typename":"Query"}}');
  });

  test('closes in an orderly way, what is under way included', async () => {
    const tls = LOCALHOST_CERTIFICATE;
    const { url, gateway } = await openShopEdge({ tls });
    const session = connect(url, { ca: tls.certificate, servername: 'localhost' });
    const { text } = await askSession(session, '{ __typename }');
    expect(text).toContain('Query');
    await gateway.close();
    await waitFor(() => session.closed);
  });
});

function askSession(session: ClientHttp2Session, query: string): Promise<{ status: unknown; text: string }> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': '/graphql',
      'content-type': 'application/json',
    });
    let [text, status]: [string, unknown] = ['', 0];
    stream.setEncoding('utf8');
    stream.on('response', (headers) => {
      status = headers[':status'];
    });
    stream.on('data', (chunk: string) => {
      text += chunk;
    });
    stream.on('end', () => resolve({ status, text }));
    stream.on('error', reject);
    stream.end(JSON.stringify({ query }));
  });
}

function askSecurely(url: string, certificate: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending = secureRequest(url, { ca: certificate, servername: 'localhost' }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    sending.on('error', reject);
    sending.end();
  });
}
