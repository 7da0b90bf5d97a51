/** Below this, to wait for the disk takes less than to have another thread do it and tell. */
const QUICK_MS = 1;

/** Waits that are remembered; the shortest of them is the disk's, the others are those of whatever else the machine does. */
const REMEMBERED = 8;

/** Commits from one look at a disk that was slow to the next. */
const LOOK_EVERY = 64;

/** Whether a commit should wait for the disk where it is made, or in another thread while the event loop goes on. */
export interface DiskPace {
  /** Whether the next commit should wait. */
  isToWait(): boolean;
  /** How long it waited. */
  waited(ms: number): void;
}

/** Waits for a disk that is quick, and now and then for one that was not. */
export class MeasuredPace implements DiskPace {
  #waits: readonly number[] = [];
  #untilLook = 0;

  isToWait(): boolean {
    if (Math.min(...this.#waits) < QUICK_MS) return true;
    if (this.#untilLook-- > 0) return false;
    this.#untilLook = LOOK_EVERY;
    return true;
  }

  waited(ms: number): void {
    this.#waits = [...this.#waits, ms].slice(-REMEMBERED);
  }
}
