/** Every bound of the NATS adapters. */
export interface NatsLimits {
  readonly connectMs: number;
  /** The rest before each attempt to connect again, plus up to `reconnectJitterMs`. */
  readonly reconnectMinMs: number;
  readonly reconnectJitterMs: number;
  readonly pingMs: number;
  /** Pings without an answer before the connection counts as lost. */
  readonly pingsUnansweredMax: number;
  /** One request to JetStream that is no publication. */
  readonly apiMs: number;
  /** One question to the monitoring address of a server. */
  readonly monitorMs: number;
  /**
   * One attempt to publish. A publication in flight when the server dies waits out this time, however soon the server is
   * back, so it is short and repeated.
   */
  readonly publishMs: number;
  readonly publishAttemptsMax: number;
  readonly publishBackoffMinMs: number;
  readonly publishBackoffMaxMs: number;
  /** Publications that are not acknowledged yet; one more is refused with OVERLOADED. */
  readonly publishInFlightMax: number;
  /** Messages in one `publishAll`; servers take no more in an atomic batch. */
  readonly publishMessagesMax: number;
  /** UTF-8 bytes of one journal batch or envelope; lowered to what the server takes, less `headerBytesMax`. */
  readonly batchBytesMax: number;
  /** What headers and subject add to a message. */
  readonly headerBytesMax: number;
  /** How long a server remembers the ids of messages, to find repetitions. It costs the server memory. */
  readonly duplicateWindowMs: number;
  /** Copies of each stream. */
  readonly replicas: number;
  /** Batches and bytes that a reader holds in memory. */
  readonly pageMessages: number;
  readonly pageBytes: number;
  /** How long a reader waits for messages that the server says it has, before it begins anew. */
  readonly pageMs: number;
  /** Readings in a row that bring nothing of what the server says it has. */
  readonly readAttemptsMax: number;
  /** After this time without a reader the server forgets it. */
  readonly readerIdleMs: number;
  /** How long a journal that opens waits for others that have it open to say so. */
  readonly presenceMs: number;
  /** Bytes of changes that the server has not taken yet; beyond it changes are lost. */
  readonly feedUnsentBytesMax: number;
  /** Requests in flight, per subject where they are served and altogether where they are made. */
  readonly rpcInFlightMax: number;
  /** Bytes of one answer, and of all long answers that a process keeps for those who asked. */
  readonly rpcAnswerBytesMax: number;
  readonly rpcKeptBytesMax: number;
  /** How long a long answer is kept for whoever asked. */
  readonly rpcKeptMs: number;
  /** After this time without renewal somebody else may take a lease. */
  readonly leaseTtlMs: number;
  /**
   * How long nobody may answer for a lease, and not renew it, before it is taken from whoever held it. Longer than a renewal
   * takes to come, and than a lost connection usually takes to come back.
   */
  readonly leaseAbsentMs: number;
  /** The rest of whoever waits for a lease, with jitter. */
  readonly leasePollMs: number;
  /** How often a gateway asks who is there. */
  readonly memberAskMs: number;
  /** Rounds of asking in a row in which a process may be silent before it is forgotten. */
  readonly memberMissesMax: number;
  /** Processes and services that are known at a time. */
  readonly membersMax: number;
  /** How often a watcher or consumer looks without having been told. */
  readonly lookMs: number;
  /** Messages between the oldest unacknowledged one and the newest one that a consumer has looked at. */
  readonly consumerOutstandingMax: number;
  /** A consumer whose oldest undone message is not through after this time raises an alarm. */
  readonly floorStillMs: number;
  /** Bytes of waiting messages that a consumer keeps; others are read again when their turn comes. */
  readonly consumerKeptBytesMax: number;
  /** Dead letters of a stream that are looked through. */
  readonly deadLettersMax: number;
}

export const NATS_LIMITS: NatsLimits = {
  connectMs: 5_000,
  reconnectMinMs: 100,
  reconnectJitterMs: 400,
  pingMs: 5_000,
  pingsUnansweredMax: 2,
  apiMs: 5_000,
  monitorMs: 2_000,
  publishMs: 500,
  publishAttemptsMax: 12,
  publishBackoffMinMs: 50,
  publishBackoffMaxMs: 1_000,
  publishInFlightMax: 10_000,
  publishMessagesMax: 1_000,
  batchBytesMax: 943_718,
  headerBytesMax: 16_384,
  duplicateWindowMs: 3_600_000,
  replicas: 1,
  pageMessages: 500,
  pageBytes: 8_388_608,
  pageMs: 1_500,
  readAttemptsMax: 10,
  readerIdleMs: 60_000,
  presenceMs: 500,
  feedUnsentBytesMax: 16_777_216,
  rpcInFlightMax: 10_000,
  rpcAnswerBytesMax: 67_108_864,
  rpcKeptBytesMax: 268_435_456,
  rpcKeptMs: 15_000,
  leaseTtlMs: 3_000,
  leaseAbsentMs: 1_000,
  leasePollMs: 150,
  memberAskMs: 1_000,
  memberMissesMax: 4,
  membersMax: 1_000,
  lookMs: 1_000,
  consumerOutstandingMax: 10_000,
  floorStillMs: 120_000,
  consumerKeptBytesMax: 16_777_216,
  deadLettersMax: 10_000,
};
