/* What waits in the inbox, why, and how it comes to an end; with a vendor whose messages are read by a mapping. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { parseAs } from '../../kernel/model/json-schema.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { erasePersonalData, listQuarantined, replayQuarantined } from '../../schema/commands/inbox.ts';
import type { CollectionDefinition } from '../../kernel/ports/documents.ts';
import { stockAdjusted } from '../../schema/events/inbox.ts';
import { rpcSubjectOf, streamOf } from '../../schema/events/subjects.ts';
import { mapped, type CodeMapping } from './code-mapping.ts';
import { MESSAGES } from './inbox-document.ts';
import { createInbox, type Inbox } from './inbox.ts';
import type { Inbound, Origin } from './inbound.ts';
import { PAYLOADS } from './payload-store.ts';
import { serveInbox } from './serve-inbox.ts';
import { readable } from './unreadable.ts';

const SOURCE = 'wms-north';
const Body = Type.Object({ id: Type.String(), place: Type.String(), quantity: Type.String() });
const Placed = Type.Object({ place: Type.String() });
const DAY_MS = 86_400_000;

let clock: FakeClock;
let telemetry: RecordingTelemetry;
let platform: TestPlatform;
let inbox: Inbox;
let stopServing: () => void;
let places: Record<string, string>;

beforeEach(async () => {
  clock = new FakeClock();
  telemetry = new RecordingTelemetry();
  places = { D1: 'DC-1' };
  platform = await openTestPlatform({ clock, telemetry });
  inbox = await createInbox({ platform, limits: { learnBodies: 2, sweepEveryMs: 1_000 } });
  const readers = new Map([[SOURCE, async (origin: Origin) => [read(origin.body)]]]);
  stopServing = serveInbox({ inbox, platform, readers, mappings: new Map(), pollersOf: () => [] });
});

afterEach(async () => {
  stopServing();
  await inbox.close();
  await platform.close();
});

/** As an adapter reads: the vendor's id, its place by the mapping. */
function read(body: unknown): Inbound {
  const { id = 'body' } = body as { readonly id?: string };
  return readable(
    id,
    body,
    () => {
      const location = mapped(places as CodeMapping<string>, parseAs(Placed, body, 'adjustment').place, 'place');
      const told = parseAs(Body, body, 'adjustment');
      const lines = [{ lineId: '1', sku: 'A-1', quantity: told.quantity, reason: 'LOST' }];
      return { eventId: told.id, definition: stockAdjusted, occurredAtMs: clock.nowMs(), data: { location, lines } };
    },
    { kind: 'adjustment', body },
  );
}

const body = (id: string, change: object = {}) => ({ id, place: 'D1', quantity: '-1', by: 'Ann Smith', ...change });

async function receive(...bodies: readonly unknown[]) {
  const outcomes = await inbox.receive(SOURCE, bodies.map(read));
  clock.advance(1);
  return outcomes.map(({ outcome }) => outcome);
}

async function told(type: string) {
  await platform.documents.flushOutbox();
  const messages = await platform.streams.read(streamOf('inbox'), 0, 1_000);
  return messages.filter(({ envelope }) => envelope.type === type).map(({ envelope }) => envelope);
}

const applied = async () => (await told('stock-adjusted')).map(({ source }) => source.eventId);
const ask = (definition: { readonly context: string; readonly name: string }, payload: object) =>
  platform.rpc.request(rpcSubjectOf(definition.context, definition.name), payload, {
    timeoutMs: 60_000,
    correlationId: 'test',
  });
const replay = (exceptionId?: string) =>
  ask(replayQuarantined, { system: SOURCE, ...(exceptionId !== undefined && { exceptionId }) });

