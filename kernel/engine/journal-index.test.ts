import { describe, expect, test } from '@jest/globals';
import { Obstacle } from '../model/errors.ts';
import { MemoryIndexFile, MemoryKeyIndex } from '../testing/memory-key-index.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { waitFor } from '../testing/wait-for.ts';
import { JournalIndex } from './journal-index.ts';

const LIMITS = { dedupMemoryBytesMax: 1_024, indexFlushEntries: 4, indexPendingMax: 8 };
const entry = (n: number) => ({ key: `till|${n}`, value: `v${n}` });

async function open(index = new MemoryKeyIndex()) {
  return {
    disk: index,
    index: await JournalIndex.open({ index, telemetry: new RecordingTelemetry(), limits: LIMITS }),
  };
}

describe('the index of a journal', () => {
  test('finds what was added at once, before it is on disk', async () => {
    const { disk, index } = await open();
    const letGo = disk.hold();
    index.add([entry(1), entry(2), entry(3), entry(4), entry(5)], 1);
    letGo();
    expect(await index.find(['till|5', 'till|1'])).toEqual(
      new Map([
        ['till|5', ['v5']],
        ['till|1', ['v1']],
      ]),
    );
  });

  test('answers at once, without a look-up, for keys that were never added', async () => {
    const { disk, index } = await open();
    index.add([entry(1)], 1);
    const found = index.find(['till|999']);
    expect(found).not.toBeInstanceOf(Promise);
    expect(disk.asked).toEqual([]);
  });

  test('says how far it is complete, so that a restart adds what was lost', async () => {
    const file = new MemoryIndexFile();
    const { index } = await open(new MemoryKeyIndex(file));
    index.add([1, 2, 3, 4].map(entry), 1);
    index.add([entry(5)], 2);
    await waitFor(() => file.completeSeq === 1 || undefined, 'the first four on disk');
    const again = await open(new MemoryKeyIndex(file));
    expect(again.index.completeSeq).toBe(1);
    again.index.add([entry(5)], 2);
    expect((await again.index.find([1, 5].map((n) => entry(n).key))).size).toBe(2);
    await again.index.close();
    expect(file.completeSeq).toBe(2);
  });

  test('keeps in memory what the disk does not take, and waits for the disk beyond its bound', async () => {
    const { disk, index } = await open();
    disk.failWith(new Obstacle('CONTEXT_UNAVAILABLE', 'the disk is full', {}));
    for (let n = 0; n < 12; n++) index.add([entry(n)], n + 1);
    await expect(Promise.resolve(index.find(['new']))).rejects.toThrow('the disk is full');
    disk.failWith(undefined);
    expect((await index.find(Array.from({ length: 12 }, (_, n) => entry(n).key))).size).toBe(12);
    expect(disk.completeSeq).toBe(12);
  });
});
