import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle, Refusal } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { stockAdjusted } from '../../schema/events/inbox.ts';
import type { EdgeAnswer, EdgeRequest, EdgeRoute } from './edge-route.ts';
import { createInbox, type Inbox } from './inbox.ts';
import type { Inbound, InboundMessage, WebhookReceiver } from './inbound.ts';
import { createIngestEndpoint } from './ingest-endpoint.ts';
import { ingestMessageOf } from './ingest-message.ts';
import { hmacSha256, InvalidSignature, isSameSecret } from './signature.ts';
import { UpstreamRejected, UpstreamUnavailable } from './upstream-errors.ts';
import { createWebhookEndpoint } from './webhook-endpoint.ts';

const telemetry = new RecordingTelemetry();
let platform: TestPlatform;
let inbox: Inbox;

beforeEach(async () => {
  platform = await openTestPlatform({ telemetry });
  inbox = await createInbox({ platform });
});

afterEach(() => platform.close());

const ADJUSTMENT = { location: 'DC-1', lines: [{ lineId: '1', sku: 'A-1', quantity: '-1', reason: 'LOST' }] };
const adjustment: InboundMessage = { eventId: 'm-1', definition: stockAdjusted, occurredAtMs: 0, data: ADJUSTMENT };

async function published(): Promise<number> {
  await platform.documents.flushOutbox();
  const told = await platform.streams.read('INBOX_EVENTS', 0, 100);
  // Besides facts, the inbox tells of its own.
  return told.filter(({ envelope }) => envelope.source.system !== 'inbox').length;
}

function post(
  route: EdgeRoute,
  path: string,
  request: Partial<EdgeRequest> & { readonly body?: string },
): Promise<EdgeAnswer> {
  const { body = '', headers = {}, method = 'POST' } = request;
  return route.handle({ method, path, headers, rawBody: Buffer.from(body) });
}

const codeOf = (answer: EdgeAnswer): unknown => (JSON.parse(answer.body) as { code?: unknown }).code;

describe('POST /webhooks/<system>', () => {
  let normalised: () => Promise<readonly Inbound[]>;
  let route: EdgeRoute;

  beforeEach(() => {
    normalised = async () => [adjustment];
    const receiver: WebhookReceiver = {
      system: 'wms-north',
      handshake: ({ query }) => query.get('validationToken') ?? undefined,
      verify: ({ headers, rawBody }) => {
        if (!isSameSecret(headers['x-signature'], hmacSha256('key', [rawBody], 'hex')))
          throw new InvalidSignature('wms-north');
      },
      normalise: () => normalised(),
    };
    route = createWebhookEndpoint({ receivers: [receiver], inbox, platform, bodyBytesMax: 100 });
  });

  const signed = (body: string) => ({ body, headers: { 'x-signature': hmacSha256('key', [body], 'hex') } });

  test('answers 200 when what was sent is in the inbox', async () => {
    const answer = await post(route, '/webhooks/wms-north', signed('{}'));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ outcomes: [{ eventId: 'm-1', outcome: 'ACCEPTED' }] });
    expect(await published()).toBe(1);
  });

  test('answers 200 to a repeat and to a conflict, which sending again would not mend', async () => {
    await post(route, '/webhooks/wms-north', signed('{}'));
    expect((await post(route, '/webhooks/wms-north', signed('{}'))).status).toBe(200);
    normalised = async () => [{ ...adjustment, occurredAtMs: 1 }];
    const answer = await post(route, '/webhooks/wms-north', signed('{}'));
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([200, { outcomes: [{ outcome: 'CONFLICT' }] }]);
  });

  test.each([[{}], [{ 'x-signature': '' }], [{ 'x-signature': hmacSha256('other', ['{}'], 'hex') }]])(
    'answers 401 to the signature %p and changes nothing',
    async (headers) => {
      const answer = await post(route, '/webhooks/wms-north', { body: '{}', headers });
      expect([answer.status, codeOf(answer)]).toEqual([401, 'INVALID_SIGNATURE']);
      expect(await published()).toBe(0);
    },
  );

  test('answers 404 for a system that it does not know, 405 to other methods, 413 beyond its limit', async () => {
    expect((await post(route, '/webhooks/wms-south', signed('{}'))).status).toBe(404);
    expect((await post(route, '/webhooks/constructor', signed('{}'))).status).toBe(404);
    expect((await post(route, '/webhooks/wms-north', { ...signed('{}'), method: 'GET' })).status).toBe(405);
    const answer = await post(route, '/webhooks/wms-north', signed('x'.repeat(101)));
    expect([answer.status, codeOf(answer)]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(await published()).toBe(0);
  });

  test('echoes the token of a handshake as plain text', async () => {
    const answer = await post(route, '/webhooks/wms-north?validationToken=abc%20123', {});
    expect(answer).toEqual({ status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'abc 123' });
  });

  test.each([
    [new UpstreamUnavailable('wms-north'), 503, 'UPSTREAM_UNAVAILABLE'],
    [new Obstacle('OVERLOADED', 'Too much waits.'), 503, 'OVERLOADED'],
    [new UpstreamRejected('wms-north', { status: 401, words: 'no' }), 502, 'UPSTREAM_REJECTED'],
    [new TypeError('a bug'), 500, 'INTERNAL_SERVER_ERROR'],
  ])('asks for a repeat when %s is in the way', async (obstacle, status, code) => {
    normalised = async () => {
      throw obstacle;
    };
    const answer = await post(route, '/webhooks/wms-north', signed('{}'));
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(answer.body).not.toContain('a bug');
  });

  test('asks for a repeat when the storage refuses', async () => {
    await platform.close();
    const answer = await post(route, '/webhooks/wms-north', signed('{}'));
    expect(answer.status).toBeGreaterThanOrEqual(500);
  });
});

