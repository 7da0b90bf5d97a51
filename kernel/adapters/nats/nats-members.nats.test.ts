import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { waitFor } from '../../testing/wait-for.ts';
import type { NatsConnection } from './nats-connection.ts';
import { NatsMembers } from './nats-members.ts';
import { describeNats } from './testing/describe-nats.ts';
import { openTestServer, type TestServer } from './testing/open-test-server.ts';

const [A, B] = ['http://a:4000', 'http://b:4000'] as const;
const LIMITS = { memberAskMs: 50, memberMissesMax: 3, pingMs: 200 };

describeNats('members', (binary) => {
  let running: TestServer;
  let watching: NatsMembers;
  let watcher: NatsConnection;
  let told: (readonly string[])[];
  const open: NatsMembers[] = [];

  const connect = async (): Promise<{ readonly members: NatsMembers; readonly connection: NatsConnection }> => {
    const connection = await running.connect({ limits: LIMITS });
    const members = new NatsMembers(connection);
    open.push(members);
    return { members, connection };
  };
  const now = (): readonly string[] => told.at(-1) ?? [];

  beforeEach(async () => {
    running = await openTestServer(binary);
    told = [];
    ({ members: watching, connection: watcher } = await connect());
  });
  afterEach(async () => {
    for (const members of open.splice(0)) members.close();
    await running.end();
  });

  const watch = (): (() => void) => watching.watch('orders', (urls) => void told.push(urls));

  test('that were there before the watcher and that come later are told of', async () => {
    const [a, b] = [await connect(), await connect()];
    a.members.announce(['orders', 'returns'], A);
    watch();
    await waitFor(() => now().length === 1, 'the one that was there');
    b.members.announce(['orders'], B);
    await waitFor(() => now().length === 2, 'the one that came');
    expect(told).toEqual([[A], [A, B]]);
    const returns: (readonly string[])[] = [];
    watching.watch('returns', (urls) => void returns.push(urls));
    expect(returns).toEqual([[A]]);
  });

  test('that leave in order are told of at once, and those that end without a word when they were silent', async () => {
    const [a, b] = [await connect(), await connect()];
    const leave = a.members.announce(['orders'], A);
    b.members.announce(['orders'], B);
    watch();
    await waitFor(() => now().length === 2, 'both');
    leave();
    await waitFor(() => now().length === 1, 'the one that stays');
    expect(now()).toEqual([B]);
    await b.connection.parts.client.close();
    await waitFor(() => now().length === 0, 'nobody');
    expect(told.at(-2)).toEqual([B]);
  });

  test('are not forgotten while the servers hang or are away, and told of when they are back', async () => {
    const a = await connect();
    a.members.announce(['orders'], A);
    watch();
    await waitFor(() => now().length === 1, 'the one that was there');
    let lost = 0;
    watcher.onReconnect(() => lost++);
    // Long enough for the driver to give the connection up, which is many rounds.
    running.server.pause();
    await waitFor(() => !watcher.isConnected, 'the connection to be lost');
    running.server.resume();
    await waitFor(() => lost > 0, 'the connection to be back');
    expect(told).toEqual([[A]]);
    const b = await connect();
    b.members.announce(['orders'], B);
    await waitFor(() => now().length === 2, 'the one that came after it');
  });

  test('tell nobody who watches no more, and nonsense is no member', async () => {
    const stop = watch();
    const a = await connect();
    const { client } = a.connection.parts;
    for (const text of ['', 'nonsense', '{}', '{"services":["orders"],"url":"no address"}', '{"services":"orders"}']) {
      client.publish('stockwire-members.here', text);
    }
    a.members.announce(['orders'], A);
    await waitFor(() => now().length === 1, 'the one that is there');
    expect(told).toEqual([[A]]);
    stop();
    const other: (readonly string[])[] = [];
    watching.watch('orders', (urls) => void other.push(urls));
    a.members.announce(['orders'], B);
    await waitFor(() => other.at(-1)?.length === 2, 'what the other watcher hears');
    expect(told).toEqual([[A]]);
  });
});
