import { Obstacle } from '../../model/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { JournalText } from '../../ports/journal.ts';
import type { SnapshotStore } from '../../ports/snapshot-store.ts';
import { PastConnection, type PastPort } from './past-connection.ts';
import type { PastLimits } from './past-limits.ts';

/** The part of a writer from which past states are rebuilt. */
export interface PastLog {
  readonly epoch: string;
  texts(afterSeq: number, toSeq: number): AsyncIterable<JournalText>;
}

export interface PastStatesParts {
  readonly context: string;
  readonly log: PastLog;
  readonly snapshots: SnapshotStore;
  readonly clock: Clock;
  readonly limits: PastLimits;
  /** Starts what rebuilds and keeps states; its other end runs `servePast`. */
  connect(): PastPort;
}

interface Kept {
  readonly name: number;
  seq: number;
}

interface Question {
  readonly question: unknown;
  readonly resolve: (answer: Promise<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Answers questions from the state as of any past batch: the nearest state or snapshot before it, and the log from there.
 *
 * Guarantees: the answer is what the live state would have answered at that batch; states are rebuilt one at a time, in
 * another thread when `connect` starts one, and the log is read in small pieces in between of which everybody else has
 * their turn.
 */
export class PastStates {
  readonly #parts: PastStatesParts;
  #connection: PastConnection | undefined;
  /** Those nobody is working on, the last one used last. */
  #kept: Kept[] = [];
  /** Snapshots of another version of the code. */
  readonly #unusable = new Set<number>();
  readonly #waiting = new Map<number, Question[]>();
  #questions = 0;
  #isRebuilding = false;
  #nextName = 1;
  #stopIdling: (() => void) | undefined;
  #isClosed = false;

  constructor(parts: PastStatesParts) {
    this.#parts = parts;
  }

  /**
   * Asks the state as of batch `seq`, which must be durable.
   * @throws {DomainError} what the answerer threw
   * @throws {Obstacle} OVERLOADED, PAST_NOT_REBUILT, or CONTEXT_UNAVAILABLE
   */
  async ask<Answer>(seq: number, question: unknown): Promise<Answer> {
    const { pastQuestionsMax } = this.#parts.limits;
    if (this.#isClosed) throw new Obstacle('CONTEXT_UNAVAILABLE', 'Past states are not at hand any more.');
    if (this.#questions >= pastQuestionsMax) {
      const details = { limit: 'pastQuestionsMax', pastQuestionsMax };
      throw new Obstacle('OVERLOADED', 'Too many questions about the past wait.', details);
    }
    this.#questions++;
    this.#stopIdling?.();
    try {
      return (await this.#inTime(seq, this.#answer(seq, question))) as Answer;
    } finally {
      this.#questions--;
      if (this.#questions === 0 && !this.#isClosed) this.#idle();
    }
  }

  /** Ends the other thread. Questions that wait are rejected. */
  close(): void {
    this.#isClosed = true;
    this.#letGo();
  }

  #answer(seq: number, question: unknown): Promise<unknown> {
    const kept = this.#kept.find((state) => state.seq === seq);
    if (kept) return this.#askState(kept, question);
    return new Promise<unknown>((resolve, reject) => {
      const asked = { question, resolve, reject };
      const waiting = this.#waiting.get(seq);
      if (waiting) waiting.push(asked);
      else this.#waiting.set(seq, [asked]);
      if (!this.#isRebuilding) void this.#rebuild();
    });
  }

  /** A question that has waited long enough leaves its place in the queue to nobody: its answer is dropped. */
  #inTime<Answer>(seq: number, answer: Promise<Answer>): Promise<Answer> {
    const { clock, limits } = this.#parts;
    return new Promise((resolve, reject) => {
      const stop = clock.after(limits.pastWaitMs, () => reject(notRebuilt(seq)));
      answer.then(resolve, reject).finally(stop);
    });
  }

  /** Rebuilds what is asked for, one state after the other. */
  async #rebuild(): Promise<void> {
    this.#isRebuilding = true;
    for (const [seq] of this.#waiting) {
      try {
        const kept = await this.#reach(seq);
        // Posted before anybody can move the state on, and answered in that order.
        for (const { question, resolve } of this.#take(seq)) resolve(this.#askState(kept, question));
      } catch (error) {
        for (const { reject } of this.#take(seq)) reject(error);
      }
    }
    this.#isRebuilding = false;
  }

  #take(seq: number): readonly Question[] {
    const questions = this.#waiting.get(seq) ?? [];
    this.#waiting.delete(seq);
    return questions;
  }

  #askState(kept: Kept, question: unknown): Promise<unknown> {
    this.#kept = [...this.#kept.filter((other) => other !== kept), kept];
    return this.#connect().call({ type: 'ask', state: kept.name, seq: kept.seq, question });
  }

  async #reach(seq: number): Promise<Kept> {
    const state = await this.#nearest(seq);
    this.#kept = this.#kept.filter((other) => other !== state);
    const connection = this.#connect();
    await this.#advance(connection, state, seq);
    return state;
  }

  /** The latest state up to `seq`: one that is kept, or a snapshot, or the beginning. */
  async #nearest(seq: number): Promise<Kept> {
    const { context, log, snapshots } = this.#parts;
    const former = this.#kept.filter((state) => state.seq <= seq).sort((a, b) => b.seq - a.seq);
    for (const snapshotSeq of await snapshots.keptSeqs(context, log.epoch)) {
      if (snapshotSeq > seq || this.#unusable.has(snapshotSeq)) continue;
      if (snapshotSeq <= (former[0]?.seq ?? 0)) break;
      const loaded = await this.#load(snapshotSeq);
      if (loaded) return loaded;
    }
    return former.find((state) => this.#kept.includes(state)) ?? this.#begin();
  }

  async #load(seq: number): Promise<Kept | undefined> {
    const { context, log, snapshots } = this.#parts;
    const snapshot = await snapshots.at(context, log.epoch, seq);
    if (!snapshot) return undefined;
    const state = this.#makeRoom(seq);
    const { bytes } = snapshot;
    const owned = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
    const transfer = [owned.buffer as ArrayBuffer];
    const isUsable = await this.#connect().call({ type: 'load', state: state.name, seq, bytes: owned }, transfer);
    if (isUsable === true) return state;
    this.#unusable.add(seq);
    return undefined;
  }

  async #begin(): Promise<Kept> {
    const state = this.#makeRoom(0);
    await this.#connect().call({ type: 'begin', state: state.name });
    return state;
  }

  /** A new state, for which the one that was used the longest ago has to go. */
  #makeRoom(seq: number): Kept {
    while (this.#kept.length >= this.#parts.limits.pastStatesMax) {
      const [oldest] = this.#kept.splice(0, 1);
      if (oldest) this.#drop(oldest);
    }
    return { name: this.#nextName++, seq };
  }

  #drop({ name }: Kept): void {
    this.#connect()
      .call({ type: 'drop', state: name })
      .catch(() => undefined);
  }

