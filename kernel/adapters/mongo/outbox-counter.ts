import type { Collection as NativeCollection } from 'mongoose';
import { invariant } from '../../model/errors.ts';
import type { MongoCalls } from './mongo-calls.ts';
import { duplicateIndex } from './mongo-errors.ts';

/** Where the saves of one collection are counted. No collection of the port has a dot in its name. */
export const COUNTERS = 'stockwire.outbox-counters';

export interface CounterRecord {
  readonly _id: string;
  /** The last number that was given out. */
  readonly seq: number;
  /** Per writer with saves under way: none of their numbers is below. */
  readonly open: Readonly<Record<string, number>>;
}

/** What has been given out, and who is still using it. */
export interface Horizon {
  readonly seq: number;
  readonly open: ReadonlyMap<string, number>;
}

export interface OutboxCounterOptions {
  readonly counters: NativeCollection<CounterRecord>;
  readonly calls: MongoCalls;
  readonly collection: string;
  /** Unique per process and start; a field name. */
  readonly writer: string;
}

/**
 * Numbers the saves of a collection across processes, each before it writes: so whoever could see a save has a higher
 * number than it. A writer is told as open until its saves have ended: whatever is below every open writer is either saved
 * already or never was, so it may be published in the order of the numbers.
 */
export class OutboxCounter {
  readonly #options: OutboxCounterOptions;
  /** A number that every later one is above. */
  #last = 0;

  constructor(options: OutboxCounterOptions) {
    this.#options = options;
  }

  async create(): Promise<void> {
    const { counters, calls, collection } = this.#options;
    await calls
      .run('counter.create', () =>
        counters.updateOne({ _id: collection }, { $setOnInsert: { seq: 0, open: {} } }, { upsert: true }),
      )
      .catch((error: unknown) => {
        // Another process was quicker.
        if (duplicateIndex(error) === undefined) throw error;
      });
    this.#last = (await this.read()).seq;
  }

  /** Ends this writer's numbers of before and takes `count` new ones. @returns the first */
  async take(count: number): Promise<number> {
    const { counters, calls, collection, writer } = this.#options;
    const from = this.#last + 1;
    const record = await calls.run('counter.take', () =>
      counters.findOneAndUpdate(
        { _id: collection },
        { $inc: { seq: count }, $set: { [`open.${writer}`]: from } },
        { returnDocument: 'after' },
      ),
    );
    // Beginning again at 1 would put new events before those that wait.
    invariant(record, `The numbers of ${collection} are gone; restore ${COUNTERS}.`);
    this.#last = record.seq;
    return this.#last - count + 1;
  }

  /** This writer has no save under way. */
  async end(): Promise<void> {
    await this.#forget(this.#options.writer);
  }

  /** A writer that has gone without ending, unless it has moved on since. */
  async forget(writer: string, from: number): Promise<void> {
    await this.#forget(writer, from);
  }

  async read(): Promise<Horizon> {
    const { counters, calls, collection } = this.#options;
    const record = await calls.run('counter.read', () => counters.findOne({ _id: collection }));
    return { seq: record?.seq ?? 0, open: new Map(Object.entries(record?.open ?? {})) };
  }

  async #forget(writer: string, from?: number): Promise<void> {
    const { counters, calls, collection } = this.#options;
    const field = `open.${writer}`;
    const condition = from === undefined ? {} : { [field]: from };
    await calls.run('counter.end', () =>
      counters.updateOne({ _id: collection, ...condition }, { $unset: { [field]: true } }),
    );
  }
}
