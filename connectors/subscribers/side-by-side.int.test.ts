/* Two processes that know the same consumers of events: one feeds each of them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { SideBySide } from '../../kernel/testing/side-by-side.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { changesSinceOf } from '../../schema/commands/change-log.ts';
import {
  listConsumers,
  putConsumer,
  type ListConsumersReply,
  type PutConsumer,
  type PutConsumerReply,
} from '../../schema/commands/outbound.ts';
import { orderStatusChanged } from '../../schema/events/orders.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { rpcSubjectOf, streamOf } from '../../schema/events/subjects.ts';
import { openOutbound, type Outbound } from '../outbound/open-outbound.ts';
import type { CloudEvent } from './cloud-event.ts';
import { ConsumerRegister } from './consumer-register.ts';
import { openSubscribers, type Subscribers } from './open-subscribers.ts';

const QUICK = { backoffMinMs: 5, backoffMaxMs: 20, breakerOpenMinMs: 5, breakerOpenMaxMs: 20, pollMs: 10 };
const CONSUMER: PutConsumer = {
  id: 'shop',
  url: '',
  topics: ['ORDER_STATUS'],
  filter: { channels: [], skus: [] },
  perSecond: 1_000,
  priority: 'NORMAL',
  status: 'ACTIVE',
  changedAt: '2026-01-05T09:00:00.000Z',
  changedBy: 'op',
  isSecretRenewed: false,
};

interface Process {
  readonly outbound: Outbound;
  readonly subscribers: Subscribers;
}

let shared: TestPlatform;
let beside: SideBySide;
let processes: Process[];
let server: Server;
let url: string;
let taken: { readonly event: CloudEvent; readonly headers: Record<string, string>; readonly text: string }[];

beforeEach(async () => {
  shared = await openTestPlatform();
  beside = new SideBySide();
  processes = [];
  taken = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      taken.push({ event: JSON.parse(text) as CloudEvent, headers: request.headers as Record<string, string>, text });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});

afterEach(async () => {
  await Promise.all(processes.map(close));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await shared.close();
});

async function open(): Promise<Process> {
  const platform = beside.process(shared);
  const outbound = await openOutbound(platform, { systems: [] });
  const limits = { pollMs: 10, refreshMs: 20, pageEvents: 3 };
  const subscribers = await openSubscribers({ platform, outbound, isHttpAllowed: true, limits, deliveryLimits: QUICK });
  const process = { outbound, subscribers };
  processes.push(process);
  return process;
}

async function close({ outbound, subscribers }: Process): Promise<void> {
  await subscribers.close();
  await outbound.close();
}

async function end(process: Process): Promise<void> {
  processes = processes.filter((each) => each !== process);
  await close(process);
}

async function register(nth: number, change: Partial<PutConsumer> = {}): Promise<PutConsumerReply> {
  const request = { ...CONSUMER, url, ...change };
  return (await beside.ask(nth, rpcSubjectOf(putConsumer.context, putConsumer.name), request)) as PutConsumerReply;
}

async function listed(nth: number) {
  const reply = await beside.ask(nth, rpcSubjectOf(listConsumers.context, listConsumers.name), {});
  return (reply as ListConsumersReply).consumers[0];
}

const ready = () => waitFor(async () => !(await listed(0))?.topics[0]?.cursor.startsWith('.'), 'the first cursor');

async function publish(order: string, status: string): Promise<void> {
  const id = shared.ids.next();
  const { stream, subject, envelope } = publicationOf(orderStatusChanged, {
    id,
    key: order,
    source: { system: 'orders', eventId: id },
    occurredAtMs: shared.clock.nowMs(),
    recordedAtMs: shared.clock.nowMs(),
    correlationId: id,
    data: {
      order,
      channel: 'WEB',
      externalId: order,
      customer: null,
      locations: [],
      status,
      changedAt: '2026-01-05T09:00:00.000Z',
      lines: [],
    },
  });
  await shared.streams.publish(stream, subject, envelope);
}

const told = () => taken.map(({ event: { subject, data } }) => `${subject} ${(data as { status: string }).status}`);
const statuses = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `S${from + index}`);

describe('consumers of events of processes beside each other', () => {
  test('get each event once and in order, also one that was registered at the process that does not feed, and from the other when one ends', async () => {
    const first = await open();
    await register(0);
    await open();
    await ready();
    for (const status of statuses(0, 10)) await publish('O-1', status);
    await waitFor(() => taken.length === 10);
    await end(first);
    for (const status of statuses(10, 20)) await publish('O-1', status);
    await waitFor(() => taken.length >= 20);
    expect(told()).toEqual(statuses(0, 20).map((status) => `O-1 ${status}`));
    await waitFor(async () => (await listed(0))?.topics[0]?.isCaughtUp);
  });

  test('are told to be caught up or behind the same, whoever is asked', async () => {
    await open();
    await open();
    await register(1);
    await ready();
    await publish('O-1', 'A');
    await waitFor(async () => (await listed(0))?.topics[0]?.isCaughtUp && taken.length === 1);
    expect(await listed(1)).toEqual(await listed(0));
  });

  test('are fed as they were changed by another process: with another secret, or not at all', async () => {
    await open();
    const { secret } = await register(0);
    await ready();
    await open();
    await publish('O-1', 'A');
    await waitFor(() => taken.length === 1);
    const { secret: renewed } = await register(1, { isSecretRenewed: true });
    expect(renewed).not.toBe(secret);
    let ordinal = 0;
    await waitFor(async () => {
      await publish(`O-${++ordinal}`, 'B');
      await waitFor(() => taken.length === 1 + ordinal);
      return isSignedWith(renewed);
    });
    await register(1, { status: 'PAUSED' });
    await waitFor(async () => {
      await publish(`P-${++ordinal}`, 'C');
      return (await listed(0))?.topics[0]?.lag === 1;
    });
  });

  test('that were paused are waited for by the retention of the stream that they read', async () => {
    const { subscribers } = await open();
    expect(await subscribers.neededFrom(streamOf('orders'))).toBeUndefined();
    await register(0);
    await ready();
    await publish('O-1', 'A');
    await waitFor(() => taken.length === 1);
    await register(0, { status: 'PAUSED' });
    await publish('O-1', 'B');
    await waitFor(async () => (await subscribers.neededFrom(streamOf('orders'))) === 2);
    expect(await subscribers.neededFrom(streamOf('returns'))).toBeUndefined();
  });

  test('get an event of state that was in the queue already when its process died, and those behind it', async () => {
    const definition = changesSinceOf('inventory');
    let seq = 5;
    const recordOf = (key: string) => ({ event: 'availability-changed', key, version: 6, value: { key } });
    shared.rpc.serve(rpcSubjectOf(definition.context, definition.name), async ({ payload }) => {
      const { after, filter } = payload as { after?: { seq: number }; filter: { channel?: string[] } };
      const isNew = filter.channel?.[0] !== '' && (after?.seq ?? 0) < seq && seq > 5;
      return { epoch: 'e1', seq, reset: false, records: isNew ? [recordOf('A|WEB'), recordOf('B|WEB')] : [] };
    });
    const rules = { consumersMax: 10, isHttpAllowed: true };
    const kept = await ConsumerRegister.open(shared.documents, rules);
    const platform = { ...beside.process(shared), rpc: shared.rpc };
    const outbound = await openOutbound(platform, { systems: [] });
    const limits = { pollMs: 10, refreshMs: 20 };
    const subscribers = await openSubscribers({
      platform,
      outbound,
      isHttpAllowed: true,
      limits,
      deliveryLimits: QUICK,
    });
    processes.push({ outbound, subscribers });
    const subject = rpcSubjectOf(putConsumer.context, putConsumer.name);
    const options = { timeoutMs: 60_000, correlationId: 'test' };
    await shared.rpc.request(subject, { ...CONSUMER, url, topics: ['AVAILABILITY'] }, options);
    await waitFor(async () => (await kept.cursor('shop', 'AVAILABILITY')).cursor.seq === 5);
    seq = 6;
    await waitFor(() => taken.length === 2);
    // As if it had died between the queue and the cursor: the same is read again, at another time.
    await waitFor(async () => (await kept.cursor('shop', 'AVAILABILITY')).cursor.seq === 6);
    const { cursor, version } = await kept.cursor('shop', 'AVAILABILITY');
    await kept.move({ ...cursor, seq: 5 }, version);
    await waitFor(async () => (await kept.cursor('shop', 'AVAILABILITY')).cursor.seq === 6);
    expect(taken.map(({ event }) => event.subject)).toEqual(['A|WEB', 'B|WEB']);
  });
});

/** Whether the last event was signed with a secret. */
function isSignedWith(secret: string | null): boolean {
  const last = taken.at(-1);
  try {
    return last !== undefined && new Webhook(secret ?? '').verify(last.text, last.headers) !== undefined;
  } catch {
    return false;
  }
}
