/** Every bound of how the books follow returns. */
export interface PostingLimits {
  /** Steps of one run over a return; what is left is due at once. */
  readonly stepsMax: number;
  /** How often returns are looked for that wait for somebody who could not be asked. */
  readonly pollMs: number;
  /** Returns that are gone on with at a time. */
  readonly runsMax: number;
  /** Wait after the first time that somebody could not be asked; doubles up to the maximum. */
  readonly backoffMinMs: number;
  readonly backoffMaxMs: number;
}

export const POSTING_LIMITS: PostingLimits = {
  stepsMax: 100,
  pollMs: 1_000,
  runsMax: 16,
  backoffMinMs: 500,
  backoffMaxMs: 60_000,
};
