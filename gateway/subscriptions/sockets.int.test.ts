import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { CALLERS, openLiveGateway, type LiveGateway } from './testing/live-gateway.ts';
import { LiveView, type ReceivedFrame } from './testing/live-view.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';

/** What PROTOCOL.md says of sockets: who may open one, how it is closed, what a slow one gets. */

const AVAILABILITY = `subscription ($after: ChangeCursor) {
  availabilityChanged(channel: "WEB", after: $after) { cursor reset changes { key version deleted available } }
}`;

let gateway: LiveGateway;
let open: WebSocket[];

beforeEach(async () => {
  gateway = await openLiveGateway();
  open = [];
});

afterEach(async () => {
  for (const socket of open) socket.terminate();
  await gateway.close();
});

async function reopen(limits: Partial<SubscriptionLimits>): Promise<void> {
  await gateway.close();
  gateway = await openLiveGateway(limits);
}

function rawSocket(headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(gateway.url, 'graphql-transport-ws', { headers });
  open.push(socket);
  return socket;
}

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** A socket that has been acknowledged, and what it receives. */
async function rawClient(token?: string): Promise<{ readonly socket: WebSocket; readonly received: Message[] }> {
  const socket = rawSocket();
  const received: Message[] = [];
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as Message));
  await once(socket, 'open');
  const payload = token === undefined ? {} : { payload: { authorization: `Bearer ${token}` } };
  socket.send(JSON.stringify({ type: 'connection_init', ...payload }));
  await waitFor(() => received.length === 1, 'the acknowledgement');
  return { socket, received };
}

const subscribe = (id: string, query = AVAILABILITY, variables = {}): string =>
  JSON.stringify({ id, type: 'subscribe', payload: { query, variables } });

async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number];
  return code;
}

const stock = (sku: string, available: string): Record<string, unknown> => ({
  sku,
  channel: 'WEB',
  categories: [],
  available,
  band: 'OK',
});

