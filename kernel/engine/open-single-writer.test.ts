import { afterEach, describe, expect, test } from '@jest/globals';
import { Obstacle, refuse, type DomainError } from '../model/errors.ts';
import type { Journal } from '../ports/journal.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryJournal, MemoryLog } from '../testing/memory-journal.ts';
import { MemorySnapshotStore } from '../testing/memory-snapshot-store.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { SequentialIds } from '../testing/sequential-ids.ts';
import { waitFor } from '../testing/wait-for.ts';
import { openSingleWriter } from './open-single-writer.ts';
import type { CommittedBatch, SingleWriter, WriterLimits } from './single-writer.ts';
import type { WriterDefinition } from './writer-definition.ts';

/** A till: takings go in, and no more than is there comes out. */
interface Till {
  total: number;
  refusals: number;
  lastSeq: number;
}
type TillCommand =
  { readonly put: number; readonly pad?: string | undefined } | { readonly take: number } | { readonly bug: true };
type TillEvent =
  { readonly type: 'moved'; readonly by: number; readonly pad?: string | undefined } | { readonly type: 'refused' };
type TillWriter = SingleWriter<Till, TillCommand, TillEvent, { total: number }>;

const till: WriterDefinition<Till, TillCommand, TillEvent, { total: number }> = {
  initialState: () => ({ total: 0, refusals: 0, lastSeq: 0 }),
  decide(state, command) {
    if ('bug' in command) throw new Error('a bug in decide');
    if ('take' in command && command.take > state.total) {
      const events = [{ type: 'refused' as const }];
      return { ...refuse('INSUFFICIENT_STOCK', 'Not that much.', { available: state.total }), events };
    }
    const by = 'take' in command ? -command.take : command.put;
    const pad = 'pad' in command ? { pad: command.pad } : {};
    return { events: [{ type: 'moved', by, ...pad }], answer: { total: state.total + by } };
  },
  evolve(state, event, seq) {
    if (event.type === 'refused') state.refusals++;
    else if (event.by === 666) throw new Error('a bug in evolve');
    else state.total += event.by;
    state.lastSeq = seq;
  },
  snapshot: {
    version: 1,
    encode: (state) => Buffer.from(JSON.stringify(state)),
    decode: (bytes) => JSON.parse(Buffer.from(bytes).toString()) as Till,
  },
};

/** Everything that outlives a restart of the writer. */
class Bench {
  readonly clock = new FakeClock();
  readonly ids = new SequentialIds();
  readonly telemetry = new RecordingTelemetry();
  readonly snapshots = new MemorySnapshotStore();
  readonly log = new MemoryLog();
  readonly committed: CommittedBatch<TillEvent>[] = [];
  readonly reads: number[] = [];
  journal = undefined as unknown as MemoryJournal;
  #open: TillWriter | undefined;

  async open(limits: Partial<WriterLimits> = {}, definition = till): Promise<TillWriter> {
    const { clock, ids, telemetry, snapshots } = this;
    this.#open = await openSingleWriter({
      definition,
      context: 'till',
      limits,
      platform: { clock, ids, telemetry, snapshots, openJournal: () => this.#openJournal() },
      onCommitted: (batch) => {
        this.committed.push(batch);
      },
    });
    return this.#open;
  }

  async close(): Promise<void> {
    await this.#open?.close();
  }

  async #openJournal(): Promise<Journal> {
    const journal = new MemoryJournal(this.log);
    const read = journal.read.bind(journal);
    journal.read = (fromSeq) => {
      this.reads.push(fromSeq);
      return read(fromSeq);
    };
    this.journal = journal;
    return journal;
  }
}

let bench = new Bench();
afterEach(async () => {
  await bench.close();
  bench = new Bench();
});

