import type { CancelTimer, Clock } from '../../ports/clock.ts';

/** The longest delay that `setTimeout` keeps; a longer one would fire at once. */
const TIMEOUT_MS_MAX = 2_147_483_647;

/** The clock of the machine. */
export class SystemClock implements Clock {
  nowMs(): number {
    return Date.now();
  }

  after(delayMs: number, run: () => void): CancelTimer {
    let timer: NodeJS.Timeout;
    const wait = (remainingMs: number): void => {
      const stepMs = Math.min(remainingMs, TIMEOUT_MS_MAX);
      timer = setTimeout(() => (remainingMs > stepMs ? wait(remainingMs - stepMs) : run()), stepMs);
      timer.unref();
    };
    wait(Math.max(0, delayMs));
    return () => clearTimeout(timer);
  }
}
