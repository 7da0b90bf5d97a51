/** `capacity` requests at once, then `refillPerSecond` a second. */
export interface RateLimit {
  readonly capacity: number;
  readonly refillPerSecond: number;
}

export class TokenBucket {
  readonly #limit: RateLimit;
  readonly #now: () => number;
  #tokens: number;
  #filledAtMs: number;

  constructor(limit: RateLimit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
    this.#tokens = limit.capacity;
    this.#filledAtMs = now();
  }

  /** Takes one token and answers 0, or answers after how many whole seconds one will be there. */
  take(): number {
    const nowMs = this.#now();
    const earned = (Math.max(0, nowMs - this.#filledAtMs) / 1000) * this.#limit.refillPerSecond;
    this.#tokens = Math.min(this.#limit.capacity, this.#tokens + earned);
    this.#filledAtMs = nowMs;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil((1 - this.#tokens) / this.#limit.refillPerSecond));
  }
}
