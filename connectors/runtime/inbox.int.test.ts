import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { INBOX_MESSAGE_EVENTS, messageConflicted } from '../../schema/events/inbox-messages.ts';
import { stockAdjusted } from '../../schema/events/inbox.ts';
import { shipmentRecorded, shortPickRecorded } from '../../schema/events/inbox-work.ts';
import type { InboundBundle, InboundMessage, UnreadableMessage } from './inbound.ts';
import { createInbox, type Inbox } from './inbox.ts';

const STREAM = 'INBOX_EVENTS';
const OWN_WORDS: ReadonlySet<string> = new Set(INBOX_MESSAGE_EVENTS.map(({ type }) => type));

let telemetry: RecordingTelemetry;
let platform: TestPlatform;
let inbox: Inbox;

beforeEach(async () => {
  telemetry = new RecordingTelemetry();
  platform = await openTestPlatform({ telemetry });
  inbox = await createInbox({ platform, limits: { evidenceBytesMax: 2_000 } });
});

afterEach(() => platform.close());

function adjustment(eventId: string, quantity = '-1', occurredAtMs = 1_767_600_000_000): InboundMessage {
  const lines = [{ lineId: '1', sku: 'A-1', quantity, reason: 'LOST' }];
  return { eventId, definition: stockAdjusted, occurredAtMs, data: { location: 'DC-1', lines } };
}

const work = (quantity: string) => ({
  order: 'order-1',
  location: 'DC-1',
  lines: [{ lineId: '1', orderLine: 'line-1', sku: 'A-1', quantity }],
});

async function told() {
  await platform.documents.flushOutbox();
  return (await platform.streams.read(STREAM, 0, 1_000)).map(({ envelope }) => envelope);
}

/** Without what the inbox says of messages. */
const published = async () => (await told()).filter(({ type }) => !OWN_WORDS.has(type));

const outcomesOf = async (...messages: Parameters<Inbox['receive']>[1]) =>
  (await inbox.receive('wms-north', messages)).map(({ outcome }) => outcome);

