import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import type { ChangeFilter } from '../model/change-filter.ts';
import type { EventEnvelope } from '../model/event-envelope.ts';
import { readEvent } from '../model/read-told.ts';
import type { ChangeMessage } from '../ports/change-feed.ts';
import { FIND_LIMIT_MAX, type Collection, type Document } from '../ports/documents.ts';
import type { Streams } from '../ports/streams.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../testing/open-test-platform.ts';
import { waitFor } from '../testing/wait-for.ts';
import type { ChangesSince, ChangesSinceAnswer, ChangeLogLimits, DocumentChangeLog } from './document-change-log.ts';
import { openDocumentChangeLog } from './open-document-change-log.ts';

interface Parcel extends Document {
  readonly place: string;
  readonly formerPlace?: string;
}

interface ParcelMoved {
  readonly parcel: string;
  readonly place: string;
  readonly formerPlace?: string;
}

const PARCEL_MOVED = {
  type: 'parcel-moved',
  version: 1,
  data: Type.Object({ parcel: Type.String(), place: Type.String(), formerPlace: Type.Optional(Type.String()) }),
};

const STREAM = 'PARCELS_EVENTS';
const SUBJECT = 'rpc.parcels.changes-since';
const ALL: ChangeFilter = {};

let clock: FakeClock;
let platform: TestPlatform;
let parcels: Collection<Parcel>;
let log: DocumentChangeLog;
let heard: ChangeMessage[];
/** What this process knows of the event; another version of the code knows more. */
let knownVersion: number;

beforeEach(async () => {
  clock = new FakeClock();
  platform = await openTestPlatform({ clock });
  parcels = await platform.documents.collection<Parcel>({ name: 'parcels', indexes: [] });
  heard = [];
  knownVersion = 1;
  platform.changeFeed.subscribe('parcels', (message) => heard.push(message));
  log = await openLog();
});

afterEach(async () => {
  await log.close();
  await platform.close();
});

function openLog(
  limits: Partial<ChangeLogLimits> = {},
  read: Streams['read'] = (...place) => platform.streams.read(...place),
): Promise<DocumentChangeLog> {
  const streams = {
    read,
    epoch: (stream: string) => platform.streams.epoch(stream),
    head: (stream: string) => platform.streams.head(stream),
    watch: (stream: string, listener: () => void) => platform.streams.watch(stream, listener),
  };
  return openDocumentChangeLog<ParcelMoved>({
    context: 'parcels',
    stream: STREAM,
    changesSinceSubject: SUBJECT,
    definition: {
      event: 'parcel-moved',
      read: (envelope) => readEvent({ ...PARCEL_MOVED, version: knownVersion }, envelope),
      keyFields: ['parcel'],
      leftOf: ({ formerPlace }) => (formerPlace === undefined ? undefined : { place: [formerPlace] }),
    },
    snapshot: async (_filter, limit) =>
      (await parcels.find({ limit: Math.min(limit, FIND_LIMIT_MAX) })).map(({ document }) => movedOf(document)),
    platform: { ...platform, streams },
    limits: { heartbeatMs: 1_000, ...limits },
  });
}

async function reopen(limits: Partial<ChangeLogLimits>, read?: Streams['read']): Promise<void> {
  await log.close();
  log = await openLog(limits, read);
}

/** Saves a parcel as a use case would, and waits until its event is in the stream. @returns the cursor of the save */
async function move(id: string, place: string): Promise<string> {
  const former = await parcels.get(id);
  const document: Parcel = {
    id,
    place,
    ...(former && former.document.place !== place && { formerPlace: former.document.place }),
  };
  await parcels.save(document, former?.version ?? 0, [outbox('parcel-moved', id, movedOf(document))]);
  return log.headCursor();
}

function movedOf({ id, place, formerPlace }: Parcel): ParcelMoved {
  return { parcel: id, place, ...(formerPlace !== undefined && { formerPlace }) };
}

function outbox(
  type: string,
  key: string,
  data: unknown,
): { stream: string; subject: string; envelope: EventEnvelope } {
  const id = platform.ids.next();
  const at = new Date(clock.nowMs()).toISOString();
  const envelope = { id, type, version: 1, source: { system: 'parcels', eventId: id }, key, occurredAt: at };
  return { stream: STREAM, subject: `s.${type}`, envelope: { ...envelope, recordedAt: at, correlationId: id, data } };
}

const note = (): Promise<unknown> =>
  platform.streams.publish(STREAM, 's.noted', outbox('parcel-noted', 'n', {}).envelope);

async function ask(question: Omit<ChangesSince, 'event'>): Promise<ChangesSinceAnswer> {
  const payload = { event: 'parcel-moved', ...question };
  return (await platform.rpc.request(SUBJECT, payload, { timeoutMs: 1_000, correlationId: 'c' })) as ChangesSinceAnswer;
}

