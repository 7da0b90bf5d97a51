import type { Clock } from '../../kernel/ports/clock.ts';
import { retryAfterMs } from './retry-after.ts';

export interface PaceLimits {
  /** Calls a second that the system may be asked for. */
  readonly perSecond: number;
  /** Calls that may go at once after a rest. */
  readonly burst: number;
  /** The longest pause that a system may ask for. */
  readonly pauseMsMax: number;
}

export const PACE_LIMITS: PaceLimits = { perSecond: 20, burst: 20, pauseMsMax: 3_600_000 };

/** What an answer says about how often the system may be asked. Names of headers in lower case. */
export interface PaceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * A token bucket for the calls to one account of an outside system, corrected by what the system itself says: a pause that
 * it asks for (`Retry-After` of 429 and 503), and how many calls it has left (`RateLimit`, `RateLimit-Remaining`,
 * `X-RateLimit-Remaining` with their resets).
 * Source: RFC 9110, 10.2.3; draft-ietf-httpapi-ratelimit-headers
 */
export class VendorPace {
  readonly #clock: Clock;
  readonly #limits: PaceLimits;
  #tokens: number;
  #filledAtMs: number;
  #pausedUntilMs = 0;

  constructor(clock: Clock, limits: Partial<PaceLimits> = {}) {
    this.#clock = clock;
    this.#limits = { ...PACE_LIMITS, ...limits };
    this.#tokens = this.#limits.burst;
    this.#filledAtMs = clock.nowMs();
  }

  /** Takes a token when there is one. @returns 0, or the milliseconds until it is worth asking again */
  take(): number {
    const nowMs = this.#clock.nowMs();
    if (this.#pausedUntilMs > nowMs) return this.#pausedUntilMs - nowMs;
    this.#fill(nowMs);
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil(((1 - this.#tokens) / this.#limits.perSecond) * 1_000));
  }

  /** Nobody goes for that long. A shorter pause than one that holds already changes nothing. */
  pause(forMs: number): void {
    const untilMs = this.#clock.nowMs() + Math.min(forMs, this.#limits.pauseMsMax);
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, untilMs);
  }

  /** After an outage nothing that was saved up meanwhile may go at once. */
  drain(): void {
    this.#fill(this.#clock.nowMs());
    this.#tokens = Math.min(this.#tokens, 1);
  }

  /** Takes in what an answer says. */
  hear({ status, headers }: PaceAnswer): void {
    const nowMs = this.#clock.nowMs();
    if (status === 429 || status === 503) {
      const askedMs = retryAfterMs(first(headers['retry-after']), nowMs);
      if (askedMs !== undefined) this.pause(askedMs);
    }
    const left = remaining(headers, nowMs);
    if (!left) return;
    this.#fill(nowMs);
    this.#tokens = Math.min(this.#tokens, left.calls);
    if (left.calls === 0 && left.resetMs !== undefined) this.pause(left.resetMs);
  }

  #fill(nowMs: number): void {
    const passedMs = Math.max(0, nowMs - this.#filledAtMs);
    this.#filledAtMs = nowMs;
    this.#tokens = Math.min(this.#limits.burst, this.#tokens + (passedMs / 1_000) * this.#limits.perSecond);
  }
}

interface Remaining {
  readonly calls: number;
  readonly resetMs: number | undefined;
}

/** Resets beyond this are instants in seconds since 1970, as some vendors send them, and no durations. */
const LONGEST_DURATION_SECONDS = 1_000_000_000;

function remaining(headers: PaceAnswer['headers'], nowMs: number): Remaining | undefined {
  const combined = first(headers['ratelimit']);
  const calls = numberOf(
    combined === undefined
      ? (first(headers['ratelimit-remaining']) ?? first(headers['x-ratelimit-remaining']))
      : /(?:^|[;,\s])(?:r|remaining)=(\d+)/.exec(combined)?.[1],
  );
  if (calls === undefined) return undefined;
  const reset = numberOf(
    combined === undefined
      ? (first(headers['ratelimit-reset']) ?? first(headers['x-ratelimit-reset']))
      : /(?:^|[;,\s])(?:t|reset)=(\d+)/.exec(combined)?.[1],
  );
  if (reset === undefined) return { calls, resetMs: undefined };
  const resetMs = reset > LONGEST_DURATION_SECONDS ? Math.max(0, reset * 1_000 - nowMs) : reset * 1_000;
  return { calls, resetMs };
}

function first(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value[0] : value;
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}(\.\d+)?$/.test(text.trim()) ? Math.floor(Number(text)) : undefined;
}
