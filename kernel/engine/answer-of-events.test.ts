import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryJournal, MemoryLog } from '../testing/memory-journal.ts';
import { MemoryIndexFile, MemoryKeyIndex } from '../testing/memory-key-index.ts';
import { MemorySnapshotStore } from '../testing/memory-snapshot-store.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { SequentialIds } from '../testing/sequential-ids.ts';
import { openSingleWriter } from './open-single-writer.ts';
import type { WriterDefinition } from './writer-definition.ts';

type Take = { readonly take: number };
type Taken = { readonly taken: number };
type Answer = { readonly got: number; readonly left?: number };

/** Even numbers are answered by what the event says, odd ones by what only the moment of the decision knows. */
const shelf: WriterDefinition<{ left: number }, Take, Taken, Answer> = {
  initialState: () => ({ left: 10 }),
  decide: (state, { take }) =>
    take % 2 === 0
      ? { events: [{ taken: take }], answer: { got: take }, isAnswerOfEvents: true }
      : { events: [{ taken: take }], answer: { got: take, left: state.left - take } },
  evolve: (state, { taken }) => void (state.left -= taken),
  answerOf: (events) => ({ got: events[0]?.taken ?? 0 }),
};

function open(log: MemoryLog, { definition = shelf, rememberedCommandsMax = 100 } = {}) {
  const platform = {
    clock: new FakeClock(),
    ids: new SequentialIds(),
    telemetry: new RecordingTelemetry(),
    snapshots: new MemorySnapshotStore(),
    openJournal: async () => new MemoryJournal(log),
  };
  return openSingleWriter({
    definition,
    context: 'shelf',
    platform,
    limits: { rememberedCommandsMax },
    commandIndex: {
      open: async (epoch) => new MemoryKeyIndex(new MemoryIndexFile(), epoch),
      limits: { dedupMemoryBytesMax: 1_024, indexFlushEntries: 2, indexPendingMax: 100 },
    },
  });
}

const recordsIn = (log: MemoryLog): object[] =>
  log.batches.flatMap((text) => (JSON.parse(text) as { events: object[] }).events);

describe('an answer that follows from the events', () => {
  test('stands in the journal once, and any other as well', async () => {
    const log = new MemoryLog();
    const writer = await open(log);
    await expect(writer.submit({ take: 2 }, { commandId: 'a' })).resolves.toEqual({ got: 2 });
    await expect(writer.submit({ take: 1 }, { commandId: 'b' })).resolves.toEqual({ got: 1, left: 7 });
    await writer.close();
    const [even, odd] = recordsIn(log);
    expect(even).not.toHaveProperty('answer');
    expect(odd).toHaveProperty('answer', { got: 1, left: 7 });
  });

  test('is given again from memory, after a restart, and from the index', async () => {
    const log = new MemoryLog();
    const ask = { commandId: 'a' };
    for (const rememberedCommandsMax of [100, 100, 1]) {
      const writer = await open(log, { rememberedCommandsMax });
      await writer.submit({ take: 2 }, ask);
      await writer.submit({ take: 1 }, { commandId: 'b' });
      await expect(writer.submit({ take: 2 }, ask)).resolves.toEqual({ got: 2 });
      await expect(writer.submit({ take: 1 }, { commandId: 'b' })).resolves.toEqual({ got: 1, left: 7 });
      expect(writer.state.left).toBe(7);
      await writer.close();
    }
  });

  test('is read where an older journal holds it', async () => {
    const log = new MemoryLog();
    const { answerOf: _answerOf, ...former } = shelf;
    const decide: typeof shelf.decide = () => ({ events: [{ taken: 4 }], answer: { got: 4, left: 6 } });
    const before = await open(log, { definition: { ...former, decide } });
    await before.submit({ take: 4 }, { commandId: 'a' });
    await before.close();
    for (const rememberedCommandsMax of [100, 0]) {
      const writer = await open(log, { rememberedCommandsMax });
      await expect(writer.submit({ take: 4 }, { commandId: 'a' })).resolves.toEqual({ got: 4, left: 6 });
      await writer.close();
    }
  });
});
