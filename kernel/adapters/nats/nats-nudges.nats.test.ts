import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { waitFor } from '../../testing/wait-for.ts';
import { NatsNudges } from './nats-nudges.ts';
import { describeNats } from './testing/describe-nats.ts';
import { openTestServer, type TestServer } from './testing/open-test-server.ts';

describeNats('nudges', (binary) => {
  let running: TestServer;
  beforeEach(async () => {
    running = await openTestServer(binary);
  });
  afterEach(() => running.end());

  test('reach every process that hears them, until it stops', async () => {
    const [telling, hearing] = [await running.connect({}), await running.connect({})];
    const nudges = new NatsNudges(telling);
    const heard: string[] = [];
    const stop = new NatsNudges(hearing).hear((name) => heard.push(name));
    // A server knows who hears when it has answered.
    await hearing.parts.client.flush();
    nudges.tell('orders');
    await waitFor(() => heard.length === 1);
    stop();
    await hearing.parts.client.flush();
    nudges.tell('returns');
    await telling.parts.client.flush();
    await hearing.parts.client.flush();
    expect(heard).toEqual(['orders']);
  });
});