const after = (seq: number): { epoch: string; seq: number } => ({ epoch: log.epoch, seq });
const brief = ({ records }: Pick<ChangeMessage, 'records'>): string[] =>
  records.map(({ key, version, value, deleted }) => `${key}@${version}=${deleted ? 'gone' : String(value['place'])}`);

describe('a document change log on the change feed', () => {
  test('tells every change in order, and each message names its predecessor', async () => {
    await move('a', 'S1');
    await note();
    await move('b', 'S1');
    await move('a', 'S2');
    await waitFor(() => heard.flatMap(brief).length === 3, 'three changes on the feed');
    expect(heard.flatMap(brief)).toEqual(['a@1=S1', 'b@3=S1', 'a@4=S2']);
    let previous = 0;
    for (const message of heard) {
      expect(message).toMatchObject({ context: 'parcels', epoch: log.epoch, prevSeq: previous });
      previous = message.seq;
    }
    expect(previous).toBe(4);
  });

  test('tells which values a key has left', async () => {
    await move('a', 'S1');
    await move('a', 'S2');
    const record = await waitFor(() => heard.flatMap(({ records }) => records).find(({ version }) => version === 2));
    expect(record.left).toEqual({ place: ['S1'] });
  });

  test('tells nothing that happened before it was opened', async () => {
    await move('a', 'S1');
    await waitFor(() => heard.length === 1, 'the first change');
    await reopen({});
    await move('b', 'S1');
    await waitFor(() => heard.length === 2, 'the second change');
    expect(heard.slice(1)).toMatchObject([{ seq: 2, prevSeq: 1 }]);
  });

  test('tells its head in a heartbeat, also past messages that are no changes', async () => {
    await move('a', 'S1');
    await waitFor(() => heard.length === 1, 'the change');
    await note();
    clock.advance(1_000);
    await waitFor(() => heard.length === 2, 'a heartbeat');
    expect(heard[1]).toMatchObject({ seq: 2, prevSeq: 1, records: [] });
  });

  test('goes on where it was after the stream could not be read', async () => {
    let isAway = true;
    let failures = 0;
    await reopen({}, (stream, afterSeq, limit) => {
      if (!isAway) return platform.streams.read(stream, afterSeq, limit);
      failures++;
      return Promise.reject(new Error('disk away'));
    });
    await move('a', 'S1');
    await waitFor(() => failures > 0, 'a failed read');
    expect(heard).toEqual([]);
    isAway = false;
    clock.advance(1_000);
    await waitFor(() => heard.length > 0, 'the change');
    expect(heard.flatMap(brief)).toEqual(['a@1=S1']);
  });
});

describe('an event of a later version of the code', () => {
  test('stops the log before it, until the process is updated', async () => {
    await move('a', 'S1');
    await waitFor(() => heard.length === 1, 'the first change');
    const { stream, subject, envelope } = outbox('parcel-moved', 'b', { parcel: 'b', place: 'S9' });
    await platform.streams.publish(stream, subject, { ...envelope, version: 2 });
    await move('c', 'S1');
    // Whatever wakes it, it tells nothing behind what it cannot read, and not that it has come further.
    clock.advance(1_000);
    await expect(ask({ filter: ALL, after: after(1) })).rejects.toMatchObject({ code: 'LOG_OF_LATER_VERSION' });
    expect(heard.map(({ seq }) => seq)).toEqual([1]);

    knownVersion = 2;
    clock.advance(1_000);
    await waitFor(() => heard.flatMap(brief).length === 3, 'the changes that waited');
    expect(heard.flatMap(brief)).toEqual(['a@1=S1', 'b@2=S9', 'c@3=S1']);
    expect(brief(await ask({ filter: ALL, after: after(1) }))).toEqual(['b@2=S9', 'c@3=S1']);
  });
});

