import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { EMBEDDED_LIMITS } from '../adapters/embedded/embedded-limits.ts';
import { EmbeddedRpc } from '../adapters/embedded/embedded-rpc.ts';
import { SystemClock } from '../adapters/embedded/system-clock.ts';
import type { Lease } from '../ports/lease.ts';
import { ContendedFollower, ContendedLog, ContendedWriter, LogLink } from '../testing/contended-log.ts';
import { MemorySnapshotStore } from '../testing/memory-snapshot-store.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { SequentialIds } from '../testing/sequential-ids.ts';
import { waitFor } from '../testing/wait-for.ts';
import { openElectedWriter } from './open-elected-writer.ts';
import type { WriterDefinition } from './writer-definition.ts';

/** Counts what it is asked to add. */
const counter: WriterDefinition<{ sum: number }, number, number, { sum: number }> = {
  initialState: () => ({ sum: 0 }),
  decide: (state, units) => ({ events: [units], answer: { sum: state.sum + units } }),
  evolve(state, units) {
    state.sum += units;
  },
};

const freeLease: Lease = {
  acquire: async (name) => ({ name, lost: new AbortController().signal, release: async () => undefined }),
};

test('what leading brings sees all that this process has written, also when it has to be begun again', async () => {
  const link = new LogLink(new ContendedLog());
  const clock = new SystemClock();
  const writer = await openElectedWriter({
    definition: counter,
    context: 'counter',
    subject: 'count',
    election: { campaignRestMs: 2, lookMs: 60_000 },
    platform: {
      clock,
      ids: new SequentialIds(7),
      telemetry: new RecordingTelemetry(),
      snapshots: new MemorySnapshotStore(),
      lease: freeLease,
      rpc: { serve: () => () => undefined, request: async () => undefined },
      openJournal: async () => new ContendedWriter(link),
      followJournal: async () => new ContendedFollower(link),
    },
  });
  let commands = 0;
  const seen: { seq: number; at: number; batches: number }[] = [];
  writer.start(async () => {
    for (let n = 0; n < 2; n++) await writer.submit(1, { commandId: `${++commands}` });
    const { seq } = writer;
    // As a reader asks that has gone as far as that.
    writer.assertReaches(seq, 'a reader');
    let batches = 0;
    for await (const batch of writer.history(0)) if (batch.events.length > 0) batches++;
    seen.push({ seq, at: await writer.seqAt(clock.nowMs()), batches });
    if (seen.length < 3) throw new Error('something else is away');
    return () => undefined;
  });
  await waitFor(() => seen.length === 3, 'leading to have begun');
  // The first batch says who leads.
  expect(seen).toEqual([
    { seq: 3, at: 3, batches: 2 },
    { seq: 5, at: 5, batches: 4 },
    { seq: 7, at: 7, batches: 6 },
  ]);
  expect(writer.state.sum).toBe(6);
  await writer.close();
});

test('regression: what waited when the term of this process ended is decided by whoever leads next', async () => {
  const link = new LogLink(new ContendedLog());
  const clock = new SystemClock();
  const terms: AbortController[] = [];
  const lease: Lease = {
    async acquire(name) {
      const term = new AbortController();
      terms.push(term);
      return { name, lost: term.signal, release: async () => undefined };
    },
  };
  const writer = await openElectedWriter({
    definition: counter,
    context: 'counter',
    subject: 'count',
    election: { campaignRestMs: 2, leaderRetryMs: 2 },
    platform: {
      clock,
      ids: new SequentialIds(7),
      telemetry: new RecordingTelemetry(),
      snapshots: new MemorySnapshotStore(),
      lease,
      rpc: new EmbeddedRpc(clock, EMBEDDED_LIMITS),
      openJournal: async () => new ContendedWriter(link),
      followJournal: async () => new ContendedFollower(link),
    },
  });
  writer.start(async () => async () => undefined);
  await waitFor(() => writer.isLeading, 'the first term');
  link.pause();
  const appending = writer.submit(1, { commandId: 'a' });
  await nextTurn();
  const waiting = writer.submit(2, { commandId: 'b' });
  terms[0]?.abort(new Error('the lease was lost'));
  await nextTurn();
  link.resume();
  expect(await appending).toEqual({ sum: 1 });
  expect(await waiting).toEqual({ sum: 3 });
  expect(terms).toHaveLength(2);
  await writer.close();
});
