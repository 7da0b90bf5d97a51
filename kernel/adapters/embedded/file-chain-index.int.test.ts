import { open, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CHAIN_END } from '../../ports/chain-index.ts';
import { RecordingTelemetry } from '../../testing/recording-telemetry.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { EMBEDDED_LIMITS, type EmbeddedLimits } from './embedded-limits.ts';
import { FileChainIndex } from './file-chain-index.ts';

const FRAMES = 5;
/** Every tenth of these fills a frame. */
const LIMITS = { chainFrameBytes: 256 };

let directory: TemporaryDirectory;
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => directory.remove());

const path = (): string => join(directory.path, 'positions.chain');

function openIndex(limits: Partial<EmbeddedLimits> = LIMITS, telemetry = new RecordingTelemetry()) {
  const parts = { name: 'positions', path: path(), epoch: '0000000000epoch0', telemetry };
  return FileChainIndex.open({ ...parts, limits: { ...EMBEDDED_LIMITS, ...limits }, onClose: () => undefined });
}

/** A file of several frames, each complete up to another batch. */
async function fill(): Promise<readonly number[]> {
  const index = await openIndex();
  const sizes: number[] = [];
  for (let seq = 1; seq <= FRAMES * 10; seq++) {
    index.add([{ key: seq % 3 }], seq);
    await index.keepUp();
    sizes.push((await stat(path())).size);
  }
  await index.close();
  return sizes;
}

async function seqsOf(index: FileChainIndex, key: number): Promise<readonly number[]> {
  const seqs: number[] = [];
  for (let address = index.newest(key); address !== CHAIN_END;) {
    const { seq, former } = await index.read(address);
    seqs.push(seq);
    address = former;
  }
  return seqs;
}

const upTo = (last: number, key: number): readonly number[] =>
  Array.from({ length: last }, (_, n) => last - n).filter((seq) => seq % 3 === key);

describe('a file of chains', () => {
  test('cut anywhere, keeps a whole beginning and goes on from there', async () => {
    await fill();
    const { size } = await stat(path());
    for (let length = size - 1; length >= 0; length -= 97) {
      await truncate(path(), length);
      const index = await openIndex();
      const { completeSeq } = index;
      expect(completeSeq).toBeLessThan(FRAMES * 10);
      for (const key of [0, 1, 2]) expect(await seqsOf(index, key)).toEqual(upTo(completeSeq, key));
      index.add([{ key: 1 }], 1_000);
      expect(await seqsOf(index, 1)).toEqual([1_000, ...upTo(completeSeq, 1)]);
      await index.close();
      const again = await openIndex();
      expect([again.completeSeq, await seqsOf(again, 1)]).toEqual([1_000, [1_000, ...upTo(completeSeq, 1)]]);
      await again.clear();
      await again.close();
      await fill();
    }
  });

  test('with a bit flipped anywhere, keeps no more than what lies before it', async () => {
    await fill();
    const { size } = await stat(path());
    for (let at = 0; at < size; at += 61) {
      const file = await open(path(), 'r+');
      const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
      await file.write(Buffer.from([(buffer[0] as number) ^ 0x10]), 0, 1, at);
      await file.close();
      const index = await openIndex();
      expect([at, index.completeSeq < FRAMES * 10]).toEqual([at, true]);
      for (const key of [0, 1, 2]) expect(await seqsOf(index, key)).toEqual(upTo(index.completeSeq, key));
      await index.clear();
      await index.close();
      await fill();
    }
  });

  test('that the disk does not take is given up within its bound, and told', async () => {
    const telemetry = new RecordingTelemetry();
    const index = await openIndex({ chainFrameBytes: 256, chainPendingBytesMax: 4_096 }, telemetry);
    // Nothing is written before the turn ends.
    for (let seq = 1; seq <= 1_000; seq++) index.add([{ key: 1 }], seq);
    await expect(index.read(index.newest(1))).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    expect(telemetry.logs.map(({ message }) => message)).toEqual(['an index could not be written']);
    await index.close();
    const again = await openIndex();
    expect(again.completeSeq).toBeLessThan(1_000);
    expect(await seqsOf(again, 1)).toHaveLength(again.completeSeq);
    await again.close();
  });
});
