import { describe, expect, test } from '@jest/globals';
import { Obstacle } from '../model/errors.ts';
import type { FollowedJournal, JournalBatch } from '../ports/journal.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryJournal, MemoryLog } from '../testing/memory-journal.ts';
import { MemorySnapshotStore } from '../testing/memory-snapshot-store.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { SequentialIds } from '../testing/sequential-ids.ts';
import { waitFor } from '../testing/wait-for.ts';
import { CommandMemory } from './command-memory.ts';
import { createEventReader, type EventVersions } from './event-versions.ts';
import { JournalFollower } from './journal-follower.ts';
import { openSingleWriter } from './open-single-writer.ts';
import { WRITER_LIMITS } from './single-writer.ts';
import { SnapshotSaver } from './snapshot-saver.ts';
import type { WriterDefinition } from './writer-definition.ts';

type Event =
  | { readonly type: 'put'; readonly v: 3; readonly units: number; readonly where: string }
  | { readonly type: 'taken'; readonly units: number };

const VERSIONS: EventVersions<Event['type']> = {
  // A count became units, then a place was added.
  put: [({ count, ...rest }) => ({ ...rest, units: count }), (older) => ({ ...older, where: 'shelf' })],
  taken: [],
};

const read = createEventReader<Event>(VERSIONS);
const stored = (event: object): Event => event as Event;

describe('an event of a log', () => {
  test('of the present version is given as it is', () => {
    const put = stored({ type: 'put', v: 3, units: 2, where: 'box' });
    const taken = stored({ type: 'taken', units: 1 });
    expect(read(put)).toBe(put);
    expect(read(taken)).toBe(taken);
  });

  test('of any earlier version is brought forward step by step, and not changed itself', () => {
    const first = Object.freeze({ type: 'put', count: 2 });
    expect(read(stored(first))).toEqual({ type: 'put', v: 3, units: 2, where: 'shelf' });
    expect(read(stored({ type: 'put', v: 2, units: 5 }))).toEqual({ type: 'put', v: 3, units: 5, where: 'shelf' });
  });

  test('of a later version, or of a type that is not known, is an obstacle that says what to do', () => {
    for (const event of [{ type: 'put', v: 4 }, { type: 'taken', v: 2 }, { type: 'lost' }, { type: 'toString' }]) {
      const reading = () => read(stored(event));
      expect(reading).toThrow(Obstacle);
      expect(reading).toThrow(expect.objectContaining({ code: 'LOG_OF_LATER_VERSION', details: expect.anything() }));
      expect(reading).toThrow('update this process');
    }
  });
});

interface Box {
  units: number;
}
type Put = { readonly units: number };

const box: WriterDefinition<Box, Put, Event, number> = {
  initialState: () => ({ units: 0 }),
  decide: (state, { units }) => ({
    events: [{ type: 'put', v: 3, units, where: 'box' }],
    answer: state.units + units,
  }),
  evolve: (state, event) => void (state.units += event.type === 'put' ? event.units : -event.units),
  readEvent: read,
};

const batchOf = (seq: number, ...events: readonly object[]): JournalBatch => {
  const records = [{ commandId: `c${seq}`, payloadHash: 'h', events, answer: 0 }];
  return { seq, batchId: `b${seq}`, recordedAtMs: seq, events: records };
};
const OLD = [
  batchOf(1, { type: 'put', count: 5 }),
  batchOf(2, { type: 'taken', units: 2 }, { type: 'put', v: 2, units: 1 }),
];

describe('a log that earlier versions wrote', () => {
  test('is replayed, handed out and gone on from in the present form', async () => {
    const log = new MemoryLog();
    log.batches.push(...OLD.map((batch) => JSON.stringify({ ...batch, seq: undefined })));
    const platform = {
      clock: new FakeClock(),
      ids: new SequentialIds(),
      telemetry: new RecordingTelemetry(),
      snapshots: new MemorySnapshotStore(),
      openJournal: async () => new MemoryJournal(log),
    };
    const writer = await openSingleWriter({ definition: box, context: 'box', platform });
    expect(writer.state).toEqual({ units: 4 });
    const told: Event[] = [];
    for await (const { events } of writer.history(0)) told.push(...events);
    expect(told).toEqual([
      { type: 'put', v: 3, units: 5, where: 'shelf' },
      { type: 'taken', units: 2 },
      { type: 'put', v: 3, units: 1, where: 'shelf' },
    ]);
    await expect(writer.submit({ units: 3 }, { commandId: 'new' })).resolves.toBe(7);
    await writer.close();
  });

  test('is followed until a later version writes what is not known here, and then not one event further', async () => {
    const batches = [...OLD, batchOf(3, { type: 'put', v: 3, units: 1, where: 'x' }, { type: 'put', v: 4 })];
    const telemetry = new RecordingTelemetry();
    const broken: unknown[] = [];
    const state = box.initialState();
    const memory = new CommandMemory(WRITER_LIMITS);
    const journal: FollowedJournal = {
      epoch: 'e',
      isReachable: true,
      head: () => batches.length,
      lookAgain: async () => batches.length,
      read: async function* (from, to = batches.length) {
        yield* batches.slice(from - 1, to);
      },
      readTexts: () => {
        throw new Error('nobody reads texts');
      },
      seqAt: async () => 0,
      assertReaches: () => undefined,
      watch: () => () => undefined,
      close: async () => undefined,
    };
    const snapshots = new MemorySnapshotStore();
    const platform = {
      clock: new FakeClock(),
      ids: new SequentialIds(),
      telemetry,
      snapshots,
      openJournal: async () => new MemoryJournal(),
    };
    const follower = new JournalFollower<Box, Put, Event, number>({
      context: 'box',
      definition: box,
      platform,
      journal,
      state,
      memory,
      commands: undefined,
      snapshots: new SnapshotSaver({
        context: 'box',
        ...platform,
        journal,
        codec: undefined,
        limits: WRITER_LIMITS,
        replayed: { snapshotSeq: 0 },
      }),
      seq: 0,
      lookMs: 1_000,
      onBroken: (error) => broken.push(error),
      onApplied: () => undefined,
    });
    follower.follow();
    await waitFor(() => broken.length > 0);
    expect(String(broken[0])).toContain('update this process');
    expect([follower.seq, state]).toEqual([2, { units: 4 }]);
    await follower.close();
  });
});
