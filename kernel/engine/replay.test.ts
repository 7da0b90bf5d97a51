import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryJournal, MemoryLog } from '../testing/memory-journal.ts';
import { MemoryIndexFile, MemoryKeyIndex } from '../testing/memory-key-index.ts';
import { MemorySnapshotStore } from '../testing/memory-snapshot-store.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { SequentialIds } from '../testing/sequential-ids.ts';
import { openSingleWriter } from './open-single-writer.ts';
import type { WriterDefinition } from './writer-definition.ts';

const counter: WriterDefinition<{ sum: number }, { add: number }, { added: number }, number> = {
  initialState: () => ({ sum: 0 }),
  decide: ({ sum }, { add }) => ({ events: [{ added: add }], answer: sum + add }),
  evolve: (state, { added }) => void (state.sum += added),
  snapshot: {
    version: 1,
    encode: (state) => Buffer.from(JSON.stringify(state)),
    decode: (bytes) => JSON.parse(Buffer.from(bytes).toString()) as { sum: number },
  },
};

const BATCHES = 120;

/** A log of so many batches of one command each, with a snapshot of all of them. */
async function filled() {
  const log = new MemoryLog();
  const file = new MemoryIndexFile();
  const snapshots = new MemorySnapshotStore();
  const reads: number[] = [];
  const open = (isIndexed: boolean) => {
    const openJournal = async () => {
      const journal = new MemoryJournal(log);
      const read = journal.read.bind(journal);
      journal.read = (...range) => {
        reads.push(range[0]);
        return read(...range);
      };
      return journal;
    };
    const clock = new FakeClock();
    const platform = { clock, ids: new SequentialIds(), telemetry: new RecordingTelemetry(), snapshots, openJournal };
    const commandIndex = {
      open: async (epoch: string) => new MemoryKeyIndex(file, epoch),
      limits: { dedupMemoryBytesMax: 1_024, indexFlushEntries: 2, indexPendingMax: 100 },
    };
    return openSingleWriter({ definition: counter, context: 'counter', platform, ...(isIndexed && { commandIndex }) });
  };
  const writer = await open(true);
  for (let n = 1; n <= BATCHES; n++) await writer.submit({ add: 1 }, { commandId: `c${n}` });
  await writer.close();
  reads.length = 0;
  return { open, reads };
}

describe('the start from a snapshot', () => {
  test('reads the newest batches alone where an index finds the commands before them', async () => {
    const { open, reads } = await filled();
    const writer = await open(true);
    expect(reads[0]).toBe(BATCHES - 49);
    expect(writer.state.sum).toBe(BATCHES);
    await expect(writer.submit({ add: 1 }, { commandId: `c${BATCHES}` })).resolves.toBe(BATCHES);
    await expect(writer.submit({ add: 1 }, { commandId: 'c1' })).resolves.toBe(1);
    expect(writer.state.sum).toBe(BATCHES);
    await writer.close();
  });

  test('reads all that memory held where there is no index', async () => {
    const { open, reads } = await filled();
    const writer = await open(false);
    expect(reads[0]).toBe(1);
    await expect(writer.submit({ add: 1 }, { commandId: 'c1' })).resolves.toBe(1);
    await writer.close();
  });
});