describe('a socket', () => {
  test('is refused with 4403 when its token is not valid', async () => {
    const live = new LiveView(gateway.connect('forged'), AVAILABILITY);
    expect(await live.end()).toMatchObject({ code: 4403 });
  });

  test('takes its token from the header of the upgrade when connection_init has none', async () => {
    const socket = rawSocket({ authorization: 'Bearer forged' });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    expect(await closeCode(socket)).toBe(4403);
  });

  test('is closed with 4403 when its token ends', async () => {
    const expiresAtMs = gateway.clock.nowMs() + 5_000;
    gateway.addCaller('short', { ...(CALLERS['agent'] as (typeof CALLERS)[string]), expiresAtMs });
    const live = new LiveView(gateway.connect('short'), AVAILABILITY);
    await live.frame(1);
    gateway.clock.advance(5_000);
    expect(await live.end()).toMatchObject({ code: 4403 });
  });

  describe('whose ping brings a token', () => {
    const AGENT = CALLERS['agent'];
    const ping = (token: string) => JSON.stringify({ type: 'ping', payload: { authorization: `Bearer ${token}` } });

    async function openBrief(): Promise<Awaited<ReturnType<typeof rawClient>>> {
      if (!AGENT) throw new Error('There is no agent.');
      gateway.addCaller('brief', { ...AGENT, expiresAtMs: gateway.clock.nowMs() + 10_000 });
      return rawClient('brief');
    }

    test('goes on when that token has all its rights', async () => {
      const { socket, received } = await openBrief();
      socket.send(ping('agent'));
      await waitFor(() => received.some(({ type }) => type === 'pong'), 'the pong');
      expect(JSON.stringify(received)).not.toContain('Bearer');
      gateway.clock.advance(10_000);
      socket.send(subscribe('1'));
      await waitFor(() => received.some(({ type }) => type === 'next'), 'the snapshot');
    });

    test('before the first one is accepted is answered, and goes on with the first', async () => {
      const gate = Promise.withResolvers<void>();
      gateway.beforeAuthenticating = () => gate.promise;
      const socket = rawSocket();
      const received: Message[] = [];
      socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as Message));
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: 'Bearer agent' } }));
      socket.send(ping('store'));
      await waitFor(() => received.length === 1, 'the pong');
      gate.resolve();
      await waitFor(() => received.length === 2, 'the acknowledgement');
      expect(received.map(({ type }) => type)).toEqual(['pong', 'connection_ack']);
      socket.send(subscribe('1'));
      await waitFor(() => received.some(({ type }) => type === 'next'), 'the snapshot');
    });

    test.each(['unknown', 'shopper', 'store'])('is closed with 4403 when it is that of %s', async (token) => {
      const { socket } = await openBrief();
      socket.send(ping(token));
      const [code] = (await once(socket, 'close')) as [number];
      expect(code).toBe(4403);
    });
  });

  test('that says nothing is closed with 4408', async () => {
    await reopen({ initTimeoutMs: 20 });
    expect(await closeCode(rawSocket())).toBe(4408);
  });

  test('that speaks another protocol is closed with 4406', async () => {
    const socket = new WebSocket(gateway.url);
    open.push(socket);
    expect(await closeCode(socket)).toBe(4406);
  });

  test('that sends too long a message is closed with 1009', async () => {
    await reopen({ payloadBytesMax: 1_000 });
    const { socket } = await rawClient();
    socket.send('x'.repeat(1_001));
    expect(await closeCode(socket)).toBe(1009);
  });

  test('that does not answer pings is ended', async () => {
    const socket = rawSocket();
    await once(socket, 'open');
    socket.pong = () => undefined;
    const closed = closeCode(socket);
    gateway.clock.advance(12_000);
    gateway.clock.advance(12_000);
    expect(await closed).toBe(1006);
  });

  test('beyond connectionsMax is not opened', async () => {
    await reopen({ connectionsMax: 1 });
    await once(rawSocket(), 'open');
    const [error] = (await once(rawSocket(), 'error')) as [Error];
    expect(error.message).toContain('503');
  });

  test('carries at most subscriptionsPerConnectionMax operations', async () => {
    await reopen({ subscriptionsPerConnectionMax: 1 });
    const { socket, received } = await rawClient();
    socket.send(subscribe('1'));
    await waitFor(() => received.length === 2, 'the snapshot');
    socket.send(subscribe('2'));
    const error = await waitFor(() => received.find(({ type }) => type === 'error'), 'the error');
    expect(error).toMatchObject({ id: '2', payload: [{ extensions: { code: 'OPERATION_LIMIT_EXCEEDED' } }] });
    socket.send(JSON.stringify({ id: '1', type: 'complete' }));
    await waitFor(() => gateway.subscriptions.groupCount === 0, 'room');
    socket.send(subscribe('3'));
    await waitFor(() => received.some(({ id, type }) => id === '3' && type === 'next'), 'the third');
  });

  test('leaves nothing behind when it breaks', async () => {
    const { socket, received } = await rawClient();
    socket.send(subscribe('1'));
    await waitFor(() => received.length === 2, 'the snapshot');
    socket.terminate();
    await waitFor(
      () => gateway.subscriptions.connectionCount === 0 && gateway.subscriptions.groupCount === 0,
      'nothing',
    );
    // What questions to owners are timed by goes by itself; whatever keeps itself going would stay.
    gateway.clock.advance(60_000);
    expect(gateway.clock.pending).toBe(0);
  });
});

describe('queries and mutations over a socket', () => {
  test('are answered as over HTTP', async () => {
    gateway.answer = () => ({ data: { order: { id: 'o1' } } });
    const client = gateway.connect('shopper');
    const answers: unknown[] = [];
    for await (const answer of client.iterate({ query: '{ order(id: "o1") { id } }' })) answers.push(answer);
    expect(answers).toEqual([{ data: { order: { id: 'o1' } } }]);
    expect(gateway.fetched).toMatchObject([{ service: 'orders', identity: { customer: 'C1' } }]);
  });

  test('are refused with the errors of the request', async () => {
    const iterator = gateway.connect().iterate({ query: '{ nothing }' });
    await expect(iterator.next()).rejects.toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  });
});

