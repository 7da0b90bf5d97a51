import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openEmbeddedPlatform, type EmbeddedPlatform } from '../adapters/embedded/open-embedded-platform.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts';
import { openSingleWriter } from './open-single-writer.ts';
import type { SingleWriter } from './single-writer.ts';
import type { WriterDefinition } from './writer-definition.ts';

interface Sum {
  total: number;
}

const sum: WriterDefinition<Sum, { add: number }, { added: number }, { total: number }> = {
  initialState: () => ({ total: 0 }),
  decide: (state, { add }) => ({ events: [{ added: add }], answer: { total: state.total + add } }),
  evolve: (state, { added }) => void (state.total += added),
  snapshot: {
    version: 1,
    encode: ({ total }) => new Uint8Array(Float64Array.of(total).buffer),
    decode: (bytes) => ({ total: new Float64Array(bytes.buffer)[0] as number }),
  },
};

/** The writer over the embedded platform, with real files. */
describe('a single writer over the embedded platform', () => {
  let directory: TemporaryDirectory;
  let telemetry: RecordingTelemetry;
  let platform: EmbeddedPlatform;
  let writer: SingleWriter<Sum, { add: number }, { added: number }, { total: number }>;

  const open = async (): Promise<void> => {
    telemetry = new RecordingTelemetry();
    platform = await openEmbeddedPlatform({ directory: directory.path, telemetry });
    writer = await openSingleWriter({ definition: sum, context: 'sum', platform, limits: { snapshotEveryBatches: 5 } });
  };
  const close = async (): Promise<void> => {
    await writer.close();
    await platform.close();
  };

  beforeEach(async () => {
    directory = await temporaryDirectory();
    await open();
  });
  afterEach(async () => {
    await close();
    await directory.remove();
  });

  test('many callers share few commits, and each gets the answer of its own command', async () => {
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => writer.submit({ add: 1 }, { commandId: `c${n}` })),
    );
    expect(answers.map(({ total }) => total)).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 1));
    expect(writer.seq).toBe(1);
  });

  test('state, sequence, epoch and past answers are there after a restart', async () => {
    for (let n = 1; n <= 12; n++) await writer.submit({ add: n }, { commandId: `c${n}` });
    const { epoch } = writer;
    await close();
    await open();
    expect([writer.state.total, writer.seq, writer.epoch]).toEqual([78, 12, epoch]);
    await expect(writer.submit({ add: 3 }, { commandId: 'c3' })).resolves.toEqual({ total: 6 });
    await expect(platform.snapshots.newest('sum', epoch)).resolves.toMatchObject({ seq: 12 });
  });

  test('a snapshot of a log that was lost is ignored, because the new log has an epoch of its own', async () => {
    await writer.submit({ add: 5 }, { commandId: 'a' });
    const { epoch } = writer;
    await writer.close();
    const { snapshots } = platform;
    await platform.close();
    const fresh = await temporaryDirectory();
    platform = await openEmbeddedPlatform({ directory: fresh.path });
    writer = await openSingleWriter({ definition: sum, context: 'sum', platform: { ...platform, snapshots } });
    expect(writer.epoch).not.toBe(epoch);
    expect(writer.state.total).toBe(0);
    await close();
    await fresh.remove();
    await open();
  });
});
