import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IDENTITY_HEADER, verifyIdentity } from '../../kernel/graphql/identity-header.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { CLERK, IDENTITY_SECRET } from '../testing/open-shop-gateway.ts';
import { OperationContext } from '../executor/operation-context.ts';
import type { OperationContextOptions } from '../executor/operation-context.ts';
import { HttpSubgraphClient } from './http-subgraph-client.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, ordinal: number) => void;

let server: Server;
let answer: Answer;
let requests: IncomingMessage[];
let client: HttpSubgraphClient;
let telemetry: RecordingTelemetry;
const clock = new FakeClock();

beforeEach(async () => {
  requests = [];
  telemetry = new RecordingTelemetry();
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const limits = { timeoutMs: 200, responseBytesMax: 2_000, breakerFailures: 4 };
  client = new HttpSubgraphClient({
    name: 'far',
    url,
    identitySecret: IDENTITY_SECRET,
    clock,
    limits,
    telemetry,
    propagatedHeaders: ['x-tenant'],
  });
});

afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function send(kind: 'query' | 'mutation' = 'query', options: Partial<OperationContextOptions> = {}) {
  const text = `${kind} { a }`;
  const context = new OperationContext({ identity: CLERK, correlationId: 'c-9', ...options });
  return client.prepare({ text, document: parse(text), kind })({ v: 1 }, context);
}

function reply(body: string, { status = 200, type = 'application/json' } = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  };
}

