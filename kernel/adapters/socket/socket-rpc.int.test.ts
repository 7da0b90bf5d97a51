import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../testing/fake-clock.ts';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { EMBEDDED_LIMITS } from '../embedded/embedded-limits.ts';
import { EmbeddedRpc } from '../embedded/embedded-rpc.ts';
import { SystemClock } from '../embedded/system-clock.ts';
import { UuidV7Ids } from '../embedded/uuid-v7-ids.ts';
import { FrameReader } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';
import { listenRpc, type ListenRpcOptions, type RpcListener } from './listen-rpc.ts';
import { RpcConnection, type RpcConnectionOptions } from './rpc-connection.ts';
import { FRAME } from './rpc-frame.ts';

const SECRET = 'a secret of more than thirty-two characters';
const SUBJECT = 'stockwire-rpc.test.do-thing';
const OPTIONS = { timeoutMs: 10_000, correlationId: 'corr-1' };
const TCP = { kind: 'tcp', host: '127.0.0.1', port: 0 } as const;

describe('requests over a socket', () => {
  let temporary: TemporaryDirectory;
  let telemetry: RecordingTelemetry;
  let local: EmbeddedRpc;
  const clock = new SystemClock();
  const closes: (() => Promise<void> | void)[] = [];

  beforeEach(async () => {
    temporary = await temporaryDirectory();
    telemetry = new RecordingTelemetry();
    local = new EmbeddedRpc(clock, EMBEDDED_LIMITS);
  });

  afterEach(async () => {
    for (const close of closes.splice(0).reverse()) await close();
    await temporary.remove();
  });

  const file = () => ({ kind: 'unix', path: join(temporary.path, 'rpc.sock') }) as const;

  async function listen(options: Partial<ListenRpcOptions> = {}): Promise<RpcListener> {
    const listener = await listenRpc({ endpoint: file(), servers: local, clock, telemetry, ...options });
    closes.push(() => listener.close());
    return listener;
  }

  function connect(options: Partial<RpcConnectionOptions> = {}): RpcConnection {
    const connection = new RpcConnection({ endpoint: file(), clock, ids: new UuidV7Ids(), telemetry, ...options });
    closes.push(() => connection.close());
    return connection;
  }

  /** A client that speaks frames and nothing else. */
  async function rawClient({ endpoint }: RpcListener) {
    const socket: Socket = createConnection(
      endpoint.kind === 'unix' ? { path: endpoint.path } : { host: endpoint.host, port: endpoint.port },
    );
    closes.push(() => void socket.destroy());
    const chunks: Buffer[] = [];
    const frames: { readonly kind: number; readonly id: number; readonly text: string }[] = [];
    const reader = new FrameReader(1_000_000, (kind, id, text) => frames.push({ kind, id, text }));
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      reader.push(chunk);
    });
    const closed = once(socket, 'close');
    await once(socket, 'connect');
    return { socket, writer: new FrameWriter(socket), frames, chunks, closed };
  }

  test('over TCP nothing is served without a secret, nor with one that can be guessed', async () => {
    await expect(listen({ endpoint: TCP })).rejects.toThrow('need a secret');
    await expect(listen({ endpoint: TCP, secret: 'short' })).rejects.toThrow('32 characters');
  });

  test('the socket file is open to its owner alone', async () => {
    await listen();
    expect((await stat(file().path)).mode & 0o777).toBe(0o600);
  });

  test('who does not know the secret is turned away, and its requests wait in vain', async () => {
    const { endpoint } = await listen({ endpoint: TCP, secret: SECRET });
    local.serve(SUBJECT, async () => 'told');
    for (const secret of [undefined, `${SECRET}!`]) {
      const connection = connect({ endpoint, secret });
      await expect(connection.request(SUBJECT, {}, { ...OPTIONS, timeoutMs: 100 })).rejects.toMatchObject({
        code: 'CONTEXT_UNAVAILABLE',
      });
    }
    await expect(connect({ endpoint, secret: SECRET }).request(SUBJECT, {}, OPTIONS)).resolves.toBe('told');
    expect(telemetry.total('rpc_connections_refused_total')).toBeGreaterThan(0);
  });

  test('an owner that does not know the secret is told nothing', async () => {
    const heard: number[] = [];
    const impostor = createServer((socket) => {
      const reader = new FrameReader(1_000_000, (kind) => heard.push(kind));
      socket.on('data', (chunk: Buffer) => reader.push(chunk));
      socket.on('error', () => undefined);
      const writer = new FrameWriter(socket);
      writer.send(FRAME.challenge, 0, JSON.stringify({ protocol: 1, nonce: 'n' }));
      writer.send(FRAME.welcome, 0, JSON.stringify({ protocol: 1, proof: 'made up' }));
    }).listen(0, '127.0.0.1');
    await once(impostor, 'listening');
    closes.push(() => void impostor.close());
    const { port } = impostor.address() as AddressInfo;
    const connection = connect({ endpoint: { ...TCP, port }, secret: SECRET });
    const request = connection.request(SUBJECT, { secretThing: 1 }, { ...OPTIONS, timeoutMs: 200 });
    await expect(request).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    expect(heard).not.toContain(FRAME.request);
  });

  test('a request before the proof, or a frame of no sense, ends the connection', async () => {
    const listener = await listen({ endpoint: TCP, secret: SECRET });
    const hasty = await rawClient(listener);
    hasty.writer.send(FRAME.request, 1, JSON.stringify([SUBJECT, 'c', {}]));
    await hasty.closed;
    const silly = await rawClient(listener);
    silly.socket.write(Buffer.from([255, 255, 255, 255, 1, 2, 3]));
    await silly.closed;
    expect(hasty.frames.map(({ kind }) => kind)).toEqual([FRAME.challenge]);
  });

  test('who does not prove the secret in time is closed', async () => {
    const fake = new FakeClock();
    const client = await rawClient(await listen({ endpoint: TCP, secret: SECRET, clock: fake }));
    await waitFor(() => client.frames.length > 0);
    fake.advance(10_000);
    await client.closed;
  });

  test('answers that come in one turn go out in one write', async () => {
    const gate = Promise.withResolvers<void>();
    let waiting = 0;
    local.serve(SUBJECT, async ({ payload }) => {
      waiting++;
      await gate.promise;
      return payload;
    });
    const client = await rawClient(await listen());
    for (let id = 1; id <= 50; id++) client.writer.send(FRAME.request, id, JSON.stringify([SUBJECT, 'c', { id }]));
    await waitFor(() => waiting === 50);
    const before = client.chunks.length;
    gate.resolve();
    await waitFor(() => client.frames.length === 51);
    expect(client.chunks.length - before).toBe(1);
    expect(client.frames.slice(1)).toEqual(
      Array.from({ length: 50 }, (_, n) => ({ kind: FRAME.answer, id: n + 1, text: `{"id":${n + 1}}` })),
    );
  });

  test('requests beyond those in flight are answered that it is too much', async () => {
    await listen({ limits: { inFlightMax: 2 } });
    const gate = Promise.withResolvers<string>();
    local.serve(SUBJECT, () => gate.promise);
    const connection = connect();
    const accepted = [1, 2].map(() => connection.request(SUBJECT, {}, OPTIONS));
    await expect(connection.request(SUBJECT, {}, OPTIONS)).rejects.toMatchObject({
      code: 'OVERLOADED',
      details: { limit: 'inFlightMax' },
    });
    gate.resolve('done');
    await expect(Promise.all(accepted)).resolves.toEqual(['done', 'done']);
  });

  test('its own side bounds what is in flight and how long a request is', async () => {
    await listen();
    local.serve(SUBJECT, () => new Promise(() => undefined));
    const connection = connect({ limits: { inFlightMax: 1, requestBytesMax: 200 } });
    const first = connection.request(SUBJECT, {}, { ...OPTIONS, timeoutMs: 50 });
    await expect(connection.request(SUBJECT, {}, OPTIONS)).rejects.toMatchObject({ code: 'OVERLOADED' });
    await expect(first).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    await expect(connection.request(SUBJECT, 'x'.repeat(200), OPTIONS)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { limit: 'requestBytesMax' },
    });
  });

  test('an answer that is too long is a refusal, and the connection stays', async () => {
    await listen({ limits: { answerBytesMax: 200 } });
    local.serve(SUBJECT, async ({ payload }) => 'x'.repeat(Number(payload)));
    const connection = connect();
    await expect(connection.request(SUBJECT, 500, OPTIONS)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    await expect(connection.request(SUBJECT, 5, OPTIONS)).resolves.toBe('xxxxx');
  });

  test('a lost connection fails what was sent, and what comes after goes over the next one', async () => {
    const first = await listen({ limits: { drainMs: 1 } });
    local.serve(SUBJECT, ({ payload }) => (payload === 'now' ? Promise.resolve('here') : new Promise(() => undefined)));
    const connection = connect({ limits: { reconnectMinMs: 1, reconnectMaxMs: 5 } });
    await expect(connection.request(SUBJECT, 'now', OPTIONS)).resolves.toBe('here');
    const sent = connection.request(SUBJECT, 'never', OPTIONS);
    const failure = sent.catch((error: unknown) => error);
    await first.close();
    expect(await failure).toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    const waiting = connection.request(SUBJECT, 'now', OPTIONS);
    await listen();
    await expect(waiting).resolves.toBe('here');
  });

  test('the end of an owner answers what is under way', async () => {
    const listener = await listen();
    const gate = Promise.withResolvers<string>();
    let isAsked = false;
    local.serve(SUBJECT, () => {
      isAsked = true;
      return gate.promise;
    });
    const request = connect().request(SUBJECT, {}, OPTIONS);
    await waitFor(() => isAsked);
    const closed = listener.close();
    gate.resolve('last');
    await expect(request).resolves.toBe('last');
    await closed;
  });

  test('a connection that is closed fails what waits and takes nothing more', async () => {
    const connection = connect();
    const request = connection.request(SUBJECT, {}, OPTIONS);
    const failure = request.catch((error: unknown) => error);
    await connection.close();
    expect(await failure).toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    await expect(connection.request(SUBJECT, {}, OPTIONS)).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
  });

  test('a second owner is refused a socket file that is served, and takes over one that was left behind', async () => {
    await listen();
    await expect(listenRpc({ endpoint: file(), servers: local, clock, telemetry })).rejects.toMatchObject({
      code: 'CONTEXT_UNAVAILABLE',
    });
    const path = join(temporary.path, 'left.sock');
    const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script]);
    expect((await stat(path)).isSocket()).toBe(true);
    await expect(listen({ endpoint: { kind: 'unix', path } })).resolves.toBeDefined();
  });

  test('connections beyond their bound are closed', async () => {
    const listener = await listen({ limits: { connectionsMax: 1 } });
    const first = await rawClient(listener);
    await waitFor(() => first.frames.length === 1);
    const second = await rawClient(listener);
    await second.closed;
    expect(second.frames).toEqual([]);
    expect(first.socket.destroyed).toBe(false);
  });
});
