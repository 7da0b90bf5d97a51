/** Every bound of the embedded adapters. */
export interface EmbeddedLimits {
  /** Writes that wait for a commit; beyond it a write is refused with OVERLOADED. */
  readonly queuedWritesMax: number;
  /** Writes in one commit; it bounds how long one commit holds the event loop. */
  readonly groupWritesMax: number;
  /** UTF-8 bytes of one document. */
  readonly documentBytesMax: number;
  /** Documents of one collection that are held in memory as they were read last. */
  readonly cachedDocumentsMax: number;
  /** Characters of their JSON together; in memory they take some five times as many bytes. */
  readonly cachedCharsMax: number;
  /** Characters of JSON of a document that is held in memory; larger ones are read anew each time. */
  readonly cachedDocumentCharsMax: number;
  /** UTF-8 bytes of the events of one journal batch; the distributed journal sends a batch as one message. */
  readonly journalBatchBytesMax: number;
  /** Batches that a journal reader holds in memory. */
  readonly journalPageBatches: number;
  /** Batches that a reader of texts looks up at a time, while the live path waits. */
  readonly journalTextPageBatches: number;
  /** Records of a chain index that are written together. */
  readonly chainFrameBytes: number;
  /** Records that wait while the disk does not take them; beyond it the index is given up until the next start. */
  readonly chainPendingBytesMax: number;
  /** Keys that a reader of a whole index holds in memory. */
  readonly indexPageKeys: number;
  /** Messages in one `publishAll`. */
  readonly publishMessagesMax: number;
  /** Messages between the oldest unacknowledged one and the newest one that a consumer has looked at. */
  readonly consumerOutstandingMax: number;
  /** Messages that a consumer looks up at a time. */
  readonly consumerPageMessages: number;
  /** Change messages that wait for delivery; beyond it the oldest is lost. */
  readonly feedQueuedMax: number;
  /** Requests in flight per subject; beyond it a request is refused with OVERLOADED. */
  readonly rpcInFlightMax: number;
  /** Snapshots kept per context: the newest ones, and older ones the further apart the older they are. At least 2. */
  readonly snapshotsKept: number;
}

export const EMBEDDED_LIMITS: EmbeddedLimits = {
  queuedWritesMax: 100_000,
  groupWritesMax: 1_000,
  documentBytesMax: 4_194_304,
  cachedDocumentsMax: 500,
  cachedCharsMax: 4_194_304,
  cachedDocumentCharsMax: 32_768,
  journalBatchBytesMax: 943_718,
  journalPageBatches: 32,
  journalTextPageBatches: 1,
  chainFrameBytes: 262_144,
  chainPendingBytesMax: 67_108_864,
  indexPageKeys: 5_000,
  publishMessagesMax: 10_000,
  consumerOutstandingMax: 50_000,
  consumerPageMessages: 500,
  feedQueuedMax: 10_000,
  rpcInFlightMax: 10_000,
  snapshotsKept: 12,
};
