import { writeSync } from 'node:fs';
import { testEnvelope } from '../../../testing/test-envelope.ts';
import { openEmbeddedPlatform, type EmbeddedPlatform } from '../open-embedded-platform.ts';

/** How many writers run side by side. */
export const CRASH_WRITERS = 8;
export const CRASH_STREAM = 'CRASH_EVENTS';

const STANDARD_OUTPUT = 1;

/** An acknowledgement, written before anything else happens. The full stop tells a whole line from one cut off. */
function acknowledge(...parts: readonly (string | number)[]): void {
  writeSync(STANDARD_OUTPUT, `${parts.join(' ')}.\n`);
}

/** Writes for ever and acknowledges what is durable, until the process is killed. */
const writers: Record<string, (platform: EmbeddedPlatform) => Promise<void>> = {
  journal: async (platform) => {
    const journal = await platform.openJournal('crash');
    for (;;) {
      const batchId = platform.ids.next();
      const batch = { batchId, recordedAtMs: platform.clock.nowMs(), events: [{ batchId }, 'x'.repeat(2_000)] };
      acknowledge(await journal.append(batch, journal.head()), batchId);
    }
  },

  /** A consumer runs besides: what it handled is told as well. */
  streams: async (platform) => {
    await platform.streams.consume({
      durable: 'crash-consumer',
      stream: CRASH_STREAM,
      from: 'first',
      concurrencyMax: 4,
      deliveriesMax: 3,
      backoffMinMs: 1,
      backoffMaxMs: 10,
      handle: async ({ envelope }) => acknowledge('handled', envelope.key, envelope.id),
    });
    await sideBySide(async (key) => {
      const envelope = testEnvelope(platform.ids, key, { pad: 'x'.repeat(500) });
      await platform.streams.publish(CRASH_STREAM, 'stockwire.test.p00.thing-happened', envelope);
      acknowledge('published', key, envelope.id);
    });
  },

  documents: async (platform) => {
    const counters = await platform.documents.collection<{ id: string; count: number }>({
      name: 'counters',
      indexes: [{ paths: ['count'] }],
    });
    await sideBySide(async (key) => {
      const found = await counters.get(key);
      const count = (found?.document.count ?? 0) + 1;
      const envelope = testEnvelope(platform.ids, key, { count });
      const outbox = [{ stream: CRASH_STREAM, subject: 'stockwire.test.p00.thing-happened', envelope }];
      acknowledge(key, await counters.save({ id: key, count }, found?.version ?? 0, outbox));
    });
  },

  /** The negative control: the last acknowledgement comes before its commit, which then never happens. */
  early: async (platform) => {
    const journal = await platform.openJournal('crash');
    const append = (batchId: string): Promise<number> =>
      journal.append({ batchId, recordedAtMs: 0, events: [] }, journal.head());
    for (let n = 0; n < 20; n++) {
      const batchId = platform.ids.next();
      acknowledge(await append(batchId), batchId);
    }
    const tooEarly = platform.ids.next();
    void append(tooEarly);
    acknowledge(journal.head() + 1, tooEarly);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
};

async function sideBySide(write: (key: string) => Promise<void>): Promise<void> {
  const forEver = async (key: string): Promise<void> => {
    for (;;) await write(key);
  };
  await Promise.all(Array.from({ length: CRASH_WRITERS }, (_, n) => forEver(`key-${n}`)));
}

if (import.meta.main) {
  const [directory = '', kind = ''] = process.argv.slice(2);
  await writers[kind]?.(await openEmbeddedPlatform({ directory }));
}
