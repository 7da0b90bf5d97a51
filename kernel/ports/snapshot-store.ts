/** A cached state of a single writer. Losing one loses nothing. */
export interface Snapshot {
  /** The epoch of the journal that it belongs to. */
  readonly epoch: string;
  /** The last batch that it includes. */
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/**
 * Guarantees: `save` is atomic, a reader sees the former snapshot or the new one; `newest` gives the newest one that is
 * whole (by its checksum) and of that epoch, and skips a damaged one. Of older ones a bounded number is kept, so that the
 * way from one of them to any past batch is short for its age.
 */
export interface SnapshotStore {
  save(context: string, snapshot: Snapshot): Promise<void>;
  newest(context: string, epoch: string): Promise<Snapshot | undefined>;
  /** The sequences of those that are kept, the newest first. */
  keptSeqs(context: string, epoch: string): Promise<readonly number[]>;
  /** Read in small pieces. Undefined when it is not kept any more, or not whole. */
  at(context: string, epoch: string, seq: number): Promise<Snapshot | undefined>;
}
