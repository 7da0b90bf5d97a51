import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import type { DomainError } from '../../kernel/model/errors.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { bearerToken, clientCredentials } from './authorisation.ts';
import { createHttpClient, type HttpClient, type HttpClientOptions } from './http-client.ts';
import type { HttpRequest } from './http-exchange.ts';
import type { HttpLimits } from './http-limits.ts';
import { startScriptedServer, type ScriptedServer } from './testing/scripted-server.ts';
import type { PaceAnswer } from './vendor-pace.ts';
import { UpstreamRejected, UpstreamTimeout, UpstreamUnavailable } from './upstream-errors.ts';

const clock = new SystemClock();
const QUICK: Partial<HttpLimits> = {
  attemptTimeoutMs: 20_000,
  backoffMinMs: 1,
  backoffMaxMs: 2,
  attemptsMax: 3,
  retryAfterMsMax: 1_500,
  breakerFailures: 100,
};
const GET: HttpRequest = { method: 'GET', path: '/things', isIdempotent: true };
const POST: HttpRequest = { method: 'POST', path: '/things', json: { a: 1 }, isIdempotent: false };

let server: ScriptedServer;
let clients: HttpClient[] = [];

beforeEach(async () => {
  server = await startScriptedServer();
  clients = [];
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await Promise.all(clients.map((client) => client.close()));
});

function connect(limits: Partial<HttpLimits> = {}, more: Partial<HttpClientOptions> = {}): HttpClient {
  const client = createHttpClient({
    system: 'erp-main',
    baseUrl: server.url,
    limits: { ...QUICK, ...limits },
    clock,
    ...more,
  });
  clients.push(client);
  return client;
}

const failureOf = (call: Promise<unknown>): Promise<DomainError> =>
  call.then(
    () => Promise.reject(new Error('the call did not fail')),
    (error: DomainError) => error,
  );

