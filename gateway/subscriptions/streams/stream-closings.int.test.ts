import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Identity } from '../../../kernel/model/identity.ts';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import { SUBSCRIPTION_LIMITS } from '../subscription-limits.ts';
import { CALLERS, openLiveGateway, type LiveGateway } from '../testing/live-gateway.ts';

/** Each stream is counted once when it closes, by the reason that an operator has to know. */

const LIVE = 'subscription { availabilityChanged(channel: "WEB") { cursor changes { key } } }';
const TOKEN_MS = 60_000;

let gateway: LiveGateway;
beforeEach(async () => {
  gateway = await openLiveGateway();
  const agent = CALLERS['agent'] as Identity;
  gateway.addCaller('clerk', { ...agent, expiresAtMs: gateway.clock.nowMs() + TOKEN_MS });
});
afterEach(() => gateway.close());

async function open(query: string): Promise<IncomingMessage> {
  const request = httpRequest(gateway.url.replace('ws', 'http'), {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: 'Bearer clerk' },
  });
  request.end(JSON.stringify({ query }));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  // Being cut off is what is tested.
  response.on('error', () => undefined);
  return response.resume();
}

const reasons = (): unknown[] =>
  gateway.telemetry.counts.filter(({ name }) => name === 'stream_closed_total').map(({ labels }) => labels?.['reason']);

test.each([
  ['client', LIVE, (response: IncomingMessage) => void response.destroy()],
  ['completed', '{ __typename }', () => undefined],
  ['token', LIVE, () => gateway.clock.advance(TOKEN_MS)],
  ['restart', LIVE, () => void gateway.subscriptions.close()],
])('a stream that ends by %s is counted so', async (reason, query, end) => {
  const response = await open(query);
  end(response);
  await waitFor(() => reasons().length > 0, 'the end');
  expect(reasons()).toEqual([reason]);
});

test('what has not been handed on of an open stream is told now and then', async () => {
  const response = await open(LIVE);
  await waitFor(() => gateway.subscriptions.groupCount === 1, 'the subscription');
  gateway.clock.advance(TOKEN_MS / 2);
  const observed = gateway.telemetry.observations.filter(({ name }) => name === 'stream_unsent_bytes');
  expect(observed.length).toBeGreaterThan(0);
  for (const { value } of observed) expect(value).toBeLessThan(SUBSCRIPTION_LIMITS.unreadBytesMax);
  response.destroy();
});
