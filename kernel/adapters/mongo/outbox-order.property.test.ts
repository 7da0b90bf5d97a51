import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../testing/config.ts';
import type { PendingEvent } from './document-record.ts';
import { clearing, publishable, settledSeq, type PendingRecord } from './outbox-page.ts';

const { propertyRuns, propertySeed } = testConfig();
const RUN = { numRuns: propertyRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const DOCUMENTS = ['a', 'b', 'c'];
const WRITERS = ['p', 'q'];
const PAGE = 2;

interface Save {
  readonly seq: number;
  readonly document: string;
  readonly expectedVersion: number;
  readonly calledAt: number;
  /** When anybody could first have seen it; endless when it never was done. */
  landedAt: number;
}

interface Writer {
  /** A number that every later one is above. */
  last: number;
  underWay: Save[];
  isAlive: boolean;
}

type Waiting = PendingRecord & { readonly pendingSeq: number };
interface Update {
  readonly updateOne: {
    readonly filter: Partial<PendingRecord>;
    readonly update: {
      readonly $set?: Partial<PendingRecord>;
      readonly $unset?: object;
      readonly $pull?: { readonly outbox: { readonly seq: { readonly $in: readonly number[] } } };
    };
  };
}

/** One thing that somebody does; what of several, by `choice`. */
type Step = readonly [actor: 'writer' | 'kill' | 'land' | 'relay' | 'deposed', choice: number];

/** A database in which everything happens in single steps, in any order, and relays that read it while it changes. */
class World {
  readonly saves: Save[] = [];
  readonly published: number[] = [];
  readonly open = new Map<string, number>();
  readonly #documents = new Map<string, PendingRecord>();
  readonly #writers = new Map<string, Writer>();
  readonly #relays = new Map<string, Generator<void, void, number>>();
  readonly #readsEventsFirst: boolean;
  #now = 0;
  #seq = 0;

  constructor(readsEventsFirst: boolean) {
    this.#readsEventsFirst = readsEventsFirst;
    for (const id of DOCUMENTS) this.#documents.set(id, { _id: id, version: 0 });
    for (const id of WRITERS) this.#writers.set(id, { last: 0, underWay: [], isAlive: true });
  }

  step([actor, choice]: Step): void {
    this.#now++;
    const name = WRITERS[choice % WRITERS.length] as string;
    if (actor === 'writer') this.#save(name, choice);
    else if (actor === 'land') this.#land(name, choice);
    else if (actor === 'relay' || actor === 'deposed') this.#relay(actor, choice);
    else (this.#writers.get(name) as Writer).isAlive = choice % 3 !== 0;
  }

  /** Everything lands that still may, and is relayed. */
  drain(): void {
    for (const [name, { underWay }] of this.#writers) while (underWay.length > 0) this.#land(name, 0);
    this.open.clear();
    for (let step = 0; [...this.#documents.values()].some(({ pendingSeq }) => pendingSeq !== undefined); step++) {
      if (step > 10_000) throw new Error('the relay does not come to an end');
      this.#relay('relay', 0);
    }
  }

  /** A wave of saves at the versions of the moment, when the one before has ended. */
  #save(name: string, choice: number): void {
    const writer = this.#writers.get(name) as Writer;
    if (!writer.isAlive || writer.underWay.length > 0) return;
    if (choice % 5 === 0) return void this.open.delete(name);
    const documents = DOCUMENTS.slice(choice % DOCUMENTS.length);
    this.open.set(name, writer.last + 1);
    writer.underWay = documents.map((document): Save => {
      const expectedVersion = this.#recordOf(document).version;
      return { seq: ++this.#seq, document, expectedVersion, calledAt: this.#now, landedAt: Infinity };
    });
    writer.last = this.#seq;
    this.saves.push(...writer.underWay);
  }

  /** One of the writes under way arrives, also of a process that has ended long ago. */
  #land(name: string, choice: number): void {
    const { underWay } = this.#writers.get(name) as Writer;
    const [save] = underWay.splice((choice >> 1) % Math.max(1, underWay.length), 1);
    if (!save) return;
    const record = this.#recordOf(save.document);
    if (record.version !== save.expectedVersion) return;
    save.landedAt = this.#now;
    const event: PendingEvent = { seq: save.seq, stream: 's', subject: 's', envelope: '{}' };
    this.#documents.set(save.document, {
      _id: save.document,
      version: record.version + 1,
      outbox: [...(record.outbox ?? []), event],
      pendingSeq: Math.min(record.pendingSeq ?? Infinity, save.seq),
    });
  }

  #relay(name: string, choice: number): void {
    const running = this.#relays.get(name) ?? this.#round(choice);
    const { done } = running.next(choice);
    if (done) this.#relays.delete(name);
    else this.#relays.set(name, running);
  }

  *#round(choice: number): Generator<void, void, number> {
    let settled = 0;
    if (!this.#readsEventsFirst) settled = yield* this.#settle(choice);
    const page: PendingRecord[] = [];
    for (let at = 0; page.length < PAGE; yield) {
      const next = this.#next(at, this.#readsEventsFirst ? Infinity : settled);
      if (!next) break;
      at = next.pendingSeq;
      if (page.every(({ _id }) => _id !== next._id)) page.push(next);
    }
    if (this.#readsEventsFirst) settled = yield* this.#settle(choice);
    const events = publishable(page, settled, PAGE);
    for (const { seq } of events) {
      if (!this.published.includes(seq)) this.published.push(seq);
      yield;
    }
    const published = new Set(events.map(({ seq }) => seq));
    for (const update of page.flatMap((record) => clearing(record, published)) as Update[]) {
      this.#apply(update);
      yield;
    }
  }

  /** Any writer may be left out at any time, as one that was silent for too long: it may save all the same. */
  *#settle(choice: number): Generator<void, number, number> {
    const horizon = { seq: this.#seq, open: new Map(this.open) };
    yield;
    const silent = WRITERS[choice % 4];
    if (silent !== undefined && horizon.open.delete(silent)) this.open.delete(silent);
    return settledSeq(horizon);
  }

  /** As an index is read that changes meanwhile. */
  #next(after: number, settled: number): Waiting | undefined {
    const [next] = [...this.#documents.values()]
      .filter((record): record is Waiting => record.pendingSeq !== undefined)
      .filter(({ pendingSeq }) => pendingSeq > after && pendingSeq <= settled)
      .sort((a, b) => a.pendingSeq - b.pendingSeq);
    return next;
  }

  #apply({ updateOne: { filter, update } }: Update): void {
    const record = this.#recordOf(filter._id as string);
    if (filter.version !== undefined && filter.version !== record.version) return;
    if (filter.pendingSeq !== undefined && filter.pendingSeq !== record.pendingSeq) return;
    const { _id, version } = record;
    if (update.$unset) this.#documents.set(_id, { _id, version });
    if (update.$set) this.#documents.set(_id, { ...record, ...update.$set });
    const gone = update.$pull?.outbox.seq.$in ?? [];
    if (gone.length === 0 || !record.outbox) return;
    this.#documents.set(_id, { ...record, outbox: record.outbox.filter(({ seq }) => !gone.includes(seq)) });
  }

  #recordOf(id: string): PendingRecord {
    return this.#documents.get(id) as PendingRecord;
  }
}

