import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { CALLERS, openLiveGateway, type LiveGateway } from './testing/live-gateway.ts';
import { LiveView } from './testing/live-view.ts';

/** A token may lose what it gives before it ends. */

const ORDERS = `subscription ($after: ChangeCursor) {
  orderStatusChanged(after: $after) { cursor reset changes { key version deleted status } } }`;
const KEEP_ALIVE_MS = 1_000;
const HELD_MS = 3_000;

let gateway: LiveGateway;
let token: Identity;

beforeAll(async () => {
  gateway = await openLiveGateway({ keepAliveMs: KEEP_ALIVE_MS, rightsHeldMs: HELD_MS });
});

beforeEach(() => {
  token = { ...(CALLERS['store'] as Identity), stores: ['S1', 'S2'], expiresAtMs: gateway.clock.nowMs() + 3_600_000 };
  gateway.addCaller('clerk', token);
});

afterAll(() => gateway.close());

/** So slowly that every ping is answered. */
async function pass(ms: number, isOver: () => boolean = () => false): Promise<void> {
  for (let passedMs = 0; passedMs < ms && !isOver(); passedMs += KEEP_ALIVE_MS / 4) {
    gateway.clock.advance(KEEP_ALIVE_MS / 4);
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

function openStream(): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(gateway.url.replace('ws', 'http'), {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: 'Bearer clerk' },
    });
    request
      .on('response', resolve)
      .on('error', reject)
      .end(JSON.stringify({ query: ORDERS }));
  });
}

const withdrawals: readonly (readonly [string, () => void])[] = [
  ['a scope', () => gateway.addCaller('clerk', { ...token, scopes: token.scopes.filter((s) => s !== 'orders:read') })],
  ['a store', () => gateway.addCaller('clerk', { ...token, stores: ['S1'] })],
  ['the token itself', () => gateway.removeCaller('clerk')],
];

describe.each(withdrawals)('a caller who loses %s before the token ends', (_what, withdraw) => {
  test('is closed with 4403', async () => {
    const live = new LiveView(gateway.connect('clerk'), ORDERS);
    await live.frame(1);
    withdraw();
    let isOver = false;
    const ended = live.end().finally(() => (isOver = true));
    await pass(100 * HELD_MS, () => isOver);
    expect(await ended).toMatchObject({ code: 4403 });
    await waitFor(() => gateway.subscriptions.groupCount === 0, 'nobody');
  });

  test('is cut off from a stream without its being completed', async () => {
    const response = await openStream();
    let text = '';
    response.on('data', (part: Buffer) => (text += part.toString()));
    let isOver = false;
    const closed = once(response, 'error').finally(() => (isOver = true));
    await waitFor(() => text.includes('event: next'), 'the snapshot');
    withdraw();
    await pass(100 * HELD_MS, () => isOver);
    await closed;
    expect(text).not.toContain('event: complete');
  });
});

test('a caller whose rights hold goes on, also while its issuer cannot be asked', async () => {
  const live = new LiveView(gateway.connect('clerk'), ORDERS);
  await live.frame(1);
  await pass(2 * HELD_MS);
  let looks = 0;
  gateway.beforeAuthenticating = () => {
    looks++;
    return Promise.reject(new Obstacle('UPSTREAM_UNAVAILABLE', 'The issuer is away.', { source: 'jwks' }));
  };
  await pass(2 * HELD_MS);
  expect(looks).toBeGreaterThan(0);
  const lines = [{ line: 'l1', lineNo: 1, sku: 'A', location: 'S1', states: [] }];
  gateway.orders.change([
    { order: 'o1', channel: 'WEB', customer: 'C1', locations: ['S1'], status: 'RECEIVED', lines },
  ]);
  expect((await live.frame(2)).changes).toMatchObject([{ key: 'o1' }]);
});