describe('deciding', () => {
  test('commands of one turn are decided one after the other and become one batch', async () => {
    const writer = await bench.open();
    const answers = await Promise.all([
      writer.submit({ put: 10 }, { commandId: 'a' }),
      writer.submit({ take: 4 }, { commandId: 'b' }),
      writer.submit({ take: 7 }, { commandId: 'c' }).catch((error: DomainError) => error.details),
      writer.submit({ take: 6 }, { commandId: 'd' }),
    ]);
    expect(answers).toEqual([{ total: 10 }, { total: 6 }, { available: 6 }, { total: 0 }]);
    expect(bench.log.batches).toHaveLength(1);
    expect(bench.committed).toEqual([
      {
        seq: 1,
        epoch: bench.log.epoch,
        recordedAtMs: bench.clock.nowMs(),
        events: [{ type: 'moved', by: 10 }, { type: 'moved', by: -4 }, { type: 'refused' }, { type: 'moved', by: -6 }],
      },
    ]);
  });

  test('a command that meets a bug in decide is rejected alone', async () => {
    const writer = await bench.open();
    const buggy = writer.submit({ bug: true }, { commandId: 'a' });
    const sound = writer.submit({ put: 1 }, { commandId: 'b' });
    await expect(buggy).rejects.toThrow('a bug in decide');
    await expect(sound).resolves.toEqual({ total: 1 });
    expect(writer.failed.aborted).toBe(false);
  });

  test('the bounds of a batch are kept, and what is beyond goes into the next one', async () => {
    const writer = await bench.open({ batchCommandsMax: 10, batchBytesMax: 2_000 });
    const small = Array.from({ length: 25 }, (_, n) => writer.submit({ put: 1 }, { commandId: `small-${n}` }));
    await Promise.all(small);
    expect(bench.committed.map((batch) => batch.events.length)).toEqual([10, 10, 5]);
    const pad = 'x'.repeat(700);
    const wide = Array.from({ length: 5 }, (_, n) => writer.submit({ put: 1, pad }, { commandId: `wide-${n}` }));
    await Promise.all(wide);
    expect(bench.committed.slice(3).map((batch) => batch.events.length)).toEqual([2, 2, 1]);
    for (const text of bench.log.batches) {
      expect(Buffer.byteLength(JSON.stringify((JSON.parse(text) as { events: unknown }).events))).toBeLessThan(2_001);
    }
    expect(writer.state.total).toBe(30);
  });

  test('a command whose events fit no batch is refused and leaves no trace', async () => {
    const writer = await bench.open({ batchBytesMax: 2_000 });
    const refused = writer.submit({ put: 1, pad: 'x'.repeat(3_000) }, { commandId: 'a' });
    await expect(refused).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', details: { limit: 'batchBytesMax' } });
    await expect(writer.submit({ put: 1 }, { commandId: 'b' })).resolves.toEqual({ total: 1 });
    expect(bench.log.batches).toHaveLength(1);
  });

  test('a batch is never longer than the journal takes at once', async () => {
    bench.log.batchBytesMax = 2_000;
    const writer = await bench.open();
    const pad = 'x'.repeat(700);
    const wide = Array.from({ length: 5 }, (_, n) => writer.submit({ put: 1, pad }, { commandId: `wide-${n}` }));
    await Promise.all(wide);
    expect(bench.committed.map((batch) => batch.events.length)).toEqual([2, 2, 1]);
    const refused = writer.submit({ put: 1, pad: 'x'.repeat(3_000) }, { commandId: 'a' });
    await expect(refused).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    expect(writer.failed.aborted).toBe(false);
  });

  test('a queue that is full refuses further commands as an obstacle', async () => {
    const writer = await bench.open({ queueCommandsMax: 2 });
    const accepted = [1, 2].map((n) => writer.submit({ put: n }, { commandId: `c${n}` }));
    await expect(writer.submit({ put: 3 }, { commandId: 'c3' })).rejects.toMatchObject({ code: 'OVERLOADED' });
    await Promise.all(accepted);
    expect(writer.state.total).toBe(3);
  });
});

