/** The only source of time. Tests drive a fake one. */
export interface Clock {
  /** UTC, epoch milliseconds. May jump; never use a difference to prove an order. */
  nowMs(): number;
  /**
   * Runs `run` once, not before `delayMs` have passed on this clock. The timer keeps no process alive.
   * An error thrown by `run` is a defect of the caller.
   */
  after(delayMs: number, run: () => void): CancelTimer;
}

export type CancelTimer = () => void;
