import { BUCKETS, COLUMN, type Bucket } from './bucket.ts';
import type { Frozen } from './frozen-array.ts';
import { MovementHistory, type MovementHistoryData } from './movement-history.ts';

/** Movements of the other buckets are few; a constant of the ledger as well. */
const REMEMBERED_MOVEMENTS_MAX = 200_000;

export interface BucketHistoryData {
  readonly shelves: Float64Array;
  readonly history: MovementHistoryData;
}

/** What moved the buckets that are not for sale, and when, so that a balance of them can be held against its instant. */
export class BucketHistory {
  /** Position and bucket -> their row in the history. */
  readonly #shelves = new Map<number, number>();
  #history = new MovementHistory(REMEMBERED_MOVEMENTS_MAX);

  static from({ shelves, history }: BucketHistoryData): BucketHistory {
    const restored = new BucketHistory();
    shelves.forEach((shelf, index) => restored.#shelves.set(shelf, index));
    restored.#history = MovementHistory.from(history, REMEMBERED_MOVEMENTS_MAX);
    return restored;
  }

  add(row: number, bucket: Bucket, moved: { readonly steps: number; readonly occurredAtMs: number }): void {
    const shelf = shelfOf(row, bucket);
    const index = this.#shelves.get(shelf) ?? this.#shelves.size;
    this.#shelves.set(shelf, index);
    this.#history.add(index, moved.steps, moved.occurredAtMs);
  }

  /** What moved a bucket later than `asOfMs`; undefined when that is not remembered any more. */
  stepsAfter(row: number, bucket: Bucket, asOfMs: number): number | undefined {
    const index = this.#shelves.get(shelfOf(row, bucket));
    return index === undefined ? 0 : this.#history.stepsAfter(index, asOfMs);
  }

  /** The history as it is now, to be taken while it goes on changing. */
  freeze(): Pick<BucketHistoryData, 'shelves'> & { readonly history: Frozen<MovementHistoryData> } {
    return { shelves: Float64Array.from(this.#shelves.keys()), history: this.#history.freeze() };
  }
}

const shelfOf = (row: number, bucket: Bucket): number => row * BUCKETS.length + COLUMN[bucket];