  /** Whatever was reached is kept, so that a later question goes on from there. */
  async #advance(connection: PastConnection, state: Kept, seq: number): Promise<void> {
    const { pastReplayEventsMax } = this.#parts.limits;
    let events = 0;
    let isWhole = true;
    try {
      for await (const batches of this.#pieces(state.seq, seq)) {
        if (events >= pastReplayEventsMax) throw notRebuilt(seq, state.seq);
        isWhole = false;
        events += await connection.call<number>({ type: 'advance', state: state.name, batches });
        isWhole = true;
        state.seq = batches.at(-1)?.seq ?? state.seq;
      }
    } finally {
      if (this.#connection === connection && isWhole) this.#kept.push(state);
      else if (this.#connection === connection) this.#drop(state);
    }
  }

  async *#pieces(afterSeq: number, toSeq: number): AsyncIterable<readonly JournalText[]> {
    const { pastPieceBatchesMax, pastPieceTextMax } = this.#parts.limits;
    let piece: JournalText[] = [];
    let length = 0;
    for await (const batch of this.#parts.log.texts(afterSeq, toSeq)) {
      piece.push(batch);
      length += batch.eventsText.length;
      if (piece.length < pastPieceBatchesMax && length < pastPieceTextMax) continue;
      yield piece;
      piece = [];
      length = 0;
    }
    if (piece.length > 0) yield piece;
  }

  #connect(): PastConnection {
    if (this.#isClosed) throw new Obstacle('CONTEXT_UNAVAILABLE', 'Past states are not at hand any more.');
    this.#connection ??= new PastConnection(this.#parts.connect(), () => this.#letGo());
    return this.#connection;
  }

  #idle(): void {
    this.#stopIdling = this.#parts.clock.after(this.#parts.limits.pastIdleMs, () => {
      if (!this.#isRebuilding) this.#letGo();
    });
  }

  #letGo(): void {
    this.#stopIdling?.();
    this.#kept = [];
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.end();
  }
}

function notRebuilt(seq: number, reachedSeq?: number): Obstacle {
  const message = 'That instant is far from any state that is kept, and is still being rebuilt: ask again.';
  return new Obstacle('PAST_NOT_REBUILT', message, { seq, ...(reachedSeq !== undefined && { reachedSeq }) });
}
