import type { ChainIndex } from './chain-index.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { Clock } from './clock.ts';
import type { Documents } from './documents.ts';
import type { Ids } from './ids.ts';
import type { FollowedJournal, Journal } from './journal.ts';
import type { KeyIndex } from './key-index.ts';
import type { Lease } from './lease.ts';
import type { Rpc } from './rpc.ts';
import type { SnapshotStore } from './snapshot-store.ts';
import type { Streams } from './streams.ts';
import type { Telemetry } from './telemetry.ts';

/** Everything that a context gets from below. Which technology stands behind it is configuration. */
export interface Platform {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
  readonly streams: Streams;
  readonly documents: Documents;
  readonly changeFeed: ChangeFeed;
  readonly rpc: Rpc;
  readonly lease: Lease;
  /** Opens the journal of a context as its one writer. */
  openJournal(context: string): Promise<Journal>;
  /**
   * Opens the journal of a context beside its writer. Present where several processes stand by for one another; its writer
   * is then elected.
   */
  readonly followJournal?: (context: string) => Promise<FollowedJournal>;
  readonly snapshots: SnapshotStore;
  /** Opens a cache over the journal of that epoch, for one reader at a time. */
  openKeyIndex(name: string, epoch: string): Promise<KeyIndex>;
  /** As `openKeyIndex`. */
  openChainIndex(name: string, epoch: string): Promise<ChainIndex>;
}