describe('the inbox', () => {
  test('publishes an accepted message under its source, its event id and a correlation id of its own', async () => {
    expect(await inbox.receive('wms-north', [adjustment('m-1'), adjustment('m-2')])).toEqual([
      { eventId: 'm-1', outcome: 'ACCEPTED' },
      { eventId: 'm-2', outcome: 'ACCEPTED' },
    ]);
    const envelopes = await published();
    expect(envelopes).toMatchObject([
      {
        type: 'stock-adjusted',
        source: { system: 'wms-north', eventId: 'm-1' },
        key: 'DC-1',
        occurredAt: '2026-01-05T08:00:00.000Z',
        data: { location: 'DC-1' },
      },
      { source: { eventId: 'm-2' } },
    ]);
    expect(new Set(envelopes.map(({ correlationId }) => correlationId)).size).toBe(2);
  });

  test('acknowledges the same message again and does not apply it', async () => {
    await inbox.receive('wms-north', [adjustment('m-1')]);
    expect(await outcomesOf(adjustment('m-1'))).toEqual(['DUPLICATE']);
    expect(await published()).toHaveLength(1);
  });

  test('takes members in another order for the same content', async () => {
    const first = adjustment('m-1');
    const { location, lines } = first.data as { location: string; lines: unknown };
    await inbox.receive('wms-north', [first]);
    expect(await outcomesOf({ ...first, data: { lines, location } })).toEqual(['DUPLICATE']);
  });

  test('keeps the same id with other content as evidence and never applies it', async () => {
    await inbox.receive('wms-north', [adjustment('m-1', '-1')]);
    expect(await outcomesOf(adjustment('m-1', '-2'))).toEqual(['CONFLICT']);
    expect(await outcomesOf(adjustment('m-1', '-2'))).toEqual(['CONFLICT']);
    expect(await outcomesOf(adjustment('m-1', '-1', 1_767_600_000_001))).toEqual(['CONFLICT']);
    expect(await published()).toHaveLength(1);
    const conflicts = (await told()).filter(({ type }) => type === messageConflicted.type);
    const conflict = { system: 'wms-north', eventId: 'm-1', fact: 'stock-adjusted', location: 'DC-1' };
    expect(conflicts.map(({ data }) => data)).toMatchObject([conflict, conflict]);
    expect(new Set(conflicts.map(({ key }) => key)).size).toBe(2);
    const kept = await inbox.conflicts({ source: 'wms-north', first: 10 });
    expect(kept.map(({ eventId }) => eventId)).toEqual(['m-1', 'm-1']);
    expect(JSON.stringify(kept)).toContain('"quantity":"-2"');
  });

  test('takes the same id of another source for another message', async () => {
    await inbox.receive('wms-north', [adjustment('m-1')]);
    expect(await inbox.receive('wms-south', [adjustment('m-1', '-5')])).toMatchObject([{ outcome: 'ACCEPTED' }]);
  });

  test('tells repeats and conflicts inside one call', async () => {
    expect(await outcomesOf(adjustment('m-1'), adjustment('m-1'), adjustment('m-1', '-9'))).toEqual([
      'ACCEPTED',
      'DUPLICATE',
      'CONFLICT',
    ]);
    expect(await published()).toMatchObject([{ data: { lines: [{ quantity: '-1' }] } }]);
  });

  test('accepts a message once when many callers bring it at the same time', async () => {
    const calls = Array.from({ length: 20 }, () => outcomesOf(adjustment('m-1')));
    const outcomes = (await Promise.all(calls)).flat();
    expect(outcomes.filter((outcome) => outcome === 'ACCEPTED')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'DUPLICATE')).toHaveLength(19);
    expect(await published()).toHaveLength(1);
  });

  test('quarantines what does not fit its schema, naming field and rule', async () => {
    const misfit = { ...adjustment('m-1'), data: { location: 'DC-1', lines: [] } };
    expect(await inbox.receive('wms-north', [misfit])).toEqual([
      {
        eventId: 'm-1',
        outcome: 'QUARANTINED',
        reason: 'stock-adjusted: /lines must NOT have fewer than 1 items.',
      },
    ]);
    expect(await published()).toEqual([]);
  });

  test('quarantines a message whose time is none', async () => {
    expect(await outcomesOf({ ...adjustment('m-1'), occurredAtMs: Number.NaN })).toEqual(['QUARANTINED']);
  });

  test('keeps an unreadable message once, however often it comes, and shows it', async () => {
    const unreadable: UnreadableMessage = {
      eventId: 'm-1',
      reason: 'warehouse "X" is not mapped.',
      raw: { warehouse: 'X' },
    };
    expect(await outcomesOf(unreadable)).toEqual(['QUARANTINED']);
    expect(await outcomesOf(unreadable)).toEqual(['QUARANTINED']);
    await inbox.receive('wms-south', [unreadable]);
    const { reason, raw } = unreadable;
    expect(await inbox.quarantined({ source: 'wms-north', first: 10 })).toEqual([
      expect.objectContaining({ source: 'wms-north', eventId: 'm-1', reason, raw }),
    ]);
    expect(await inbox.quarantined({ first: 10 })).toHaveLength(2);
  });

  test('accepts a quarantined message that can be read when it comes again', async () => {
    await inbox.receive('wms-north', [{ eventId: 'm-1', reason: 'not mapped', raw: {} }]);
    expect(await outcomesOf(adjustment('m-1'))).toEqual(['ACCEPTED']);
    expect(await outcomesOf(adjustment('m-1'))).toEqual(['DUPLICATE']);
    expect(await inbox.quarantined({ first: 10 })).toEqual([]);
    expect(await published()).toHaveLength(1);
  });

  test('takes an accepted message that can no longer be read for a conflict', async () => {
    await inbox.receive('wms-north', [adjustment('m-1')]);
    expect(await outcomesOf({ eventId: 'm-1', reason: 'quantity "x" is no decimal number.', raw: {} })).toEqual([
      'CONFLICT',
    ]);
  });

  test('accepts the facts of a bundle together, each under an event id of its own', async () => {
    const facts = [
      { part: 'picked', definition: shipmentRecorded, occurredAtMs: 0, data: { ...work('2'), shipment: 's-1' } },
      { part: 'short', definition: shortPickRecorded, occurredAtMs: 0, data: work('1') },
    ];
    expect(await outcomesOf({ eventId: 'm-1', facts })).toEqual(['ACCEPTED']);
    expect((await published()).map(({ source, key }) => [source.eventId, key])).toEqual([
      ['m-1:picked', 'order-1'],
      ['m-1:short', 'order-1'],
    ]);
  });

  test('finds out a bundle that told nothing and comes again with a fact', async () => {
    const empty: InboundBundle = { eventId: 'm-1', facts: [] };
    const short = { part: 'short', definition: shortPickRecorded, occurredAtMs: 0, data: work('1') };
    expect(await outcomesOf(empty)).toEqual(['ACCEPTED']);
    expect(await outcomesOf(empty, { eventId: 'm-1', facts: [short] })).toEqual(['DUPLICATE', 'CONFLICT']);
    expect(await published()).toEqual([]);
  });

  test('takes in nothing of a bundle of which one fact does not fit', async () => {
    const facts = [
      { part: 'a', definition: shortPickRecorded, occurredAtMs: 0, data: work('1') },
      { part: 'b', definition: shortPickRecorded, occurredAtMs: 0, data: work('-1') },
    ];
    expect(await outcomesOf({ eventId: 'm-1', facts })).toEqual(['QUARANTINED']);
    expect(await published()).toEqual([]);
  });

  test('cuts off evidence beyond its bound', async () => {
    await inbox.receive('wms-north', [{ eventId: 'm-1', reason: 'too odd', raw: 'x'.repeat(5_000) }]);
    const [kept] = await inbox.quarantined({ first: 1 });
    expect(JSON.stringify(kept?.raw).length).toBeLessThan(2_100);
  });

  test('knows a message under an event id of any length', async () => {
    const eventId = 'x'.repeat(1_000);
    expect(await outcomesOf(adjustment(eventId))).toEqual(['ACCEPTED']);
    expect(await outcomesOf(adjustment(eventId))).toEqual(['DUPLICATE']);
  });

  test('keeps the order in which messages are given', async () => {
    const messages = Array.from({ length: 700 }, (_, index) => adjustment(`m-${index}`));
    await inbox.receive('wms-north', messages);
    expect((await published()).map(({ source }) => source.eventId)).toEqual(messages.map(({ eventId }) => eventId));
  });

  test('makes hundreds of messages durable in few commits', async () => {
    telemetry.observations.length = 0;
    const messages = Array.from({ length: 500 }, (_, index) => adjustment(`m-${index}`));
    await inbox.receive('wms-north', messages);
    const commits = telemetry.observations.filter(({ name }) => name === 'storage_commit_writes');
    expect(Math.max(...commits.map(({ value }) => value))).toBeGreaterThanOrEqual(500);
  });

  test('remembers after a restart what it accepted', async () => {
    const folder = await temporaryDirectory();
    for (const outcome of ['ACCEPTED', 'DUPLICATE']) {
      const process = await openEmbeddedPlatform({ directory: folder.path });
      const opened = await createInbox({ platform: process });
      expect(await opened.receive('wms-north', [adjustment('m-1')])).toMatchObject([{ outcome }]);
      await process.close();
    }
    await folder.remove();
  });

  test('counts every outcome by source', async () => {
    await inbox.receive('wms-north', [adjustment('m-1'), adjustment('m-1')]);
    expect(telemetry.counts.filter(({ name }) => name === 'inbox_messages_total').map(({ labels }) => labels)).toEqual([
      { source: 'wms-north', outcome: 'ACCEPTED' },
      { source: 'wms-north', outcome: 'DUPLICATE' },
    ]);
  });
});
