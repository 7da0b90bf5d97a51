import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { trimStream } from '../../engine/trim-stream.ts';
import { openTestPlatform } from '../../testing/open-test-platform.ts';
import { SequentialIds } from '../../testing/sequential-ids.ts';
import { testEnvelope } from '../../testing/test-envelope.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { NatsStreams } from './nats-streams.ts';
import { describeNats } from './testing/describe-nats.ts';
import { openTestServer, type TestServer } from './testing/open-test-server.ts';

const STREAM = 'TEST_EVENTS';
const SUBJECT = 'stockwire.test.p00.thing';

describeNats('retention of a stream', (binary) => {
  let running: TestServer;
  beforeAll(async () => {
    running = await openTestServer(binary);
  });
  afterAll(() => running.end());

  test('takes out what every durable is through with, leaves the last state of each key, and consumers go on', async () => {
    const streams = new NatsStreams(await running.connect({ prefix: 'trim-' }));
    const platform = await openTestPlatform();
    const ids = new SequentialIds(17);
    const publish = (key: string, type: string) => streams.publish(STREAM, SUBJECT, testEnvelope(ids, key, {}, type));
    const consume = (durable: string, types: readonly string[], heard: string[]) =>
      streams.consume({
        durable,
        stream: STREAM,
        types,
        from: 'first',
        concurrencyMax: 4,
        deliveriesMax: 3,
        backoffMinMs: 1,
        backoffMaxMs: 4,
        handle: async ({ envelope }) => void heard.push(`${envelope.type} ${envelope.key}`),
      });
    const [happened, states]: [string[], string[]] = [[], []];
    const consumers = [
      await consume('happenings', ['thing-happened'], happened),
      await consume('states', ['thing-is'], states),
    ];
    for (let round = 0; round < 20; round++) {
      await publish(`k${round % 4}`, 'thing-is');
      await publish(`k${round}`, 'thing-happened');
    }
    await waitFor(async () => (await streams.doneByAll(STREAM)) === 40);
    const retention = { stream: STREAM, stateTypes: ['thing-is'], lastingTypes: [] };
    const options = { beforeMs: Date.now() + 1_000_000_000_000, limit: 15, archive: async () => undefined };
    const parts = { streams, documents: platform.documents };
    for (let looked = 15; looked === 15;) ({ looked } = await trimStream(parts, retention, options));
    const left = (await streams.read(STREAM, 0, 100)).map(
      ({ seq, envelope }) => `${seq} ${envelope.type} ${envelope.key}`,
    );
    expect(left).toEqual(['33 thing-is k0', '35 thing-is k1', '37 thing-is k2', '39 thing-is k3']);
    await publish('k9', 'thing-happened');
    await waitFor(() => happened.length === 21);
    expect(states).toHaveLength(20);
    const late: string[] = [];
    consumers.push(await consume('late', ['thing-is'], late));
    await waitFor(() => late.length === 4);
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    await streams.close();
    await platform.close();
  });
});
