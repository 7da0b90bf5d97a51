import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FakeClock } from '../../testing/fake-clock.ts';
import type { NatsLimits } from './nats-limits.ts';
import { NatsRpc } from './nats-rpc.ts';
import { describeNats } from './testing/describe-nats.ts';
import { openTestServer, type TestServer } from './testing/open-test-server.ts';

const MAX_PAYLOAD_BYTES = 65_536;
const OPTIONS = { timeoutMs: 10_000, correlationId: 'c' };

describeNats('answers longer than max_payload', (binary) => {
  let running: TestServer;
  let tests = 0;
  beforeAll(async () => {
    running = await openTestServer(binary, { maxPayloadBytes: MAX_PAYLOAD_BYTES });
  });
  afterAll(() => running.end());

  /** A process that answers with as many characters as it is asked for, and one that asks. */
  const open = async (limits: Partial<NatsLimits> = {}) => {
    const prefix = `t${++tests}-`;
    const clock = new FakeClock();
    const [server, client] = await Promise.all([
      running.connect({ prefix, limits, clock }),
      running.connect({ prefix }),
    ]);
    const subject = 'stockwire-rpc.test.tell';
    const stop = new NatsRpc(server).serve(subject, async ({ payload }) => textOf(Number(payload)));
    await server.parts.client.flush();
    const rpc = new NatsRpc(client);
    return { server, client, clock, stop, ask: (length: number) => rpc.request(subject, length, OPTIONS) };
  };

  test('come whole, whatever their length, also many at once', async () => {
    const { ask } = await open();
    const lengths = [0, MAX_PAYLOAD_BYTES - 10, MAX_PAYLOAD_BYTES, 2 * 49_152 - 4, 300_000, 1_000_000, 9];
    const answers = await Promise.all(lengths.map((length) => ask(length)));
    expect(answers.map((answer) => String(answer).length)).toEqual(lengths);
    expect(answers).toEqual(lengths.map((length) => textOf(length)));
  });

  test('are refused beyond their own bound, and beyond that of all that are kept', async () => {
    const { ask, client } = await open({ rpcAnswerBytesMax: 250_000, rpcKeptBytesMax: 300_000 });
    await expect(ask(200_000)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { limit: 'rpcAnswerBytesMax' },
    });
    // Whoever asked does not fetch the rest.
    await client.parts.client.request(client.named('stockwire-rpc.test.tell'), JSON.stringify(['c', 150_000]));
    await expect(ask(150_000)).rejects.toMatchObject({ code: 'OVERLOADED', details: { limit: 'rpcKeptBytesMax' } });
  });

  test('make room when they were fetched, and when nobody fetches them in time', async () => {
    const { ask, client, clock } = await open({ rpcKeptBytesMax: 300_000, rpcKeptMs: 1_000 });
    for (let n = 0; n < 5; n++) await ask(200_000);
    await client.parts.client.request(client.named('stockwire-rpc.test.tell'), JSON.stringify(['c', 200_000]));
    await expect(ask(200_000)).rejects.toMatchObject({ code: 'OVERLOADED' });
    clock.advance(1_001);
    await expect(ask(200_000)).resolves.toHaveLength(200_000);
  });

  test('whose owner dies or forgets half-way are an obstacle', async () => {
    for (const [what, limits] of [
      ['dies', {}],
      ['forgets', { rpcKeptMs: 1_000 }],
    ] as const) {
      const { ask, client, server, clock } = await open(limits);
      const core = client.parts.client;
      const request = core.request.bind(core);
      let asked = 0;
      core.request = async (...args) => {
        if (++asked === 3 && what === 'dies') await server.close();
        if (asked === 3 && what === 'forgets') clock.advance(1_001);
        return request(...args);
      };
      await expect(ask(300_000)).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
      expect(asked).toBe(3);
    }
  });
});

/** No part of it is like another. */
function textOf(length: number): string {
  const numbers = Array.from({ length: Math.ceil(length / 8) }, (_, n) => String(n).padStart(8, 'ä'));
  return numbers.join('').slice(0, length);
}
