/** Every bound of the calls to one outside system. */
export interface HttpLimits {
  /** Longest wait for a connection. */
  readonly connectTimeoutMs: number;
  /** Longest wait for one whole answer. */
  readonly attemptTimeoutMs: number;
  /** Longest wait for a call with all its attempts, its waits and its time in the queue. */
  readonly callTimeoutMs: number;
  /** Attempts of one call, the first included. */
  readonly attemptsMax: number;
  /** Wait before the second attempt; doubles up to `backoffMaxMs`, less up to a half as jitter. */
  readonly backoffMinMs: number;
  readonly backoffMaxMs: number;
  /** The longest `Retry-After` that is waited for; beyond it the call ends as UPSTREAM_UNAVAILABLE. */
  readonly retryAfterMsMax: number;
  /** Failures in a row that open the breaker. Answers 4xx are no failures. */
  readonly breakerFailures: number;
  /** How long an open breaker refuses calls before it lets one try. */
  readonly breakerOpenMs: number;
  /** Calls under way at once. */
  readonly concurrentMax: number;
  /** Calls that wait for one of those to end; beyond it a call ends as UPSTREAM_UNAVAILABLE. */
  readonly queuedMax: number;
  /** Bytes of an answer's body. */
  readonly responseBytesMax: number;
  /** How long an idle connection is kept. */
  readonly keepAliveMs: number;
}

export const HTTP_LIMITS: HttpLimits = {
  connectTimeoutMs: 2_000,
  attemptTimeoutMs: 5_000,
  callTimeoutMs: 15_000,
  attemptsMax: 4,
  backoffMinMs: 100,
  backoffMaxMs: 2_000,
  retryAfterMsMax: 5_000,
  breakerFailures: 8,
  breakerOpenMs: 5_000,
  concurrentMax: 16,
  queuedMax: 256,
  responseBytesMax: 16_777_216,
  keepAliveMs: 30_000,
};
