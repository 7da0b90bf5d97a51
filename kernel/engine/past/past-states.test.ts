import { MessageChannel, type Transferable } from 'node:worker_threads';
import { afterEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../testing/fake-clock.ts';
import { MemoryJournal } from '../../testing/memory-journal.ts';
import { MemorySnapshotStore } from '../../testing/memory-snapshot-store.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { encodeSnapshot } from '../writer-snapshot.ts';
import type { PastCall } from './past-message.ts';
import type { PastPort } from './past-connection.ts';
import { PAST_LIMITS, type PastLimits } from './past-limits.ts';
import { PastStates } from './past-states.ts';
import { servePast } from './serve-past.ts';

/* A state that is the list of all batches it has seen, so that an answer tells how it came about. */

interface Seen {
  from: number;
  readonly seqs: number[];
}

const codec = {
  version: 1,
  encode: (state: Seen) => new TextEncoder().encode(JSON.stringify(state)),
  decode: (bytes: Uint8Array) => ({ ...(JSON.parse(new TextDecoder().decode(bytes)) as Seen), from: -1 }),
};
const definition = {
  writer: {
    initialState: (): Seen => ({ from: 0, seqs: [] }),
    evolve: (state: Seen, event: string, seq: number) => {
      if (event === 'poison') throw new Error('a fault of the domain');
      state.seqs.push(seq);
    },
    snapshot: codec,
  },
  answer: (state: Seen, seq: number, question: string) => ({ seq, question, ...state, seqs: [...state.seqs] }),
};

/** The other end in this thread, with what it was asked and a way to end it. */
class Peer {
  readonly asked: string[] = [];
  endings = 0;
  readonly #ports: (() => void)[] = [];

  readonly connect = (): PastPort => {
    const { port1, port2 } = new MessageChannel();
    port2.on('message', ({ request }: PastCall) => void this.asked.push(request.type));
    servePast(port2, definition);
    this.#ports.push(() => port2.close());
    return {
      onReply: (listener) => void port1.on('message', listener),
      onEnd: (listener) => void port1.on('close', () => listener()),
      postMessage: (message: unknown, transfer: readonly Transferable[] = []) => port1.postMessage(message, transfer),
      end: () => {
        this.endings++;
        port1.close();
      },
    };
  };

  crash(): void {
    for (const close of this.#ports.splice(0)) close();
  }

  times(type: string): number {
    return this.asked.filter((each) => each === type).length;
  }
}

const opened: PastStates[] = [];
afterEach(() => {
  for (const states of opened.splice(0)) states.close();
});

async function open(
  limits: Partial<PastLimits> = {},
  { batches = 20, event = (_seq: number): string => 'plain' } = {},
) {
  const journal = new MemoryJournal();
  for (let seq = 1; seq <= batches; seq++) {
    const record = { commandId: `c${seq}`, payloadHash: '', events: [event(seq)] };
    await journal.append({ batchId: `b${seq}`, recordedAtMs: seq, events: [record] }, seq - 1);
  }
  const parts = { clock: new FakeClock(), snapshots: new MemorySnapshotStore(), peer: new Peer() };
  const { clock, snapshots, peer } = parts;
  const log = {
    epoch: journal.epoch,
    texts: (afterSeq: number, toSeq: number) => journal.readTexts(afterSeq + 1, toSeq),
  };
  const states = new PastStates({
    context: 'shelf',
    log,
    snapshots,
    clock,
    connect: peer.connect,
    limits: { ...PAST_LIMITS, pastPieceBatchesMax: 3, ...limits },
  });
  opened.push(states);
  const save = (seq: number, version = codec.version) => {
    const seqs = Array.from({ length: seq }, (_, n) => n + 1);
    const bytes = encodeSnapshot({ state: { from: 0, seqs }, memoryFromSeq: 1 }, { ...codec, version });
    return snapshots.save('shelf', { epoch: journal.epoch, seq, bytes: new Uint8Array(Buffer.concat([...bytes])) });
  };
  return { states, save, journal, ...parts };
}

const upTo = (seq: number): readonly number[] => Array.from({ length: seq }, (_, n) => n + 1);

describe('past states', () => {
  test('come from the nearest snapshot, from a state that is kept, or from the beginning, whichever is nearest', async () => {
    const { states, save, peer } = await open();
    await save(6);
    await save(12);
    const answers = [];
    for (const seq of [13, 5, 8, 13]) answers.push(await states.ask(seq, `as of ${seq}`));
    expect(answers).toEqual(
      [13, 5, 8, 13].map((seq, index) => {
        return { seq, question: `as of ${seq}`, from: index === 1 ? 0 : -1, seqs: upTo(seq) };
      }),
    );
    // The third instant had to make room for itself, and the first was gone when it was asked for again.
    expect([peer.times('load'), peer.times('begin'), peer.times('drop')]).toEqual([3, 1, 2]);
  });

  test('answer questions of one instant from one state, and wait their turn in no particular order of instants', async () => {
    const { states, peer } = await open();
    const asked = [9, 4, 9, 15, 4].map((seq, n) => states.ask<{ seqs: number[] }>(seq, n));
    const answers = await Promise.all(asked);
    expect(answers.map(({ seqs }) => seqs.length)).toEqual([9, 4, 9, 15, 4]);
    expect(peer.times('ask')).toBe(5);
  });

  test('skip a snapshot of another version, and do not read it twice', async () => {
    const { states, save, snapshots, peer } = await open();
    await save(6);
    await save(12, 2);
    const at = snapshots.at.bind(snapshots);
    const read: number[] = [];
    snapshots.at = (context, epoch, seq) => {
      read.push(seq);
      return at(context, epoch, seq);
    };
    expect(await states.ask(14, '')).toMatchObject({ from: -1, seqs: upTo(14) });
    expect(await states.ask(13, '')).toMatchObject({ from: -1, seqs: upTo(13) });
    expect([read, peer.times('load')]).toEqual([[12, 6, 6], 3]);
  });

  test('that take too long are an obstacle for who waits, and are there for who asks again', async () => {
    const { states, clock, journal } = await open();
    const { promise: gate, resolve: release } = Promise.withResolvers<void>();
    const readTexts = journal.readTexts.bind(journal);
    journal.readTexts = async function* (fromSeq, toSeq) {
      await gate;
      yield* readTexts(fromSeq, toSeq);
    };
    const asked = states.ask(7, '');
    const outcome = asked.catch((error: unknown) => error);
    clock.advance(PAST_LIMITS.pastWaitMs);
    expect(await outcome).toMatchObject({ code: 'PAST_NOT_REBUILT', details: { seq: 7 } });
    release();
    expect(await states.ask(7, '')).toMatchObject({ seqs: upTo(7) });
  });

  test('are gone with the thread that held them, and come back with another one', async () => {
    const { states, peer } = await open();
    await states.ask(7, '');
    peer.crash();
    await waitFor(() => peer.endings > 0, 'the end to be noticed');
    expect(await states.ask(8, '')).toMatchObject({ seqs: upTo(8) });
    expect(peer.times('begin')).toBe(2);
  });

  test('end the thread when nobody has asked for a while', async () => {
    const { states, clock, peer } = await open();
    await states.ask(7, '');
    clock.advance(PAST_LIMITS.pastIdleMs - 1);
    await states.ask(7, '');
    clock.advance(PAST_LIMITS.pastIdleMs - 1);
    expect(peer.endings).toBe(0);
    clock.advance(1);
    expect(peer.endings).toBe(1);
    expect(clock.pending).toBe(0);
  });

  test('that an event breaks are told as a defect and never asked again', async () => {
    const { states, peer } = await open({}, { event: (seq) => (seq === 9 ? 'poison' : 'plain') });
    await expect(states.ask(10, '')).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    expect(await states.ask(8, '')).toMatchObject({ seqs: upTo(8) });
    expect([peer.times('begin'), peer.times('drop')]).toEqual([2, 1]);
  });
});