describe('a document change log asked for changes', () => {
  test('answers a snapshot of what matches when no position is given', async () => {
    await move('a', 'S1');
    await move('b', 'S2');
    const answer = await ask({ filter: { place: ['S1'] } });
    expect(answer).toMatchObject({ epoch: log.epoch, seq: 2, reset: true });
    expect(brief(answer)).toEqual(['a@2=S1']);
  });

  test('answers the newest value of every key that changed after the position', async () => {
    for (const [id, place] of ['aS1', 'bS1', 'aS2', 'cS1', 'aS3'].map((text) => [text[0], text.slice(1)] as const)) {
      await move(String(id), place);
    }
    const answer = await ask({ filter: ALL, after: after(2) });
    expect(answer).toMatchObject({ seq: 5, reset: false });
    expect(brief(answer).sort()).toEqual(['a@5=S3', 'c@4=S1']);
  });

  test('answers nothing at its head', async () => {
    await move('a', 'S1');
    expect(await ask({ filter: ALL, after: after(1) })).toMatchObject({ seq: 1, reset: false, records: [] });
  });

  test('tells a key that has left the filter once, as deleted, with its key fields alone', async () => {
    await move('a', 'S1');
    await move('b', 'S2');
    await move('a', 'S2');
    const answer = await ask({ filter: { place: ['S1'] }, after: after(1) });
    expect(answer.records).toEqual([
      { event: 'parcel-moved', key: 'a', version: 3, deleted: true, value: { parcel: 'a' } },
    ]);
  });

  test('raises no version of a key for what happens after it has left', async () => {
    for (const place of ['S1', 'S2', 'S3']) await move('a', place);
    const { records } = await ask({ filter: { place: ['S1'] }, after: after(0) });
    expect(records).toMatchObject([{ key: 'a', version: 2, deleted: true }]);
  });

  test('answers a snapshot to a position of another epoch', async () => {
    await move('a', 'S1');
    const answer = await ask({ filter: ALL, after: { epoch: 'anotherepoch', seq: 1 } });
    expect(answer).toMatchObject({ epoch: log.epoch, reset: true, seq: 1 });
  });

  test('answers a snapshot to a position that is too far back', async () => {
    await reopen({ replayMessagesMax: 2 });
    for (const place of ['S1', 'S2', 'S3']) await move('a', place);
    expect(await ask({ filter: ALL, after: after(0) })).toMatchObject({ reset: true });
    expect(await ask({ filter: ALL, after: after(1) })).toMatchObject({ reset: false });
  });

  test('answers a snapshot when the stream no longer holds what came after the position', async () => {
    await reopen({}, (stream, afterSeq, limit) => platform.streams.read(stream, Math.max(afterSeq, 2), limit));
    for (const place of ['S1', 'S2', 'S3']) await move('a', place);
    expect(await ask({ filter: ALL, after: after(1) })).toMatchObject({ reset: true });
    expect(await ask({ filter: ALL, after: after(2) })).toMatchObject({ reset: false });
  });

  test('reads more than one page', async () => {
    await reopen({ pageMessages: 2 });
    for (const id of ['a', 'b', 'c', 'd', 'e']) await move(id, 'S1');
    expect(brief(await ask({ filter: ALL, after: after(0) }))).toHaveLength(5);
  });

  test('is an obstacle to a position that it has not reached', async () => {
    await move('a', 'S1');
    await expect(ask({ filter: ALL, after: after(2) })).rejects.toMatchObject({ code: 'NOT_CAUGHT_UP' });
  });

  test('refuses a snapshot of too many records', async () => {
    await reopen({ snapshotRecordsMax: 1 });
    await move('a', 'S1');
    await move('b', 'S1');
    await expect(ask({ filter: ALL })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  test('refuses another event', async () => {
    const payload = { event: 'parcel-lost', filter: {} };
    const asked = platform.rpc.request(SUBJECT, payload, { timeoutMs: 1_000, correlationId: 'c' });
    await expect(asked).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('the cursors of a document change log', () => {
  test('name the change of a save', async () => {
    expect(await move('a', 'S1')).toBe(`parcels:${log.epoch}.1`);
  });

  test('are waited for until they are included', async () => {
    await move('a', 'S1');
    const waited = log.waitFor(`parcels:${log.epoch}.2`, 5_000);
    await move('a', 'S2');
    await expect(waited).resolves.toBeUndefined();
    expect(clock.pending).toBe(1);
  });

  test('are an obstacle when they do not come in time', async () => {
    const waited = log.waitFor(`parcels:${log.epoch}.9`, 5_000);
    waited.catch(() => undefined);
    await waitFor(() => clock.pending === 2, 'the wait');
    clock.advance(5_000);
    await expect(waited).rejects.toMatchObject({ code: 'NOT_CAUGHT_UP' });
  });

  test.each([
    ['nonsense', 'MALFORMED_CURSOR'],
    ['orders:abcdefgh.1', 'FOREIGN_CURSOR'],
    ['parcels:anotherepoch.1', 'STALE_EPOCH'],
  ])('%s is refused with %s', async (cursor, code) => {
    await expect(log.waitFor(cursor, 1)).rejects.toMatchObject({ code });
  });

  test('are refused when too many wait', async () => {
    await reopen({ waitersMax: 1 });
    const first = log.waitFor(`parcels:${log.epoch}.1`, 5_000);
    await waitFor(() => clock.pending === 2, 'the first wait');
    await expect(log.waitFor(`parcels:${log.epoch}.1`, 5_000)).rejects.toMatchObject({ code: 'OVERLOADED' });
    await move('a', 'S1');
    await first;
  });
});
