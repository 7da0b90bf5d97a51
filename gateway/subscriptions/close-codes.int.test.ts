import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { openLiveGateway, type LiveGateway } from './testing/live-gateway.ts';

/** What a client is told by the code with which it is closed; those of tokens, limits and drains are told elsewhere. */

let gateway: LiveGateway;
let socket: WebSocket;

beforeAll(async () => {
  gateway = await openLiveGateway();
});

afterEach(() => socket.terminate());
afterAll(() => gateway.close());

const INIT = '{"type":"connection_init"}';
const SUBSCRIBE = JSON.stringify({
  id: '1',
  type: 'subscribe',
  payload: { query: 'subscription { availabilityChanged(channel: "WEB") { cursor } }' },
});

/** Sends one message after the other, each when the one before was answered as often as it says. */
async function codeAfter(messages: readonly (readonly [text: string, answers: number])[]): Promise<number> {
  socket = new WebSocket(gateway.url, 'graphql-transport-ws');
  let received = 0;
  socket.on('message', () => received++);
  const closed = once(socket, 'close');
  await once(socket, 'open');
  let expected = 0;
  for (const [text, answers] of messages) {
    socket.send(text);
    expected += answers;
    await waitFor(() => received >= expected, `an answer to ${text}`);
  }
  const [code] = (await closed) as [number];
  return code;
}

describe('a socket is closed', () => {
  test.each([
    [4400, 'what it says is no message', [['{"type":"nothing"}', 0]]],
    [4400, 'what it says is no JSON', [['subscription', 0]]],
    [4401, 'it subscribes before it was acknowledged', [[SUBSCRIBE, 0]]],
    [
      4409,
      'two of its operations have one id',
      [
        [INIT, 1],
        [SUBSCRIBE, 1],
        [SUBSCRIBE, 0],
      ],
    ],
    [
      4429,
      'it begins twice',
      [
        [INIT, 1],
        [INIT, 0],
      ],
    ],
  ] as const)('with %d when %s', async (code, _what, messages) => {
    expect(await codeAfter(messages)).toBe(code);
  });

  test('with 4500 when the hub itself fails over what it says', async () => {
    jest.spyOn(gateway.telemetry, 'log').mockImplementationOnce(() => {
      throw new Error('The disk is full.');
    });
    const ping = JSON.stringify({ type: 'ping', payload: { authorization: 'Bearer unknown' } });
    expect(
      await codeAfter([
        [INIT, 1],
        [ping, 0],
      ]),
    ).toBe(4500);
  });
});
