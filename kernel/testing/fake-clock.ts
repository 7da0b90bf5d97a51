import type { CancelTimer, Clock } from '../ports/clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly ordinal: number;
  run(): void;
}

/** Monday morning, so that nothing depends on the day of the run. */
const START_MS = Date.UTC(2026, 0, 5, 9);

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #nowMs: number;
  #ordinal = 0;

  constructor(startMs: number = START_MS) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.size;
  }

  after(delayMs: number, run: () => void): CancelTimer {
    const timer = { dueMs: this.#nowMs + Math.max(0, delayMs), ordinal: this.#ordinal++, run };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Moves time on and runs what falls due on the way, each at its own time, also what those timers start. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (let timer = this.#next(untilMs); timer; timer = this.#next(untilMs)) {
      this.#timers.delete(timer);
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
      timer.run();
    }
    this.#nowMs = untilMs;
  }

  /** Sets the time as a machine's clock may be set, back or forth; timers keep their remaining wait. */
  jump(byMs: number): void {
    this.#nowMs += byMs;
    const timers = [...this.#timers];
    this.#timers.clear();
    for (const timer of timers) this.#timers.add({ ...timer, dueMs: timer.dueMs + byMs });
  }

  #next(untilMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueMs <= untilMs && (!next || isEarlier(timer, next))) next = timer;
    }
    return next;
  }
}

function isEarlier(a: Timer, b: Timer): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.ordinal < b.ordinal);
}
