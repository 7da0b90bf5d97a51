/** Every bound of the documents on MongoDB. */
export interface MongoLimits {
  /** The longest that a call waits for a server that can take it. */
  readonly serverSelectionMs: number;
  readonly connectMs: number;
  /** Silence on a socket after which the call on it has failed. */
  readonly socketSilenceMs: number;
  /** The longest that any call takes, whatever the driver still tries. */
  readonly callMs: number;
  /** How often the driver asks a server how it is; it bounds how soon a server that came back is noticed. */
  readonly heartbeatMs: number;
  /** A server that the driver has asked nothing for this long is connected anew. Far above `heartbeatMs` and `connectMs`. */
  readonly heartbeatSilenceMs: number;
  readonly poolConnectionsMax: number;
  /** Calls that run or wait for a connection; beyond it a call is refused with OVERLOADED. */
  readonly callsMax: number;
  /** UTF-8 bytes of one document as JSON. */
  readonly documentBytesMax: number;
  /** Ids in one question to the server. */
  readonly getManyIds: number;
  /** Saves with events that wait for a number; beyond it a save is refused with OVERLOADED. */
  readonly queuedSavesMax: number;
  /** Saves with events that are numbered together and run at the same time. */
  readonly waveSavesMax: number;
  /** Unpublished events of one document; beyond it a save with events is refused with OVERLOADED. */
  readonly pendingEventsMax: number;
  /** Documents with unpublished events that are relayed at a time. */
  readonly relayPageDocuments: number;
  /** Events in one publication. */
  readonly publishEvents: number;
  /** How often the relay looks for what other processes saved. */
  readonly relayPollMs: number;
  /** The same where other processes tell of their saves. */
  readonly nudgedRelayPollMs: number;
  readonly relayRetryMinMs: number;
  readonly relayRetryMaxMs: number;
  /**
   * A process that has begun saves and says nothing for this long is no longer waited for. Its saves may land later all the
   * same, so this is no bound that anything rests on; below what callers wait for an answer, less the time of a take-over.
   */
  readonly writerSilenceMs: number;
  /** The longest that `flushOutbox` and a delete wait for the relay. */
  readonly flushMs: number;
  readonly flushPollMs: number;
  /** Documents that are brought in line with new indexes at a time. */
  readonly rekeyPageDocuments: number;
}

export const MONGO_LIMITS: MongoLimits = {
  serverSelectionMs: 2_000,
  connectMs: 2_000,
  socketSilenceMs: 4_000,
  callMs: 5_000,
  heartbeatMs: 1_000,
  heartbeatSilenceMs: 15_000,
  poolConnectionsMax: 20,
  callsMax: 10_000,
  documentBytesMax: 4_194_304,
  getManyIds: 1_000,
  queuedSavesMax: 5_000,
  waveSavesMax: 100,
  pendingEventsMax: 1_000,
  relayPageDocuments: 500,
  publishEvents: 500,
  relayPollMs: 200,
  nudgedRelayPollMs: 2_000,
  relayRetryMinMs: 100,
  relayRetryMaxMs: 5_000,
  writerSilenceMs: 1_500,
  flushMs: 30_000,
  flushPollMs: 50,
  rekeyPageDocuments: 200,
};
