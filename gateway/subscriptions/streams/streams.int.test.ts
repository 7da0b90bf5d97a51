import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-sse';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import { CALLERS, openLiveGateway, type LiveGateway } from '../testing/live-gateway.ts';

/** What PROTOCOL.md promises to clients over HTTP: the stock client of graphql-sse, and multipart word by word. */

const QUERY = `subscription ($after: ChangeCursor, $skus: [ID!]) {
  availabilityChanged(channel: "WEB", skus: $skus, after: $after) { cursor reset changes { key available } } }`;

interface Change {
  readonly key: string;
  readonly available: string;
}

interface Answer {
  readonly data?: {
    readonly availabilityChanged: {
      readonly cursor: string;
      readonly reset: boolean;
      readonly changes: readonly Change[];
    };
  } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  readonly extensions?: { readonly cursor: string };
}

let gateway: LiveGateway;
let url: string;

beforeEach(async () => {
  gateway = await openLiveGateway();
  url = gateway.url.replace('ws', 'http');
});

afterEach(() => gateway.close());

const stock = (sku: string, available: string) => ({ sku, channel: 'WEB', categories: [], available, band: 'OK' });

/** One subscription of the stock client, which comes again by itself. */
function follow(variables: Record<string, unknown> = {}, token?: string) {
  const answers: Answer[] = [];
  const ended: unknown[] = [];
  const client = createClient({
    url,
    retryAttempts: 50,
    retry: async () => undefined,
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
  });
  const stop = client.subscribe<Answer['data'], never>(
    { query: QUERY, variables },
    {
      next: (given) => {
        const answer = given as unknown as Answer;
        answers.push(answer);
        const cursor = answer.data?.availabilityChanged.cursor;
        // The client sends the same object again when it comes again.
        if (cursor !== undefined) variables['after'] = cursor;
      },
      error: (error) => ended.push(error),
      complete: () => ended.push('complete'),
    },
  );
  const frame = async (number: number) => {
    await waitFor(() => answers.length >= number, `frame ${number}`);
    return answers[number - 1]?.data?.availabilityChanged;
  };
  return { answers, ended, frame, stop };
}

interface RawStream {
  readonly response: IncomingMessage;
  text(): string;
  close(): void;
}

function openRaw(accept: string, body: object, headers: Record<string, string> = {}): Promise<RawStream> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      { method: 'POST', headers: { 'content-type': 'application/json', accept, ...headers } },
      (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString()));
        response.on('error', () => undefined);
        resolve({ response, text: () => text, close: () => request.destroy() });
      },
    );
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
}