describe('the HTTP client', () => {
  test('tells what the system says of how often it may be asked, with each answer and with the failure at the end', async () => {
    const heard: PaceAnswer[] = [];
    server.answer(
      { status: 200, headers: { 'x-ratelimit-remaining': '3' }, json: {} },
      { status: 429, headers: { 'retry-after': '40' }, json: {} },
    );
    const client = connect({}, { pace: { hear: (answer) => heard.push(answer) } });
    await client.request(GET);
    expect((await failureOf(client.request(GET))).details).toMatchObject({ status: 429, retryAfterMs: 40_000 });
    expect(heard.map(({ status }) => status)).toEqual([200, 429]);
    expect(heard[0]?.headers).toMatchObject({ 'x-ratelimit-remaining': '3' });
  });

  test('gives the JSON of an answer, and undefined for an empty one', async () => {
    server.answer({ json: { a: 1 } }, { status: 204, text: '' });
    const client = connect();
    expect(await client.request(GET)).toEqual({ status: 200, json: { a: 1 } });
    expect(await client.request(GET)).toEqual({ status: 204, json: undefined });
  });

  test('repeats an idempotent call that failed, up to its limit', async () => {
    server.answer({ status: 503 }, 'CUT', { json: { ok: true } });
    const client = connect();
    expect(await client.request(GET)).toMatchObject({ json: { ok: true } });
    server.answer({ status: 500, json: { error: { message: 'out of paper' } } });
    const failure = await failureOf(client.request(GET));
    expect(failure).toBeInstanceOf(UpstreamUnavailable);
    expect(failure).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
    expect(failure.details).toEqual({ system: 'erp-main', status: 500, words: 'out of paper' });
    expect(server.seen).toHaveLength(6);
  });

  test('does not repeat a call that may have been processed and is not idempotent', async () => {
    server.answer('CUT');
    expect(await failureOf(connect().request(POST))).toBeInstanceOf(UpstreamUnavailable);
    server.answer({ status: 503 });
    expect(await failureOf(connect().request(POST))).toBeInstanceOf(UpstreamUnavailable);
    expect(server.seen).toHaveLength(2);
  });

  test('repeats a call that was throttled, idempotent or not, after the wait that the system asks for', async () => {
    server.answer({ status: 429, headers: { 'retry-after': '1' } }, { json: { ok: true } });
    const startedMs = performance.now();
    expect(await connect().request(POST)).toMatchObject({ json: { ok: true } });
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(990);
    expect(server.seen).toHaveLength(2);
  });

  test('gives up at once when it is asked to wait for longer than the limit', async () => {
    server.answer({ status: 429, headers: { 'retry-after': '3600' } });
    const failure = await failureOf(connect().request(GET));
    expect(failure).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', details: { status: 429 } });
    expect(server.seen).toHaveLength(1);
  });

  test('tells no answer in time apart', async () => {
    server.answer('SILENCE');
    const failure = await failureOf(connect({ attemptTimeoutMs: 500, attemptsMax: 2 }).request(GET));
    expect(failure).toBeInstanceOf(UpstreamTimeout);
    expect(failure.code).toBe('UPSTREAM_TIMEOUT');
    expect(server.seen).toHaveLength(2);
  });

  test('ends a call when its whole time is over, whatever attempts are left', async () => {
    server.answer('SILENCE');
    const failure = await failureOf(connect({ callTimeoutMs: 50 }).request(GET));
    expect(failure).toMatchObject({ code: 'UPSTREAM_TIMEOUT', details: { limit: 'callTimeoutMs' } });
  });

  test('finds a system that is not there unavailable', async () => {
    const { url } = server;
    await server[Symbol.asyncDispose]();
    const client = connect({}, { baseUrl: url });
    expect(await failureOf(client.request(GET))).toBeInstanceOf(UpstreamUnavailable);
  });

  test('tells a refusal in the words of the system, shortened and without credentials, and never repeats it', async () => {
    server.answer({ status: 400, json: { errors: [{ code: 'X', detail: `Bearer s3cret is no ${'y'.repeat(500)}` }] } });
    const failure = await failureOf(connect().request(GET));
    expect(failure).toBeInstanceOf(UpstreamRejected);
    expect(failure.retryable).toBe(false);
    const { words, status } = failure.details as { words: string; status: number };
    expect(status).toBe(400);
    expect(words).toMatch(/^Bearer \*\*\* is no y+…$/);
    expect(words.length).toBeLessThanOrEqual(300);
    expect(server.seen).toHaveLength(1);
  });

  test('does not follow redirects, nor links to other origins', async () => {
    server.answer({ status: 302, headers: { location: 'http://127.0.0.1:1/' } });
    expect(await failureOf(connect().request(GET))).toMatchObject({
      code: 'UPSTREAM_REJECTED',
      details: { status: 302 },
    });
    const elsewhere = { ...GET, path: 'http://127.0.0.1:1/next' };
    expect(await failureOf(connect().request(elsewhere))).toBeInstanceOf(UpstreamUnavailable);
    expect(server.seen).toHaveLength(1);
  });

  test('refuses an answer beyond its size, and one that is not JSON', async () => {
    server.answer({ json: 'x'.repeat(5_000) });
    const failure = await failureOf(connect({ responseBytesMax: 1_000 }).request(GET));
    expect(failure).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      details: { words: expect.stringContaining('responseBytesMax') },
    });
    server.answer({ text: '<html>' });
    expect(await failureOf(connect().request(GET))).toBeInstanceOf(UpstreamUnavailable);
    expect(server.seen).toHaveLength(2);
  });

  test('stops asking a system that keeps failing, and asks again later', async () => {
    const client = connect({ attemptsMax: 1, breakerFailures: 3, breakerOpenMs: 100 });
    server.answer({ status: 500 });
    for (let call = 0; call < 3; call++) await failureOf(client.request(GET));
    expect(await failureOf(client.request(GET))).toMatchObject({ details: { breaker: 'open' } });
    expect(server.seen).toHaveLength(3);
    server.answer({ json: { ok: true } });
    await waitFor(() => client.request(GET), 'the breaker');
    expect(server.seen).toHaveLength(4);
  });

  test('takes no refusal for a failure of the system', async () => {
    const client = connect({ breakerFailures: 2 });
    server.answer({ status: 404 });
    for (let call = 0; call < 5; call++) {
      expect(await failureOf(client.request(GET))).toMatchObject({ code: 'UPSTREAM_REJECTED' });
    }
    expect(server.seen).toHaveLength(5);
  });

  test('keeps calls waiting while as many as allowed are under way, and refuses more than may wait', async () => {
    const client = connect({ concurrentMax: 1, queuedMax: 1, callTimeoutMs: 1_000 });
    server.answer('SILENCE');
    const calls = [1, 2, 3].map(() => failureOf(client.request(GET)));
    expect((await Promise.all(calls)).map(({ details }) => details['limit'])).toEqual([
      'callTimeoutMs',
      'callTimeoutMs',
      'queuedMax',
    ]);
    expect(server.seen).toHaveLength(1);
  });

  test('repeats an answer that asks to be tried again', async () => {
    server.answer({ json: { part: 503 } }, { json: { part: 200 } });
    const isTransient = (json: unknown): boolean => (json as { part: number }).part === 503;
    expect(await connect().request({ ...GET, isTransient })).toMatchObject({ json: { part: 200 } });
  });

  test('repeats what surely was not done, also where a repeat would do it twice', async () => {
    server.answer({ json: { lock: 'lost' } }, { json: { lock: 'had' } });
    const isUnprocessed = (json: unknown): boolean => (json as { lock: string }).lock === 'lost';
    const asked = { ...GET, method: 'POST', isIdempotent: false, isUnprocessed } as const;
    expect(await connect().request(asked)).toMatchObject({ json: { lock: 'had' } });
    expect(server.seen).toHaveLength(2);
  });

  test('fetches a new token once when the system refuses the old one', async () => {
    const open = connect();
    const authorisation = clientCredentials(
      { http: open, system: 'erp-main' },
      { clientId: 'id', clientSecret: 'secret', tokenPath: '/token' },
      clock,
    );
    const client = connect({}, { authorisation });
    const token = (name: string) => ({ json: { access_token: name, expires_in: 300 } });
    server.answer(token('first'), { status: 401 }, token('second'), { json: { ok: true } });
    expect(await client.request(GET)).toMatchObject({ json: { ok: true } });
    expect(server.seen.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/token', undefined],
      ['/things', 'Bearer first'],
      ['/token', undefined],
      ['/things', 'Bearer second'],
    ]);
    expect(server.seen[0]?.body).toBe('grant_type=client_credentials&client_id=id&client_secret=secret');
  });

  test('tells a token that is refused for good', async () => {
    server.answer({ status: 401, json: { error: 'invalid token' } });
    const failure = await failureOf(connect({}, { authorisation: bearerToken('s3cret') }).request(GET));
    expect(failure).toMatchObject({ code: 'UPSTREAM_REJECTED', details: { status: 401 } });
    expect(JSON.stringify(failure.details)).not.toContain('s3cret');
  });
});