describe('a client that reads too slowly', () => {
  const LIMITS = { unreadBytesMax: 20_000, stalledMsMax: 30_000 };
  const many = (round: number): Record<string, unknown>[] =>
    Array.from({ length: 100 }, (_, index) => stock(`SKU-${index}`, String(round)));

  /** Reads no more, and so does not answer pings either. */
  function stall(socket: WebSocket): () => void {
    socket.pause();
    return () => socket.resume();
  }

  test('is not sent more, and later gets the newest value of each key once', async () => {
    await reopen(LIMITS);
    const { socket, received } = await rawClient();
    const frames = (): ReceivedFrame[] =>
      received
        .filter(({ type }) => type === 'next')
        .map(({ payload }) => (payload as { data: { availabilityChanged: ReceivedFrame } }).data.availabilityChanged);
    const other = new LiveView(gateway.connect(), AVAILABILITY);
    await other.frame(1);
    socket.send(subscribe('1'));
    await waitFor(() => frames().length === 1, 'the snapshot');
    const goOn = stall(socket);
    for (let round = 1; round <= 20; round++) {
      gateway.inventory.change(many(round));
      await waitFor(() => other.state.get('SKU-0|WEB')?.['available'] === String(round), 'the other client');
    }
    expect(gateway.telemetry.total('subscription_slow_clients_total')).toBeGreaterThan(0);
    goOn();
    await waitFor(() => frames().at(-1)?.cursor === 'inventory:epoch00001.20', 'the newest');
    expect(frames().length).toBeLessThan(15);
    expect(
      frames()
        .at(-1)
        ?.changes.map(({ available }) => available),
    ).toEqual(Array(100).fill('20'));
    const versions = frames().flatMap(({ changes }) => changes.filter(({ key }) => key === 'SKU-7|WEB'));
    expect(versions.map(({ version }) => version)).toEqual(
      versions.map(({ version }) => version).sort((a, b) => a - b),
    );
    expect(frames().filter(({ reset }) => reset)).toHaveLength(1);
  });

  test('is ended when it stays so', async () => {
    await reopen({ ...LIMITS, keepAliveMs: 60_000 });
    const { socket, received } = await rawClient();
    socket.send(subscribe('1'));
    await waitFor(() => received.length === 2, 'the snapshot');
    const goOn = stall(socket);
    for (let round = 1; round <= 5; round++) {
      gateway.inventory.change(many(round));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await waitFor(() => gateway.telemetry.total('subscription_slow_clients_total') > 0, 'the stall');
    gateway.clock.advance(30_000);
    const closed = closeCode(socket);
    goOn();
    expect(await closed).toBe(1013);
    await waitFor(() => gateway.subscriptions.groupCount === 0, 'no group');
    // Comes again with the cursor of the last frame that it has read, and is told what it has missed, once.
    const read = received.filter(({ type }) => type === 'next').at(-1)?.payload as { extensions: { cursor: string } };
    const again = new LiveView(gateway.connect(), AVAILABILITY, { after: read.extensions.cursor });
    const frame = await again.frame(1);
    expect(frame).toMatchObject({ reset: false, cursor: 'inventory:epoch00001.5' });
    expect(frame.changes.map(({ available }) => available)).toEqual(Array(100).fill('5'));
  });
});

describe('a gateway that is stopped', () => {
  test('takes no more sockets and closes the others with 1012, a few at a time', async () => {
    const sockets = await Promise.all(Array.from({ length: 25 }, async () => (await rawClient()).socket));
    const codes: number[] = [];
    for (const socket of sockets) socket.on('close', (code) => codes.push(code));
    const closed = gateway.subscriptions.close();
    await waitFor(() => codes.length > 0, 'the first wave');
    expect(codes.length).toBeLessThan(25);
    const [error] = (await once(rawSocket(), 'error')) as [Error];
    expect(error.message).toContain('503');
    const pass = setInterval(() => gateway.clock.advance(10), 1);
    await closed;
    clearInterval(pass);
    await waitFor(() => codes.length === 25, 'all of them');
    expect(new Set(codes)).toEqual(new Set([1012]));
  });
});
