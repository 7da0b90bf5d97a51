export interface HeldLease {
  readonly name: string;
  /** Fires at most once: when the lease was taken by another or could not be renewed in time. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * At most one holder per name believes it leads. Belief is not proof: a deposed leader is fenced by the journal or the
 * expected version, never by the clock.
 */
export interface Lease {
  /** Waits until it is the leader, or until `signal` aborts. */
  acquire(name: string, signal: AbortSignal): Promise<HeldLease>;
}
