/* Events to consumers over HTTP: signed, in order per key, at least once, and again from a cursor. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import {
  listCommands,
  listConsumers,
  putConsumer,
  replayCommand,
  replayEvents,
  type ListConsumersReply,
  type PutConsumer,
  type PutConsumerReply,
} from '../../schema/commands/outbound.ts';
import { changesSinceOf } from '../../schema/commands/change-log.ts';
import { orderStatusChanged } from '../../schema/events/orders.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { openOutbound, type Outbound } from '../outbound/open-outbound.ts';
import type { CloudEvent } from './cloud-event.ts';
import { openSubscribers, type Subscribers } from './open-subscribers.ts';

const QUICK = {
  backoffMinMs: 5,
  backoffMaxMs: 20,
  breakerOpenMinMs: 5,
  breakerOpenMaxMs: 20,
  pollMs: 10,
  attemptsMax: 3,
};

let telemetry: RecordingTelemetry;
let platform: TestPlatform;
let outbound: Outbound;
let subscribers: Subscribers;
let server: Server;
let url: string;
let secret: string;
/** What a consumer got and took, in order. */
let taken: CloudEvent[];
let verified: number;
/** Status of the answer to an event; 200 by default. */
let answer: (event: CloudEvent) => number;

beforeEach(async () => {
  telemetry = new RecordingTelemetry();
  platform = await openTestPlatform({ telemetry });
  taken = [];
  verified = 0;
  answer = () => 200;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const event = new Webhook(secret).verify(body, request.headers as Record<string, string>) as CloudEvent;
      verified++;
      const status = answer(event);
      if (status === 200) taken.push(event);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  await open();
});

afterEach(async () => {
  await close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await platform.close();
});

async function open(): Promise<void> {
  outbound = await openOutbound(platform, { systems: [] });
  subscribers = await openSubscribers({
    platform,
    outbound,
    isHttpAllowed: true,
    limits: { pollMs: 10, refreshMs: 20, pageEvents: 3 },
    deliveryLimits: QUICK,
  });
}

async function close(): Promise<void> {
  await subscribers.close();
  await outbound.close();
}

const ask = async <Reply>(definition: { readonly context: string; readonly name: string }, payload: object) =>
  (await platform.rpc.request(rpcSubjectOf(definition.context, definition.name), payload, {
    timeoutMs: 60_000,
    correlationId: 'test',
  })) as Reply;

async function register(change: Partial<PutConsumer> = {}): Promise<PutConsumerReply> {
  const reply = await ask<PutConsumerReply>(putConsumer, {
    id: 'shop',
    url,
    topics: ['ORDER_STATUS'],
    filter: { channels: [], skus: [] },
    perSecond: 1_000,
    priority: 'NORMAL',
    status: 'ACTIVE',
    changedAt: '2026-01-05T09:00:00.000Z',
    changedBy: 'op',
    isSecretRenewed: false,
    ...change,
  });
  secret = reply.secret ?? secret;
  return reply;
}

const listed = async () => (await ask<ListConsumersReply>(listConsumers, {})).consumers;
/** A new consumer begins with what comes from now on. */
const ready = () => waitFor(async () => !(await listed())[0]?.topics[0]?.cursor.startsWith('.'), 'the first cursor');

async function publish(order: string, status: string, channel = 'WEB'): Promise<void> {
  const nowMs = platform.clock.nowMs();
  const id = platform.ids.next();
  const { stream, subject, envelope } = publicationOf(orderStatusChanged, {
    id,
    key: order,
    source: { system: 'orders', eventId: id },
    occurredAtMs: nowMs,
    recordedAtMs: nowMs,
    correlationId: `cause-of-${order}`,
    data: {
      order,
      channel,
      externalId: order,
      customer: null,
      locations: [],
      status,
      changedAt: '2026-01-05T09:00:00.000Z',
      lines: [],
    },
  });
  await platform.streams.publish(stream, subject, envelope);
}

const told = () => taken.map(({ subject, data }) => `${subject} ${(data as { status: string }).status}`);

