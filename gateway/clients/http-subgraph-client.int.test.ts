import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IDENTITY_HEADER, verifyIdentity } from '../../kernel/graphql/identity-header.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { CLERK, IDENTITY_SECRET } from '../testing/open-shop-gateway.ts';
import { HttpSubgraphClient } from './http-subgraph-client.ts';
import { OperationContext } from '../executor/operation-context.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, ordinal: number) => void;

let server: Server;
let answer: Answer;
let requests: IncomingMessage[];
let client: HttpSubgraphClient;
const clock = new FakeClock();

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const limits = { timeoutMs: 200, responseBytesMax: 2_000 };
  client = new HttpSubgraphClient({ name: 'far', url, identitySecret: IDENTITY_SECRET, clock, ...limits });
});

afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function send(kind: 'query' | 'mutation' = 'query', signal?: AbortSignal) {
  const text = `${kind} { a }`;
  const context = new OperationContext({ identity: CLERK, correlationId: 'c-9', ...(signal && { signal }) });
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
    await expect(send('query', aborter.signal)).rejects.toMatchObject({
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
});