describe('server-sent events', () => {
  test('bring a snapshot, then every change', async () => {
    gateway.inventory.change([stock('A', '1')]);
    const live = follow();
    expect(await live.frame(1)).toEqual({
      cursor: 'inventory:epoch00001.1',
      reset: true,
      changes: [{ key: 'A|WEB', available: '1' }],
    });
    gateway.inventory.change([stock('A', '2')]);
    expect(await live.frame(2)).toMatchObject({ reset: false, changes: [{ key: 'A|WEB', available: '2' }] });
    expect(live.answers.map(({ extensions }) => extensions?.cursor)).toEqual([
      'inventory:epoch00001.1',
      'inventory:epoch00001.2',
    ]);
    live.stop();
    await waitFor(
      () => gateway.subscriptions.connectionCount === 0 && gateway.subscriptions.groupCount === 0,
      'nothing left',
    );
  });

  test('break off when the token ends, and go on without a gap when the client comes again', async () => {
    gateway.inventory.change([stock('A', '1')]);
    const agent = CALLERS['agent'];
    if (!agent) throw new Error('There is no agent.');
    gateway.addCaller('brief', { ...agent, expiresAtMs: gateway.clock.nowMs() + 10_000 });
    const live = follow({}, 'brief');
    await live.frame(1);
    gateway.addCaller('brief', agent);
    gateway.clock.advance(10_000);
    gateway.inventory.change([stock('A', '2')]);
    expect(await live.frame(2)).toMatchObject({ reset: false, changes: [{ key: 'A|WEB', available: '2' }] });
    expect(live.ended).toEqual([]);
    live.stop();
  });

  test('name the cursor as the id of the event, and take it back as Last-Event-ID before any other', async () => {
    gateway.inventory.change([stock('A', '1')]);
    const first = await openRaw('text/event-stream', { query: QUERY });
    await waitFor(() => first.text().includes('\n\n'), 'the snapshot');
    expect(first.response.headers['content-type']).toBe('text/event-stream');
    expect(first.text()).toMatch(/^event: next\nid: inventory:epoch00001\.1\ndata: \{"data":.*\}\n\n$/);
    first.close();
    gateway.inventory.change([stock('A', '2')]);
    gateway.inventory.change([stock('B', '3')]);
    const again = await openRaw(
      'text/event-stream',
      { query: QUERY, variables: { after: 'inventory:epoch00001.1' } },
      { 'last-event-id': 'inventory:epoch00001.2' },
    );
    await waitFor(() => again.text().includes('\n\n'), 'the rest');
    expect(again.text()).toContain('"reset":false,"changes":[{"key":"B|WEB","available":"3"}]');
    expect(again.text()).not.toContain('A|WEB');
    again.close();
  });

  test('answer a query once and complete', async () => {
    const stream = await openRaw('text/event-stream', { query: '{ __typename }' });
    await waitFor(() => stream.response.complete, 'the end');
    expect(stream.text()).toBe('event: next\ndata: {"data":{"__typename":"Query"}}\n\nevent: complete\ndata:\n\n');
  });

  test.each([
    ['a document that does not fit the schema', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'fields that the caller may not read',
      'subscription { positionChanged(location: "S1") { cursor } }',
      'UNAUTHENTICATED',
    ],
  ])('tell of %s within the stream, and complete', async (_what, query, code) => {
    const stream = await openRaw('text/event-stream', { query });
    await waitFor(() => stream.response.complete, 'the end');
    expect(stream.response.statusCode).toBe(200);
    expect(stream.text()).toMatch(/^event: next\ndata: \{"errors":\[.*\]\}\n\nevent: complete\ndata:\n\n$/);
    expect(stream.text()).toContain(`"code":"${code}"`);
  });

  test('refuse a token by status, because there is no stream yet', async () => {
    const stream = await openRaw('text/event-stream', { query: QUERY }, { authorization: 'Bearer unknown' });
    expect(stream.response.statusCode).toBe(401);
  });

  test('keep an idle connection awake', async () => {
    const stream = await openRaw('text/event-stream', { query: QUERY });
    await waitFor(() => stream.text() !== '', 'the snapshot');
    gateway.clock.advance(12_000);
    await waitFor(() => stream.text().endsWith('\n\n:\n\n'), 'the heartbeat');
    stream.close();
  });
});

describe('multipart subscriptions', () => {
  const ACCEPT = 'multipart/mixed;subscriptionSpec=1.0, application/json';

  test('bring each frame as a part', async () => {
    gateway.inventory.change([stock('A', '1')]);
    const stream = await openRaw(ACCEPT, { query: QUERY });
    await waitFor(() => stream.text().includes('payload'), 'the snapshot');
    expect(stream.response.headers['content-type']).toBe('multipart/mixed;boundary="graphql";subscriptionSpec="1.0"');
    expect(stream.text()).toMatch(
      /^\r\n--graphql\r\nContent-Type: application\/json\r\n\r\n\{"payload":\{"data":.*\}\}\r\n--graphql$/,
    );
    gateway.inventory.change([stock('A', '2')]);
    await waitFor(() => stream.text().split('--graphql').length === 4, 'the change');
    gateway.clock.advance(12_000);
    await waitFor(() => stream.text().endsWith('\r\n\r\n{}\r\n--graphql'), 'the heartbeat');
    stream.close();
  });

  test('end with errors and the last boundary when the operation is refused', async () => {
    const stream = await openRaw(ACCEPT, { query: 'subscription { nothing }' });
    await waitFor(() => stream.response.complete, 'the end');
    expect(stream.text()).toMatch(/\{"payload":\{"errors":\[.*\]\}\}\r\n--graphql--\r\n$/);
  });
});

test('a stop ends all streams in a way that has clients come again', async () => {
  const stream = await openRaw('text/event-stream', { query: QUERY });
  await waitFor(() => stream.text() !== '', 'the snapshot');
  await gateway.close();
  expect(stream.text()).not.toContain('complete');
});

test('a client that accepts JSON alone is answered as ever, and told how to subscribe', async () => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  expect(((await response.json()) as Answer).errors?.[0]?.message).toMatch(/connection that stays open/);
});