describe('POST /ingest/<source>', () => {
  let identity: Identity;
  let route: EdgeRoute;

  beforeEach(() => {
    identity = { subject: 'feeder', clientId: 'feeder', scopes: ['ingest:write'], stores: '*' };
    route = createIngestEndpoint({
      inbox,
      platform,
      bodyBytesMax: 10_000,
      reservedSources: ['wms-north'],
      authenticate: async ({ headers }) => {
        if (headers['authorization'] === 'Bearer good') return identity;
        throw new Refusal('UNAUTHENTICATED', 'No token.');
      },
    });
  });

  const headers = { authorization: 'Bearer good' };
  const send = (body: unknown, path = '/ingest/online-retail'): Promise<EdgeAnswer> =>
    post(route, path, { headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const fact = { eventId: 'e-1', type: 'stock-adjusted', occurredAt: '2026-01-05T09:00:00.000Z', data: ADJUSTMENT };

  test('answers an outcome per message', async () => {
    const answer = await send({
      messages: [
        fact,
        { ...fact, eventId: 'e-2', data: { location: 'DC-1', lines: [] } },
        { eventId: 'e-3', type: 'unreadable', reason: 'zero price', raw: { row: 3 } },
        { ...fact, eventId: 'e-4', type: 'moon-landed' },
        fact,
      ],
    });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      outcomes: [
        { eventId: 'e-1', outcome: 'ACCEPTED' },
        { eventId: 'e-2', outcome: 'QUARANTINED', reason: expect.stringContaining('/lines') },
        { eventId: 'e-3', outcome: 'QUARANTINED', reason: 'zero price' },
        { eventId: 'e-4', outcome: 'QUARANTINED', reason: 'There is no fact "moon-landed".' },
        { eventId: 'e-1', outcome: 'DUPLICATE' },
      ],
    });
    expect(await published()).toBe(1);
    expect(await inbox.quarantined({ source: 'online-retail', first: 10 })).toHaveLength(3);
  });

  test('says what became of each fact of stock in the ledger when it is asked to wait', async () => {
    const asked: unknown[] = [];
    const parkedLines = [{ lineId: '1', code: 'UNKNOWN_SKU', message: 'No SKU B is registered.' }];
    const states = new Map([['e-2', { eventId: 'e-2', state: 'PARKED', parkedLines }]]);
    const stop = platform.rpc.serve('stockwire-rpc.inventory.fact-outcomes', async ({ payload }) => {
      const { system, eventIds } = payload as { system: string; eventIds: string[] };
      asked.push([system, eventIds]);
      const outcomes = eventIds.map((eventId) => {
        const told = states.get(eventId) ?? { eventId, state: 'PENDING', parkedLines: [] };
        // Settled at the second question.
        states.set(eventId, { eventId, state: 'RECORDED', parkedLines: [], ...states.get(eventId) });
        return told;
      });
      return { outcomes };
    });
    const location = { location: 'L', name: 'L', type: 'STORE', timeZone: 'UTC', capabilities: [] };
    const messages = [
      fact,
      { ...fact, eventId: 'e-2' },
      { ...fact, eventId: 'e-3', data: {} },
      { ...fact, eventId: 'e-4', type: 'location-recorded', data: location },
    ];
    const answer = await send({ messages }, '/ingest/online-retail?waitMs=5000');
    stop();

    expect(JSON.parse(answer.body)).toEqual({
      outcomes: [
        { eventId: 'e-1', outcome: 'ACCEPTED', ledger: { state: 'RECORDED' } },
        { eventId: 'e-2', outcome: 'ACCEPTED', ledger: { state: 'PARKED', parkedLines } },
        { eventId: 'e-3', outcome: 'QUARANTINED', reason: expect.any(String) },
        { eventId: 'e-4', outcome: 'ACCEPTED' },
      ],
    });
    expect(asked).toEqual([
      ['online-retail', ['e-1', 'e-2']],
      ['online-retail', ['e-1']],
    ]);
  });

  test('answers PENDING when the ledger does not answer in time, and refuses a wait beyond the bound', async () => {
    const answer = await send({ messages: [fact] }, '/ingest/online-retail?waitMs=50');
    expect(JSON.parse(answer.body)).toEqual({
      outcomes: [{ eventId: 'e-1', outcome: 'ACCEPTED', ledger: { state: 'PENDING' } }],
    });
    for (const waitMs of ['10001', '-1', 'x', '']) {
      expect(codeOf(await send({ messages: [fact] }, `/ingest/online-retail?waitMs=${waitMs}`))).toBe('BAD_USER_INPUT');
    }
  });

  test('takes back what a feeder wrote', async () => {
    const unreadable = { eventId: 'm-2', reason: 'zero price', raw: { a: 1 } };
    const messages = [ingestMessageOf(adjustment), ingestMessageOf(unreadable)];
    expect(JSON.parse((await send({ messages })).body)).toMatchObject({
      outcomes: [
        { eventId: 'm-1', outcome: 'ACCEPTED' },
        { eventId: 'm-2', outcome: 'QUARANTINED' },
      ],
    });
    expect(await inbox.receive('online-retail', [adjustment])).toMatchObject([{ outcome: 'DUPLICATE' }]);
  });

  test('refuses a caller without a token or without the scope', async () => {
    const anonymous = await post(route, '/ingest/online-retail', { body: JSON.stringify({ messages: [fact] }) });
    expect([anonymous.status, codeOf(anonymous)]).toEqual([401, 'UNAUTHENTICATED']);
    identity = { ...identity, scopes: ['products:read'] };
    const powerless = await send({ messages: [fact] });
    expect([powerless.status, codeOf(powerless)]).toEqual([403, 'FORBIDDEN']);
    expect(await published()).toBe(0);
  });

  test('refuses to speak for a connected system', async () => {
    const answer = await send({ messages: [fact] }, '/ingest/wms-north');
    expect([answer.status, codeOf(answer)]).toEqual([403, 'FORBIDDEN']);
  });

  test.each([
    ['not JSON', '{'],
    ['no messages', {}],
    ['a message without an id', { messages: [{ ...fact, eventId: '' }] }],
    ['a message with members that nobody knows', { messages: [{ ...fact, extra: 1 }] }],
    ['a time that is none', { messages: [{ ...fact, occurredAt: 'yesterday' }] }],
  ])('refuses a body with %s and takes nothing of it', async (_what, body) => {
    const answer = await send(body);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_USER_INPUT']);
    expect(await published()).toBe(0);
  });

  test('refuses a body beyond its limit, a path without a source and other methods', async () => {
    expect((await send(' '.repeat(10_001))).status).toBe(413);
    expect((await send({ messages: [] }, '/ingest/Not%20a%20source')).status).toBe(404);
    expect((await post(route, '/ingest/online-retail', { headers, method: 'GET' })).status).toBe(405);
  });
});