describe('durability', () => {
  test('nobody is answered and nothing is published before the append has ended', async () => {
    const writer = await bench.open();
    const release = bench.journal.hold();
    let answered = false;
    const answer = writer.submit({ put: 5 }, { commandId: 'a' }).then(() => (answered = true));
    await waitFor(() => writer.isAhead);
    expect({ total: writer.state.total, seq: writer.seq, answered }).toEqual({ total: 5, seq: 0, answered: false });
    expect(bench.committed).toEqual([]);
    release();
    await answer;
    expect({ seq: writer.seq, isAhead: writer.isAhead }).toEqual({ seq: 1, isAhead: false });
    expect(bench.committed).toHaveLength(1);
  });

  test('one append is in flight at a time, and what comes meanwhile shares the next', async () => {
    const writer = await bench.open();
    const release = bench.journal.hold();
    const first = writer.submit({ put: 1 }, { commandId: 'first' });
    await waitFor(() => writer.isAhead);
    const later = [2, 3, 4].map((n) => writer.submit({ put: n }, { commandId: `later-${n}` }));
    release();
    await Promise.all([first, ...later]);
    expect(bench.committed.map((batch) => [batch.seq, batch.events.length])).toEqual([
      [1, 1],
      [2, 3],
    ]);
  });

  test('a durable read sees exactly what the log holds, never a decision under way', async () => {
    const writer = await bench.open();
    await writer.submit({ put: 1 }, { commandId: 'a' });
    const release = bench.journal.hold();
    const second = writer.submit({ put: 10 }, { commandId: 'b' });
    await waitFor(() => writer.isAhead);
    const third = writer.submit({ put: 100 }, { commandId: 'c' });
    const read = writer.readDurable((state, seq) => ({ total: state.total, seq }));
    release();
    await expect(read).resolves.toEqual({ total: 11, seq: 2 });
    await Promise.all([second, third]);
    await expect(writer.readDurable((state, seq) => [state.total, seq])).resolves.toEqual([111, 3]);
  });

  test('an append that fails stops the writer: all who wait and all who come later meet an obstacle', async () => {
    const writer = await bench.open();
    await writer.submit({ put: 1 }, { commandId: 'a' });
    bench.journal.failWith(new Error('the disk is gone'));
    const release = bench.journal.hold();
    const inFlight = writer.submit({ put: 2 }, { commandId: 'b' });
    await waitFor(() => writer.isAhead);
    const queued = writer.submit({ put: 3 }, { commandId: 'c' });
    const read = writer.readDurable((state) => state.total);
    release();
    for (const waiting of [inFlight, queued, read]) await expect(waiting).rejects.toThrow(Obstacle);
    await expect(writer.submit({ put: 4 }, { commandId: 'd' })).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    expect(writer.failed.aborted).toBe(true);
    expect(bench.committed).toHaveLength(1);
  });

  test('an event that cannot be applied stops the writer and rejects the whole batch', async () => {
    const writer = await bench.open();
    const all = [1, 666, 2].map((put) => writer.submit({ put }, { commandId: `put-${put}` }));
    for (const waiting of all) await expect(waiting).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    expect(bench.log.batches).toEqual([]);
    expect(writer.failed.aborted).toBe(true);
  });

  test('the memory of a failed writer never becomes a snapshot', async () => {
    const writer = await bench.open();
    bench.journal.failWith(new Error('the disk is gone'));
    await expect(writer.submit({ put: 2 }, { commandId: 'b' })).rejects.toThrow(Obstacle);
    await writer.close();
    await expect(bench.snapshots.newest('till', bench.log.epoch)).resolves.toBeUndefined();
  });

  test('an error of the publisher is logged and stops nothing', async () => {
    const { clock, ids, telemetry, snapshots, log } = bench;
    const openJournal = async (): Promise<Journal> => new MemoryJournal(log);
    const platform = { clock, ids, telemetry, snapshots, openJournal };
    const onCommitted = (): never => {
      throw new Error('nobody listens');
    };
    const writer = await openSingleWriter({ definition: till, context: 'till', platform, onCommitted });
    await expect(writer.submit({ put: 1 }, { commandId: 'a' })).resolves.toEqual({ total: 1 });
    await expect(writer.submit({ put: 1 }, { commandId: 'b' })).resolves.toEqual({ total: 2 });
    expect(telemetry.logs.map((entry) => entry.level)).toEqual(['error', 'error']);
    await writer.close();
  });

  test('closing decides what was submitted and takes nothing more', async () => {
    const writer = await bench.open();
    const submitted = writer.submit({ put: 1 }, { commandId: 'a' });
    const closed = writer.close();
    await expect(writer.submit({ put: 1 }, { commandId: 'b' })).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    await closed;
    await expect(submitted).resolves.toEqual({ total: 1 });
    expect(bench.log.batches).toHaveLength(1);
  });
});