describe('a consumer of events', () => {
  test('gets what happens from now on as signed CloudEvents, and its secret once', async () => {
    await publish('O-0', 'BEFORE');
    const { secret: given } = await register();
    expect(given).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    await ready();
    await publish('O-1', 'SHIPPED');
    await waitFor(() => taken.length === 1);
    expect(taken[0]).toMatchObject({
      specversion: '1.0',
      type: 'dev.stockwire.order-status-changed.v1',
      source: '/stockwire/orders',
      subject: 'O-1',
      datacontenttype: 'application/json',
      correlationid: 'cause-of-O-1',
      data: { order: 'O-1', status: 'SHIPPED' },
    });
    expect((await register()).secret).toBeNull();
    expect(JSON.stringify(await listed())).not.toContain('whsec_');
    const before = secret;
    await register({ isSecretRenewed: true });
    expect(secret).not.toBe(before);
    await publish('O-2', 'SHIPPED');
    await waitFor(() => taken.length === 2);
  });

  test('gets the events of one key in their order, however often it fails meanwhile, and others at once', async () => {
    await register();
    await ready();
    let failures = 2;
    answer = ({ subject }) => (subject === 'O-1' && failures-- > 0 ? 503 : 200);
    for (const status of ['A', 'B', 'C']) await publish('O-1', status);
    await publish('O-2', 'A');
    await waitFor(() => taken.length === 4);
    expect(told().filter((each) => each.startsWith('O-1'))).toEqual(['O-1 A', 'O-1 B', 'O-1 C']);
    expect(verified).toBeGreaterThan(4);
  });

  test('gets what it does not take as a dead letter, its other events, and the letter when that is replayed', async () => {
    await register();
    await ready();
    answer = ({ subject }) => (subject === 'BAD' ? 400 : 200);
    await publish('BAD', 'A');
    await publish('GOOD', 'A');
    await waitFor(() => taken.length === 1);
    const dead = () =>
      ask<{ commands: { key: string }[] }>(listCommands, { system: 'webhook.shop', status: 'DEAD', limit: 10 });
    const { commands } = await waitFor(async () => {
      const found = await dead();
      return found.commands.length === 1 ? found : undefined;
    });
    answer = () => 200;
    await ask(replayCommand, { system: 'webhook.shop', key: commands[0]?.key });
    await waitFor(() => taken.length === 2);
    expect(told()).toEqual(['GOOD A', 'BAD A']);
  });

  test('gets only what its filter lets through', async () => {
    await register({ filter: { channels: ['APP'], skus: [] } });
    await ready();
    for (const channel of ['WEB', 'APP', 'WEB', 'APP', 'WEB']) await publish(`O-${channel}`, 'A', channel);
    await waitFor(() => taken.length === 2);
    await waitFor(async () => (await listed())[0]?.topics[0]?.isCaughtUp);
    expect(told()).toEqual(['O-APP A', 'O-APP A']);
  });

  test('gets again what followed a cursor, and with none all that is kept', async () => {
    await register();
    await ready();
    for (let count = 1; count <= 7; count++) await publish(`O-${count}`, 'A');
    await waitFor(() => taken.length === 7);
    const { cursor } = taken[4] as CloudEvent;
    await ask(replayEvents, { consumer: 'shop', topic: 'ORDER_STATUS', cursor });
    await waitFor(() => taken.length === 9);
    expect(told().slice(7)).toEqual(['O-6 A', 'O-7 A']);
    expect(taken[7]?.id).toBe(taken[5]?.id);
    await ask(replayEvents, { consumer: 'shop', topic: 'ORDER_STATUS' });
    await waitFor(() => taken.length === 16);
    await expect(ask(replayEvents, { consumer: 'shop', topic: 'PRICES' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await expect(
      ask(replayEvents, { consumer: 'shop', topic: 'ORDER_STATUS', cursor: 'yesterday' }),
    ).rejects.toMatchObject({ code: 'MALFORMED_CURSOR' });
  });

  test('that is paused misses nothing, is told to be behind, and goes on after a restart', async () => {
    await register();
    await ready();
    await publish('O-1', 'A');
    await waitFor(() => taken.length === 1);
    await register({ status: 'PAUSED' });
    await publish('O-1', 'B');
    await publish('O-1', 'C');
    expect((await listed())[0]).toMatchObject({
      consumer: { status: 'PAUSED' },
      topics: [{ lag: 2, isCaughtUp: false }],
    });
    await close();
    await open();
    await register();
    await waitFor(() => taken.length === 3);
    expect(told()).toEqual(['O-1 A', 'O-1 B', 'O-1 C']);
    await waitFor(async () => (await listed())[0]?.topics[0]?.isCaughtUp);
  });

  test('that is down holds up no other', async () => {
    await register({ id: 'down', url: 'http://127.0.0.1:1/hook' });
    const downSecret = secret;
    await register({ id: 'up' });
    expect(secret).not.toBe(downSecret);
    await waitFor(async () => (await listed()).every(({ topics }) => !topics[0]?.cursor.startsWith('.')));
    for (const status of ['A', 'B']) await publish('O-1', status);
    await waitFor(() => taken.length === 2);
    const states = await listed();
    expect(states.map(({ consumer, topics }) => [consumer.id, topics[0]?.isCaughtUp])).toEqual([
      ['down', false],
      ['up', expect.anything()],
    ]);
  });

  test('gets no more a second than it wants', async () => {
    await register({ perSecond: 20 });
    await ready();
    const startedMs = platform.clock.nowMs();
    for (let count = 0; count < 24; count++) await publish(`O-${count}`, 'A');
    await waitFor(() => taken.length === 24);
    // Twenty at once and four more at twenty a second.
    expect(platform.clock.nowMs() - startedMs).toBeGreaterThanOrEqual(190);
  });

  test('of availability gets the newest value of each key that has changed', async () => {
    let seq = 5;
    const records = [{ event: 'availability-changed', key: 'A|WEB', version: 6, value: { sku: 'A', available: '3' } }];
    const asked: unknown[] = [];
    const definition = changesSinceOf('inventory');
    platform.rpc.serve(rpcSubjectOf(definition.context, definition.name), async ({ payload }) => {
      asked.push(payload);
      const { after, filter } = payload as { after?: { seq: number }; filter: { channel?: string[] } };
      const isNew = filter.channel?.[0] !== '' && (after?.seq ?? 0) < seq && seq > 5;
      return { epoch: 'e1', seq, reset: false, records: isNew ? records : [] };
    });
    await register({ topics: ['AVAILABILITY'], filter: { channels: ['WEB'], skus: [] } });
    await ready();
    seq = 6;
    await waitFor(() => taken.length === 1);
    expect(taken[0]).toMatchObject({
      id: 'availability-changed/A|WEB/e1.6',
      type: 'dev.stockwire.availability-changed.v1',
      subject: 'A|WEB',
      cursor: 'e1.6',
      data: { sku: 'A', available: '3' },
    });
    expect(asked).toContainEqual({
      event: 'availability-changed',
      filter: { channel: ['WEB'] },
      after: { epoch: 'e1', seq: 5 },
    });
  });

  test('is refused without a name and an address that will do', async () => {
    await expect(register({ id: 'No Name' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(register({ url: 'ftp://example.com' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await subscribers.close();
    subscribers = await openSubscribers({ platform, outbound });
    await expect(register({ url })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