const STEPS = fc.array(
  fc.tuple(
    fc.constantFrom<Step[0]>('writer', 'writer', 'land', 'land', 'relay', 'relay', 'relay', 'deposed', 'kill'),
    fc.nat({ max: 119 }),
  ),
  { minLength: 1, maxLength: 120 },
);

const runThrough = (readsEventsFirst: boolean) => (steps: readonly Step[]) => {
  const world = new World(readsEventsFirst);
  for (const step of steps) world.step(step);
  world.drain();
  return world;
};

/** Saves that were called when another one could be seen already, and whose events came before its own. */
function overtaking({ saves, published }: World): readonly (readonly [later: number, earlier: number])[] {
  const place = new Map(published.map((seq, at) => [seq, at]));
  const done = saves.filter(({ seq }) => place.has(seq));
  return done.flatMap((later) =>
    done
      .filter(({ landedAt, seq }) => landedAt < later.calledAt && (place.get(seq) ?? 0) > (place.get(later.seq) ?? 0))
      .map((earlier) => [later.seq, earlier.seq] as const),
  );
}

describe('events of a collection that several processes save and relay, some of which end or are left out', () => {
  test('never come before those of a save that could be seen when theirs was called, and are never lost', () => {
    fc.assert(
      fc.property(STEPS, (steps) => {
        const world = runThrough(false)(steps);
        expect(overtaking(world)).toEqual([]);
        const done = world.saves.filter(({ landedAt }) => landedAt < Infinity).map(({ seq }) => seq);
        expect(world.published.toSorted((a, b) => a - b)).toEqual(done);
      }),
      RUN,
    );
  });

  test('would, if a relay looked for events before it asked which numbers were given out', () => {
    // The relay has read past the first document when a save lands there; whoever has seen that saves the next one that it reads.
    const steps: readonly Step[] = [
      ['writer', 6],
      ['land', 4],
      ['relay', 0],
      ['land', 0],
      ['writer', 1],
      ['land', 1],
      ['relay', 0],
      ['land', 1],
      ['writer', 5],
    ];
    expect(overtaking(runThrough(true)(steps))).toEqual([[4, 1]]);
    expect(overtaking(runThrough(false)(steps))).toEqual([]);
  });
});
