import { describe, expect, test } from '@jest/globals';
import { refuse } from '../model/errors.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryJournal, MemoryLog } from '../testing/memory-journal.ts';
import { MemoryIndexFile, MemoryKeyIndex } from '../testing/memory-key-index.ts';
import { MemorySnapshotStore } from '../testing/memory-snapshot-store.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { SequentialIds } from '../testing/sequential-ids.ts';
import { openSingleWriter } from './open-single-writer.ts';
import type { WriterDefinition } from './writer-definition.ts';

/** Takes from a shelf; what is decided twice is gone twice. */
const shelf: WriterDefinition<{ left: number }, { take: number }, { taken: number }, number> = {
  initialState: () => ({ left: 10 }),
  decide: (state, { take }) =>
    take > state.left
      ? refuse('INSUFFICIENT_STOCK', 'Not that much.')
      : { events: [{ taken: take }], answer: state.left - take },
  evolve: (state, { taken }) => void (state.left -= taken),
};

/** What outlives a restart. */
function disk() {
  return { log: new MemoryLog(), file: new MemoryIndexFile(), reads: [] as number[] };
}

type Disk = ReturnType<typeof disk>;

function open({ log, file, reads = [] }: Pick<Disk, 'log' | 'file'> & Partial<Disk>) {
  const openJournal = async () => {
    const journal = new MemoryJournal(log);
    const read = journal.read.bind(journal);
    journal.read = (...range) => {
      reads.push(range[0]);
      return read(...range);
    };
    return journal;
  };
  const platform = {
    clock: new FakeClock(),
    ids: new SequentialIds(),
    telemetry: new RecordingTelemetry(),
    snapshots: new MemorySnapshotStore(),
    openJournal,
  };
  return openSingleWriter({
    definition: shelf,
    context: 'shelf',
    platform,
    limits: { rememberedCommandsMax: 1, batchCommandsMax: 4 },
    commandIndex: {
      open: async (epoch) => new MemoryKeyIndex(file, epoch),
      limits: { dedupMemoryBytesMax: 1_024, indexFlushEntries: 2, indexPendingMax: 100 },
    },
  });
}

describe('a command that memory has let go of', () => {
  test('is answered as the first time and decided once', async () => {
    const writer = await open(disk());
    expect(await writer.submit({ take: 1 }, { commandId: 'a' })).toBe(9);
    for (const commandId of ['b', 'c', 'd', 'e']) await writer.submit({ take: 1 }, { commandId });

    expect(await writer.submit({ take: 1 }, { commandId: 'a' })).toBe(9);
    expect(writer.state.left).toBe(5);
    await writer.close();
  });

  test('is refused with another payload, and refused again when it was', async () => {
    const writer = await open(disk());
    await expect(writer.submit({ take: 99 }, { commandId: 'a' })).rejects.toThrow('Not that much.');
    for (const commandId of ['b', 'c', 'd', 'e']) await writer.submit({ take: 1 }, { commandId });

    await expect(writer.submit({ take: 99 }, { commandId: 'a' })).rejects.toThrow('Not that much.');
    await expect(writer.submit({ take: 1 }, { commandId: 'b' })).resolves.toBe(9);
    await expect(writer.submit({ take: 2 }, { commandId: 'b' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    await writer.close();
  });

  test('is known after a restart, also where the index was lost', async () => {
    const kept = disk();
    const first = await open(kept);
    for (const commandId of ['a', 'b', 'c']) await first.submit({ take: 1 }, { commandId });
    await first.close();

    for (const file of [kept.file, new MemoryIndexFile()]) {
      const again = await open({ log: kept.log, file });
      expect(await again.submit({ take: 1 }, { commandId: 'a' })).toBe(9);
      expect(again.state.left).toBe(7);
      await again.close();
    }
  });

  test('is read from the log with all others of its batch at once', async () => {
    const kept = disk();
    const first = await open(kept);
    const ids = ['a', 'b', 'c', 'd'];
    await Promise.all(ids.map((commandId) => first.submit({ take: 1 }, { commandId })));
    await first.submit({ take: 1 }, { commandId: 'e' });
    await first.close();

    const again = await open(kept);
    const reads = kept.reads.length;
    const answers = await Promise.all(ids.map((commandId) => again.submit({ take: 1 }, { commandId })));
    expect(answers).toEqual([9, 8, 7, 6]);
    expect(kept.reads.slice(reads)).toEqual([1]);
    await again.close();
  });

  test('holds up nothing that is new and submitted with it', async () => {
    const writer = await open(disk());
    for (const commandId of ['a', 'b', 'c']) await writer.submit({ take: 1 }, { commandId });

    const together = ['d', 'a', 'e', 'b', 'f', 'g'].map((commandId) => writer.submit({ take: 1 }, { commandId }));

    expect(await Promise.all(together)).toEqual([6, 9, 5, 8, 4, 3]);
    await writer.close();
  });
});
