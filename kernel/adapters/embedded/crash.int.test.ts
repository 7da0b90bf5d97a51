import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { testConfig } from '../../testing/config.ts';
import { killAfterLines } from '../../testing/killed-process.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { CRASH_STREAM, CRASH_WRITERS } from './testing/crash-writer.ts';
import { openEmbeddedPlatform, type EmbeddedPlatform } from './open-embedded-platform.ts';

// A process writes as fast as it can and tells of each acknowledgement; it is killed in the middle and started again
// over the same folder, round after round. Then everything that it told of must be there, in order, once. What was
// under way when it died may be there or not.

const WRITER = new URL('testing/crash-writer.ts', import.meta.url);
const { killRounds } = testConfig();

describe('after SIGKILL', () => {
  let directory: TemporaryDirectory;
  beforeEach(async () => {
    directory = await temporaryDirectory();
  });
  afterEach(() => directory.remove());

  const killInRounds = async (kind: string): Promise<string[][]> => {
    const lines: string[][] = [];
    for (let round = 0; round < killRounds; round++) {
      const killed = await killAfterLines(WRITER, [directory.path, kind], 50 + ((round * 137) % 400));
      lines.push(...killed.lines.map((line) => line.split(' ')));
    }
    return lines;
  };

  const withPlatform = async <Result>(look: (platform: EmbeddedPlatform) => Promise<Result>): Promise<Result> => {
    const platform = await openEmbeddedPlatform({ directory: directory.path });
    try {
      return await look(platform);
    } finally {
      await platform.close();
    }
  };

  const journalBatchIds = (): Promise<string[]> =>
    withPlatform(async (platform) => {
      const journal = await platform.openJournal('crash');
      const ids: string[] = [];
      for await (const batch of journal.read(1)) ids.push(batch.batchId);
      return ids;
    });

  test('every acknowledged batch is in the journal at its place, once', async () => {
    const acknowledged = await killInRounds('journal');
    const ids = await journalBatchIds();
    expect(lostBatches(acknowledged, ids)).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    // One append is in flight at a time, so each kill leaves at most one unknown outcome.
    expect(ids.length).toBeLessThanOrEqual(acknowledged.length + killRounds);
  });

  test('the verifier sees an acknowledgement that came before its commit', async () => {
    const { lines } = await killAfterLines(WRITER, [directory.path, 'early'], 21);
    const acknowledged = lines.map((line) => line.split(' '));
    const ids = await journalBatchIds();
    expect(ids).toHaveLength(20);
    expect(lostBatches(acknowledged, ids)).toEqual([acknowledged[20]?.[1]]);
  });

  test('every published message is in the stream once, in the order of its key, and is handled at least once', async () => {
    const told = await killInRounds('streams');
    const published = told.filter(([what]) => what === 'published');
    const handledBefore = told.filter(([what]) => what === 'handled').map(([, , id]) => id as string);
    await withPlatform(async ({ streams }) => {
      const messages = await streams.read(CRASH_STREAM, 0, 1_000_000);
      for (let n = 0; n < CRASH_WRITERS; n++) {
        const ids = messages.flatMap(({ envelope }) => (envelope.key === `key-${n}` ? [envelope.id] : []));
        const acknowledged = published.flatMap(([, key, id]) => (key === `key-${n}` ? [id as string] : []));
        expect(ids.filter((id) => acknowledged.includes(id))).toEqual(acknowledged);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeLessThanOrEqual(acknowledged.length + killRounds);
      }
      const handledAfter: string[] = [];
      const consumer = await streams.consume({
        durable: 'crash-consumer',
        stream: CRASH_STREAM,
        from: 'first',
        concurrencyMax: 4,
        deliveriesMax: 3,
        backoffMinMs: 1,
        backoffMaxMs: 10,
        handle: async ({ envelope }) => void handledAfter.push(envelope.id),
      });
      await waitFor(async () => (await consumer.lag()) === 0);
      const handled = new Set([...handledBefore, ...handledAfter]);
      expect(messages.filter(({ envelope }) => !handled.has(envelope.id))).toEqual([]);
    });
  });

  test('every saved document is at its version or later, and its events were published once each, in order', async () => {
    const acknowledged = await killInRounds('documents');
    await withPlatform(async ({ documents, streams }) => {
      await documents.flushOutbox();
      const counters = await documents.collection<{ id: string; count: number }>({
        name: 'counters',
        indexes: [{ paths: ['count'] }],
      });
      const events = await streams.read(CRASH_STREAM, 0, 1_000_000);
      for (let n = 0; n < CRASH_WRITERS; n++) {
        const key = `key-${n}`;
        const versions = acknowledged.flatMap(([id, version]) => (id === key ? [Number(version)] : []));
        const found = await counters.get(key);
        expect(found?.version).toBeGreaterThanOrEqual(Math.max(0, ...versions));
        expect(found?.document.count).toBe(found?.version);
        const counts = events.flatMap(({ envelope }) =>
          envelope.key === key ? [(envelope.data as { count: number }).count] : [],
        );
        expect(counts).toEqual(Array.from({ length: found?.version ?? 0 }, (_, index) => index + 1));
      }
    });
  });
});

/** The acknowledged batches that are not at the place that was acknowledged. */
function lostBatches(acknowledged: readonly string[][], ids: readonly string[]): (string | undefined)[] {
  return acknowledged.filter(([seq, id]) => ids[Number(seq) - 1] !== id).map(([, id]) => id);
}
