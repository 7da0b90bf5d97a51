import { expect, test } from '@jest/globals';
import { Obstacle } from '../model/errors.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryJournal, MemoryLog } from '../testing/memory-journal.ts';
import { MemorySnapshotStore } from '../testing/memory-snapshot-store.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { SequentialIds } from '../testing/sequential-ids.ts';
import { waitFor } from '../testing/wait-for.ts';
import { openSingleWriter } from './open-single-writer.ts';
import type { WriterDefinition } from './writer-definition.ts';

interface Shelf {
  recalled: ReadonlySet<number>;
  readonly decided: number[];
}

const definition: WriterDefinition<Shelf, number, number, number> = {
  initialState: () => ({ recalled: new Set(), decided: [] }),
  decide(state, command) {
    if (!state.recalled.has(command)) throw new Error(`nothing was recalled for ${command}`);
    if (command < 0) throw new Error('a bug in decide');
    return { events: [command], answer: command };
  },
  evolve: (state, event) => void state.decided.push(event),
};

function open(recall: (state: Shelf, commands: readonly number[]) => Promise<void> | undefined) {
  const log = new MemoryLog();
  const platform = {
    clock: new FakeClock(),
    ids: new SequentialIds(),
    telemetry: new RecordingTelemetry(),
    snapshots: new MemorySnapshotStore(),
    openJournal: async () => new MemoryJournal(log),
  };
  return openSingleWriter({ definition, context: 'shelf', platform, recall, limits: { batchCommandsMax: 3 } });
}

test('nothing is decided before it was recalled, whatever is submitted meanwhile, and the order stays', async () => {
  const gates: (() => void)[] = [];
  const writer = await open((state, commands) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gates.push(resolve);
    return promise.then(() => void (state.recalled = new Set(commands)));
  });
  const submit = (n: number) => writer.submit(n, { commandId: String(n) }).catch(() => undefined);
  const first = [submit(1), submit(-2)];
  await waitFor(() => gates.length === 1 || undefined, 'the first look-up');
  const later = [submit(3), submit(4), submit(5), submit(6)];
  await new Promise((resolve) => setImmediate(resolve));
  expect([writer.state.decided, gates.length, writer.isAhead]).toEqual([[], 1, false]);
  gates[0]?.();
  expect(await Promise.all(first)).toEqual([1, undefined]);
  for (const n of [1, 2]) {
    await waitFor(() => gates.length === n + 1 || undefined, 'the next look-up');
    gates[n]?.();
  }
  expect(await Promise.all(later)).toEqual([3, 4, 5, 6]);
  expect(writer.state.decided).toEqual([1, 3, 4, 5, 6]);
  await writer.close();
});

test('closing waits for what is being recalled, and decides it', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const writer = await open((state, commands) => promise.then(() => void (state.recalled = new Set(commands))));
  const answer = writer.submit(1, { commandId: '1' });
  await new Promise((next) => setImmediate(next));
  const closed = writer.close();
  resolve();
  await expect(answer).resolves.toBe(1);
  await closed;
});

test('a look-up that fails stops the writer: to decide without knowing is worse', async () => {
  const writer = await open(async () => {
    throw new Obstacle('CONTEXT_UNAVAILABLE', 'the disk is away', {});
  });
  await expect(writer.submit(1, { commandId: '1' })).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
  expect(writer.failed.aborted).toBe(true);
  expect(writer.state.decided).toEqual([]);
  await writer.close();
});
