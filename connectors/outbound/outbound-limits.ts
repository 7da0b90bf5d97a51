/** Every bound of the queue of one outside system. */
export interface OutboundLimits {
  /** Commands that wait for one system; beyond it a submission is refused with OVERLOADED. */
  readonly waitingMax: number;
  /** UTF-8 bytes of a payload. */
  readonly payloadBytesMax: number;
  /** Commands under way at once. The lanes below the first are left at most one less, so that the first always finds room. */
  readonly concurrentMax: number;
  /** One command in so many is taken from the lane that has gone without for the longest, so that no lane waits for ever. */
  readonly fairEvery: number;
  /** Commands that a lane looks up at a time, and the most that it holds in memory. */
  readonly pageCommands: number;
  readonly heldCommandsMax: number;
  /** Wait before the second attempt; doubles up to the maximum, less up to a half as jitter. */
  readonly backoffMinMs: number;
  readonly backoffMaxMs: number;
  /**
   * Attempts of a command that fails while the system does others; then it is given up. What fails because the system is
   * down is no such attempt.
   */
  readonly attemptsMax: number;
  /** Age at which a command that still fails is given up whatever the cause. */
  readonly giveUpAfterMs: number;
  /** Failures in a row that open the breaker. */
  readonly breakerFailures: number;
  /** How long an open breaker holds commands back before it lets one try; doubles up to the maximum, with jitter. */
  readonly breakerOpenMinMs: number;
  readonly breakerOpenMaxMs: number;
  /** How long nothing may be done while commands wait, before people are told. */
  readonly stalledAfterMs: number;
  /** How often the storage is looked at when nothing says that there is anything new. */
  readonly pollMs: number;
  /** How long a command that has come to its end is kept, and its key known. */
  readonly settledKeptMs: number;
  /** How often old ones are removed, and how many at a time. */
  readonly sweepEveryMs: number;
  readonly sweepCommands: number;
  /** Times that a document is tried again when somebody else has saved it meanwhile. */
  readonly saveAttemptsMax: number;
  /** How often what waits is counted anew, because other processes take commands in and let them go; up to so many. */
  readonly recountEveryMs: number;
  readonly recountCommands: number;
}

export const OUTBOUND_LIMITS: OutboundLimits = {
  waitingMax: 1_000_000,
  payloadBytesMax: 1_048_576,
  concurrentMax: 4,
  fairEvery: 20,
  pageCommands: 200,
  heldCommandsMax: 2_000,
  backoffMinMs: 1_000,
  backoffMaxMs: 300_000,
  attemptsMax: 12,
  giveUpAfterMs: 7 * 86_400_000,
  breakerFailures: 3,
  breakerOpenMinMs: 2_000,
  breakerOpenMaxMs: 60_000,
  stalledAfterMs: 300_000,
  pollMs: 1_000,
  settledKeptMs: 90 * 86_400_000,
  sweepEveryMs: 3_600_000,
  sweepCommands: 500,
  saveAttemptsMax: 10,
  recountEveryMs: 30_000,
  recountCommands: 1_000,
};