describe('a message that cannot be read', () => {
  test('waits by itself: what comes after it goes on, of the same place as of others', async () => {
    expect(await receive(body('1', { place: 'NEW' }), body('2'), body('3', { quantity: 3 }), body('4'))).toEqual([
      'QUARANTINED',
      'ACCEPTED',
      'QUARANTINED',
      'ACCEPTED',
    ]);
    expect(await applied()).toEqual(['2', '4']);
  });

  test('is told once, with the value that means nothing yet, and messages of one cause are one exception', async () => {
    await receive(body('1', { place: 'NEW' }), body('2', { place: 'NEW' }), body('3', { place: 'OTHER' }));
    await receive(body('1', { place: 'NEW' }));
    const events = await told('message-quarantined');
    expect(events.map(({ data }) => data)).toMatchObject([
      { system: SOURCE, eventId: '1', unmapped: { domain: 'place', value: 'NEW' } },
      { eventId: '2' },
      { eventId: '3', unmapped: { value: 'OTHER' } },
    ]);
    expect(new Set(events.map(({ key }) => key)).size).toBe(2);
  });

  test('is taken in once its cause is mended, in the order in which it came, and the cause is told to be gone', async () => {
    await receive(body('b', { place: 'NEW' }));
    await receive(body('a', { place: 'NEW' }));
    await receive(body('c', { place: 'OTHER' }));
    const [first] = await told('message-quarantined');
    expect(await replay()).toEqual({ replayed: 0, waiting: 3 });
    places = { ...places, NEW: 'DC-2' };
    expect(await replay()).toEqual({ replayed: 2, waiting: 1 });
    expect(await applied()).toEqual(['b', 'a']);
    expect((await told('quarantine-cleared')).map(({ data }) => data)).toMatchObject([{ exceptionId: first?.key }]);
    expect(await replay()).toEqual({ replayed: 0, waiting: 1 });
    expect(await receive(body('b', { place: 'NEW' }))).toEqual(['DUPLICATE']);
  });

  test('can be taken in cause by cause', async () => {
    await receive(body('1', { place: 'NEW' }), body('2', { place: 'OTHER' }));
    places = { ...places, NEW: 'DC-2', OTHER: 'DC-3' };
    const [, other] = await told('message-quarantined');
    expect(await replay(other?.key)).toEqual({ replayed: 1, waiting: 0 });
    expect(await applied()).toEqual(['2']);
  });

  test('waits for the next thing when the first is mended, and is told anew', async () => {
    await receive(body('1', { place: 'NEW', quantity: 1 }));
    places = { ...places, NEW: 'DC-2' };
    expect(await replay()).toEqual({ replayed: 0, waiting: 1 });
    const [place, schema] = await told('message-quarantined');
    expect(place?.data).toMatchObject({ unmapped: { domain: 'place', value: 'NEW' } });
    expect(schema?.data).not.toHaveProperty('unmapped');
    expect((await told('quarantine-cleared')).map(({ key }) => key)).toEqual([place?.key]);
    expect(await ask(listQuarantined, { limit: 10 })).toMatchObject({
      messages: [{ system: SOURCE, eventId: '1', exceptionId: schema?.key }],
    });
  });

  test('that had no id of its own is done with when it is taken in under its id', async () => {
    const unnamed = { key: 'k-1', place: 'D1', quantity: '-1' };
    const origin = { kind: 'adjustment', body: unnamed };
    await inbox.receive(SOURCE, [{ eventId: 'body:1', reason: 'no id', raw: unnamed, origin }]);
    stopServing();
    const readers = new Map([[SOURCE, async () => [read({ ...unnamed, id: 'k-1' })]]]);
    stopServing = serveInbox({ inbox, platform, readers, mappings: new Map(), pollersOf: () => [] });
    expect(await replay()).toEqual({ replayed: 1, waiting: 0 });
    expect(await replay()).toEqual({ replayed: 0, waiting: 0 });
    expect(await applied()).toEqual(['k-1']);
  });

  test('of a system that nobody knows cannot be read again', async () => {
    await expect(ask(replayQuarantined, { system: 'nobody' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('a body that is no longer what it was', () => {
  const drifts = async () => (await told('schema-drifted')).map(({ data }) => data);

  beforeEach(async () => {
    await receive(body('l-1'), body('l-2'));
  });

  test('passes with a field that nobody knows, is counted, and is told once', async () => {
    expect(await receive(body('1', { mood: 'good' }), body('2', { mood: 'bad' }))).toEqual(['ACCEPTED', 'ACCEPTED']);
    await receive(body('3', { mood: 'fair' }));
    expect(await drifts()).toMatchObject([
      { change: 'ADDED', field: 'mood', kind: 'adjustment', isQuarantined: false },
    ]);
    expect(telemetry.total('inbox_unknown_fields_total')).toBe(3);
  });

  test('waits when a field that the hub needs has another type or is gone, and is told once for each', async () => {
    const { quantity: _, ...without } = body('3');
    expect(await receive(body('1', { quantity: -1 }), body('2', { quantity: -2 }), without)).toEqual([
      'QUARANTINED',
      'QUARANTINED',
      'QUARANTINED',
    ]);
    expect(await drifts()).toMatchObject([
      { change: 'RETYPED', field: 'quantity', was: ['text'], is: ['number'], isQuarantined: true, eventId: '1' },
      { change: 'MISSING', field: 'quantity', isQuarantined: true, eventId: '3' },
    ]);
    expect(await receive(body('4'))).toEqual(['ACCEPTED']);
  });

  test('goes on when a field changes that the hub does not need', async () => {
    expect(await receive(body('1', { by: 7 }))).toEqual(['ACCEPTED']);
    expect(await drifts()).toMatchObject([{ change: 'RETYPED', field: 'by', isQuarantined: false }]);
  });

  test('is taken in after the adapter was mended', async () => {
    await receive(body('1', { quantity: -1 }));
    stopServing();
    const mended = async ({ body: raw }: Origin) => [
      read({ ...(raw as object), quantity: String((raw as { quantity: unknown }).quantity) }),
    ];
    stopServing = serveInbox({
      inbox,
      platform,
      readers: new Map([[SOURCE, mended]]),
      mappings: new Map(),
      pollersOf: () => [],
    });
    expect(await replay()).toEqual({ replayed: 1, waiting: 0 });
    expect(await applied()).toEqual(['l-1', 'l-2', '1']);
  });

  test('is known as changed after a restart', async () => {
    await receive(body('1', { mood: 'good' }));
    await inbox.close();
    inbox = await createInbox({ platform, limits: { learnBodies: 2 } });
    await receive(body('2', { mood: 'good' }));
    expect(await drifts()).toHaveLength(1);
  });
});

describe('raw messages', () => {
  const count = async (definition: CollectionDefinition) => {
    const rows = await platform.documents.collection<{ readonly id: string }>(definition);
    return (await rows.find({ limit: 100 })).length;
  };

  test('are kept beside the inbox for a while, and their ids for longer; those that wait stay', async () => {
    await receive(body('1'), body('2', { place: 'NEW' }));
    expect(await count(PAYLOADS)).toBe(2);
    clock.advance(15 * DAY_MS);
    await waitFor(async () => {
      clock.advance(1_000);
      return (await count(PAYLOADS)) === 1;
    });
    expect(await receive(body('1'))).not.toContain('ACCEPTED');
    clock.advance(400 * DAY_MS);
    await waitFor(async () => {
      clock.advance(1_000);
      return (await count(MESSAGES)) === 1;
    });
    places = { ...places, NEW: 'DC-2' };
    expect(await replay()).toEqual({ replayed: 1, waiting: 0 });
  });

  test('lose what is personal when that is asked for, while the facts stay and what waits can still be taken in', async () => {
    await receive(body('1'), body('2', { place: 'NEW' }), body('3', { by: 'Bob' }));
    expect(await ask(erasePersonalData, { text: 'ann smith' })).toEqual({ messages: 2 });
    expect(await ask(erasePersonalData, { text: 'ann smith' })).toEqual({ messages: 0 });
    const page = await inbox.payloads.since({ source: SOURCE, sinceMs: 0, after: undefined, limit: 10 });
    expect(JSON.stringify(page)).not.toMatch(/ann smith/i);
    expect(JSON.stringify(page)).toContain('Bob');
    expect(await applied()).toEqual(['1', '3']);
    places = { ...places, NEW: 'DC-2' };
    expect(await replay()).toEqual({ replayed: 1, waiting: 0 });
  });
});