describe('idempotency', () => {
  test('a repetition gets the first answer and brings nothing about', async () => {
    const writer = await bench.open();
    await writer.submit({ put: 5 }, { commandId: 'a' });
    await writer.submit({ put: 5 }, { commandId: 'b' });
    await expect(writer.submit({ put: 5 }, { commandId: 'a' })).resolves.toEqual({ total: 5 });
    expect(writer.state.total).toBe(10);
    expect(bench.log.batches).toHaveLength(2);
  });

  test('a repetition while the first is under way shares its answer', async () => {
    const writer = await bench.open();
    const answers = ['a', 'a', 'a'].map((commandId) => writer.submit({ put: 5 }, { commandId }));
    await expect(Promise.all(answers)).resolves.toEqual([{ total: 5 }, { total: 5 }, { total: 5 }]);
    expect(writer.state.total).toBe(5);
  });

  test('a refusal is repeated too, even when the command would now succeed', async () => {
    const writer = await bench.open();
    await expect(writer.submit({ take: 1 }, { commandId: 'a' })).rejects.toMatchObject({ details: { available: 0 } });
    await writer.submit({ put: 5 }, { commandId: 'b' });
    await expect(writer.submit({ take: 1 }, { commandId: 'a' })).rejects.toMatchObject({ details: { available: 0 } });
    expect(writer.state).toMatchObject({ total: 5, refusals: 1 });
  });

  test('another payload under the same id is refused, in flight and afterwards', async () => {
    const writer = await bench.open();
    const first = writer.submit({ put: 5 }, { commandId: 'a' });
    const reused = { code: 'IDEMPOTENCY_KEY_REUSED', details: { commandId: 'a' } };
    await expect(writer.submit({ put: 6 }, { commandId: 'a' })).rejects.toMatchObject(reused);
    await first;
    await expect(writer.submit({ put: 6 }, { commandId: 'a' })).rejects.toMatchObject(reused);
    expect(writer.state.total).toBe(5);
  });

  test('the order of members makes no other payload', async () => {
    const writer = await bench.open();
    await writer.submit({ put: 5, pad: 'x' }, { commandId: 'a' });
    await expect(writer.submit({ pad: 'x', put: 5 }, { commandId: 'a' })).resolves.toEqual({ total: 5 });
  });

  test('repetitions are answered after a restart as before it', async () => {
    const before = await bench.open();
    await before.submit({ put: 5 }, { commandId: 'a' });
    await expect(before.submit({ take: 9 }, { commandId: 'b' })).rejects.toMatchObject({ details: { available: 5 } });
    await before.close();
    const after = await bench.open();
    await expect(after.submit({ put: 5 }, { commandId: 'a' })).resolves.toEqual({ total: 5 });
    await expect(after.submit({ take: 9 }, { commandId: 'b' })).rejects.toMatchObject({ details: { available: 5 } });
    await expect(after.submit({ put: 1 }, { commandId: 'a' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  test('the oldest commands are forgotten beyond the number and beyond the time', async () => {
    const writer = await bench.open({ rememberedCommandsMax: 2, rememberMs: 1_000 });
    for (const commandId of ['a', 'b', 'c']) await writer.submit({ put: 1 }, { commandId });
    await expect(writer.submit({ put: 1 }, { commandId: 'b' })).resolves.toEqual({ total: 2 });
    await expect(writer.submit({ put: 1 }, { commandId: 'a' })).resolves.toEqual({ total: 4 });
    bench.clock.advance(1_001);
    await writer.submit({ put: 1 }, { commandId: 'd' });
    await expect(writer.submit({ put: 1 }, { commandId: 'c' })).resolves.toEqual({ total: 6 });
  });
});

describe('restarting', () => {
  test('replay comes to the state that was there', async () => {
    const before = await bench.open();
    for (let n = 0; n < 50; n++) await before.submit({ put: n }, { commandId: `c${n}` });
    const state = structuredClone(before.state);
    await before.close();
    const after = await bench.open({}, { ...till, snapshot: undefined as never });
    expect(after.state).toEqual(state);
    expect(after.seq).toBe(50);
    expect(bench.reads).toEqual([1, 1]);
  });

  test('a snapshot saves the replay of what it includes, and the memory of commands is still whole', async () => {
    const limits = { snapshotEveryBatches: 10, rememberedCommandsMax: 5 };
    const before = await bench.open(limits);
    for (let n = 0; n < 24; n++) await before.submit({ put: 1 }, { commandId: `c${n}` });
    await waitFor(async () => (await bench.snapshots.newest('till', bench.log.epoch))?.seq === 20);
    const evolved: number[] = [];
    const counting = {
      ...till,
      evolve: (state: Till, event: TillEvent, seq: number) => {
        evolved.push(seq);
        till.evolve(state, event, seq);
      },
    };
    bench.log.isOpen = false;
    const after = await bench.open(limits, counting);
    expect(evolved).toEqual([21, 22, 23, 24]);
    expect(after.state).toEqual({ total: 24, refusals: 0, lastSeq: 24 });
    await expect(after.submit({ put: 1 }, { commandId: 'c19' })).resolves.toEqual({ total: 20 });
    expect(bench.reads).toEqual([1, 16]);
  });

  test('a snapshot of another version, or one that cannot be decoded, is ignored', async () => {
    const before = await bench.open();
    await before.submit({ put: 5 }, { commandId: 'a' });
    await before.close();
    const codec = till.snapshot as NonNullable<typeof till.snapshot>;
    const newer = await bench.open({}, { ...till, snapshot: { ...codec, version: 2 } });
    expect(newer.state.total).toBe(5);
    await newer.submit({ put: 1 }, { commandId: 'b' });
    await newer.close();
    const decode = (): never => {
      throw new Error('not in this form');
    };
    const unreadable = await bench.open({}, { ...till, snapshot: { ...codec, version: 2, decode } });
    expect(unreadable.state.total).toBe(6);
    expect(bench.reads).toEqual([1, 1, 1]);
  });

  test('a log that ends before the newest snapshot is refused, and the log is let go of', async () => {
    const before = await bench.open();
    for (let n = 0; n < 3; n++) await before.submit({ put: 1 }, { commandId: `c${n}` });
    await before.close();
    bench.log.batches.length = 2;
    await expect(bench.open()).rejects.toMatchObject({ name: 'JournalCorrupt' });
    expect(bench.log.isOpen).toBe(false);
  });

  test('history gives the committed batches as they were published', async () => {
    const writer = await bench.open();
    for (let n = 1; n <= 5; n++) await writer.submit({ put: n }, { commandId: `c${n}` });
    const batches: CommittedBatch<TillEvent>[] = [];
    for await (const batch of writer.history(2)) batches.push(batch);
    expect(batches).toEqual(bench.committed.slice(2));
  });

  test('a second writer of the same context cannot open the log', async () => {
    await bench.open();
    const { clock, ids, telemetry, snapshots, log } = bench;
    const openJournal = async (): Promise<Journal> => new MemoryJournal(log);
    const platform = { clock, ids, telemetry, snapshots, openJournal };
    await expect(openSingleWriter({ definition: till, context: 'till', platform })).rejects.toThrow(Obstacle);
  });
});