describe('a subgraph over HTTP', () => {
  test('is told who asks, under a signature, and what it belongs to', async () => {
    answer = reply('{"data":{"a":1}}');
    expect(await send()).toEqual({ data: { a: 1 } });
    expect(requests[0]?.headers['x-correlation-id']).toBe('c-9');
    const header = String(requests[0]?.headers[IDENTITY_HEADER]);
    expect(verifyIdentity(header, IDENTITY_SECRET, clock.nowMs())).toEqual(CLERK);
  });

  test('may answer errors with a status of its own', async () => {
    answer = reply('{"errors":[{"message":"no"}]}', {
      status: 400,
      type: 'application/graphql-response+json; charset=utf-8',
    });
    expect(await send()).toEqual({ errors: [{ message: 'no' }] });
  });

  test.each([
    ['HTML', reply('<html>', { status: 502, type: 'text/html' }), /status 502 with content of type "text\/html"/],
    ['a body that is no JSON', reply('{"data":'), /no JSON/],
    ['JSON of another kind', reply('[1]'), /no GraphQL answer/],
    ['an object without data and errors', reply('{"status":"ok"}'), /no GraphQL answer/],
    ['data of another kind', reply('{"data":"x"}'), /no GraphQL answer/],
    ['errors of another kind', reply('{"data":null,"errors":[{"text":"x"}]}'), /no GraphQL answer/],
    ['more than the limit', reply(JSON.stringify({ data: { a: 'x'.repeat(3_000) } })), /response too large/],
    ['nothing in time', () => undefined, /^timeout$/],
  ] satisfies [string, Answer, RegExp][])('%s is a subgraph that is not there', async (_what, given, reason) => {
    answer = given;
    await expect(send()).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      retryable: true,
      details: { service: 'far', reason: expect.stringMatching(reason) },
    });
  });

  test('a query that met a closed socket is sent once more, a mutation never', async () => {
    answer = (request, response, ordinal) => {
      if (ordinal % 2 === 1) request.socket.destroy();
      else reply('{"data":{"a":2}}')(request, response, ordinal);
    };
    expect(await send('query')).toEqual({ data: { a: 2 } });
    expect(requests).toHaveLength(2);
    await expect(send('mutation')).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(requests).toHaveLength(3);
  });

  test('an operation that the client gave up is given up here', async () => {
    const aborter = new AbortController();
    answer = () => aborter.abort();
    await expect(send('query', { signal: aborter.signal })).rejects.toMatchObject({
      details: { reason: 'the client operation was aborted' },
    });
  });

  test('a port where nobody listens is a subgraph that is not there', async () => {
    const url = 'http://127.0.0.1:1/graphql';
    const lost = new HttpSubgraphClient({ name: 'lost', url, identitySecret: IDENTITY_SECRET, clock });
    const run = lost.prepare({ text: '{ a }', document: parse('{ a }'), kind: 'query' });
    await expect(run({}, new OperationContext({ identity: CLERK, correlationId: 'c' }))).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      details: { reason: 'ECONNREFUSED' },
    });
    await lost.close();
  });

  test.each([
    ['HTML', 'text/html', '<html>'],
    ['JSON of a proxy', 'application/json', '{"status":"starting"}'],
  ])('a query that met a server which is starting, telling it in %s, is sent again', async (_what, type, body) => {
    answer = (request, response, ordinal) =>
      ordinal === 1
        ? reply(body, { status: 503, type })(request, response, ordinal)
        : reply('{"data":{"a":3}}')(request, response, ordinal);
    expect(await send()).toEqual({ data: { a: 3 } });
    expect(requests).toHaveLength(2);
  });

  test('an error that the subgraph itself tells with status 500 is its answer, and asked for once', async () => {
    answer = reply('{"errors":[{"message":"broken"}],"data":null}', { status: 500 });
    expect(await send()).toMatchObject({ errors: [{ message: 'broken' }] });
    expect(requests).toHaveLength(1);
  });

  test('attempts end', async () => {
    answer = reply('<html>', { status: 503, type: 'text/html' });
    await expect(send()).rejects.toMatchObject({ details: { reason: expect.stringContaining('503') } });
    expect(requests).toHaveLength(3);
  });

  test('a subgraph that fails again and again is cut off, which is told', async () => {
    answer = reply('<html>', { status: 500, type: 'text/html' });
    for (let failure = 0; failure < 4; failure++) await expect(send()).rejects.toThrow();
    await expect(send()).rejects.toMatchObject({ details: { reason: 'cut off after repeated failures' } });
    expect(requests).toHaveLength(4);
    expect(telemetry.gauges).toContainEqual({ name: 'subgraph_circuit_open', value: 1, labels: { service: 'far' } });
  });

  test('a header of the client is handed on when it is listed, and no other', async () => {
    answer = reply('{"data":{"a":1}}');
    await send('query', { headers: { 'x-tenant': 'north', authorization: 'Bearer x' }, traceparent: '00-a-b-01' });
    expect(requests[0]?.headers).toMatchObject({ 'x-tenant': 'north', traceparent: '00-a-b-01' });
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('fetches that are equal', () => {
  let waiting: ServerResponse[];
  const release = (): void =>
    waiting.splice(0).forEach((response) => reply('{"data":{"a":{"b":1}}}')(requests[0]!, response, 0));
  const arrived = async (count: number): Promise<void> => {
    while (requests.length < count) await new Promise((resolve) => setImmediate(resolve));
  };

  beforeEach(() => {
    waiting = [];
    answer = (_request, response) => void waiting.push(response);
  });

  test('share one reply while it is under way, each with a result of its own', async () => {
    const asked = [send(), send()];
    await arrived(1);
    release();
    const [first, second] = await Promise.all(asked);
    expect(requests).toHaveLength(1);
    expect(first).toEqual({ data: { a: { b: 1 } } });
    expect(second).toEqual(first);
    expect(second?.data?.['a']).not.toBe(first?.data?.['a']);
  });

  test('are sent each by itself for other callers, for other headers that are handed on, and as mutations', async () => {
    const other = { ...CLERK, subject: 'somebody else' };
    const asked = [
      send(),
      send('query', { identity: other }),
      send('query', { headers: { 'x-tenant': 'north' } }),
      send('mutation'),
      send('mutation'),
    ];
    await arrived(5);
    release();
    await Promise.all(asked);
    expect(requests).toHaveLength(5);
  });

  test('go on for those who still wait when one of them gives up, and end when nobody does', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const gone = send('query', { signal: first.signal });
    const staying = send('query', { signal: second.signal });
    await arrived(1);
    first.abort();
    await expect(gone).rejects.toMatchObject({ details: { reason: 'the client operation was aborted' } });
    release();
    expect(await staying).toMatchObject({ data: { a: { b: 1 } } });

    const [third, closed] = [
      new AbortController(),
      new Promise((resolve) => (answer = (request) => request.socket.once('close', resolve))),
    ];
    const last = send('query', { signal: third.signal });
    await arrived(2);
    third.abort();
    await expect(last).rejects.toThrow();
    await closed;
  });
});
