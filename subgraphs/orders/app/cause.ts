/** What set a change off, as it is passed on with everything that follows from it. */
export interface Cause {
  readonly correlationId: string;
  /** The event that caused it; absent for a request from outside. */
  readonly causationId?: string;
}
