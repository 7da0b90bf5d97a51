/** Every bound of the subscription engine and its sockets. */
export interface SubscriptionLimits {
  /** Sockets of this process; beyond it an upgrade is answered with 503. */
  readonly connectionsMax: number;
  /** Operations under way on one socket; beyond it a subscribe is answered with an error. */
  readonly subscriptionsPerConnectionMax: number;
  /** Subscriptions of one client, which is who a token names, or an address without one; beyond it one is refused. */
  readonly subscriptionsPerClientMax: number;
  /** Distinct groups of this process. */
  readonly groupsMax: number;
  /** Bytes of one message from a client; a longer one closes the socket with 1009. */
  readonly payloadBytesMax: number;
  /** How long a socket may wait before `connection_init`; then 4408. */
  readonly initTimeoutMs: number;
  /** How often an idle socket is pinged; one that has not answered by the next time is terminated. */
  readonly keepAliveMs: number;
  /** How long the rights of a token are believed to hold; they are looked at again with the next ping, and then 4403. */
  readonly rightsHeldMs: number;
  /** Values of one filter argument. */
  readonly filterValuesMax: number;
  /** The longest `minIntervalMs`. */
  readonly minIntervalMsMax: number;

  /** Recent messages of one context that are kept for resuming and joining. */
  readonly ringMessagesMax: number;
  /** Records in these messages. */
  readonly ringRecordsMax: number;
  /** How long a client whose cursor is ahead of this process waits for it; then 1013. */
  readonly parkMs: number;
  /** How often joining starts anew because what it was given is already out of the ring; then 1013. */
  readonly joinAttemptsMax: number;
  /** Keys that a group holds back; beyond it they are forgotten and read again from the owner. */
  readonly heldKeysMax: number;
  /** How long a turn of the event loop may be taken up by executing and writing frames; it ends with the one that is begun. */
  readonly deliveryTurnMs: number;
  /** Members that are written to in one turn, whatever the clock says. */
  readonly deliveryTurnMembers: number;

  /** Questions to owners in flight. */
  readonly ownerRequestsMax: number;
  /** Questions that wait to be asked. */
  readonly ownerQueueMax: number;
  readonly ownerTimeoutMs: number;
  /** How long an answer of an owner serves those of a group who come with the same cursor. */
  readonly answersKeptMs: number;
  /** Answers that a group keeps. */
  readonly answersKeptMax: number;
  /** Repetitions of a question that met an obstacle. */
  readonly ownerRetriesMax: number;
  readonly ownerRetryMinMs: number;
  readonly ownerRetryMaxMs: number;

  /** Bytes that a client may leave unread before its changes are no longer sent but summed up. */
  readonly unreadBytesMax: number;
  /** How long a client may stay there; then 1013. */
  readonly stalledMsMax: number;
  /** The window over which a drain closes the sockets with 1012. */
  readonly drainMs: number;
}

export const SUBSCRIPTION_LIMITS: SubscriptionLimits = {
  connectionsMax: 20_000,
  subscriptionsPerConnectionMax: 100,
  subscriptionsPerClientMax: 20_000,
  groupsMax: 50_000,
  payloadBytesMax: 131_072,
  initTimeoutMs: 3_000,
  keepAliveMs: 12_000,
  rightsHeldMs: 60_000,
  filterValuesMax: 200,
  minIntervalMsMax: 60_000,
  ringMessagesMax: 5_000,
  ringRecordsMax: 50_000,
  parkMs: 10_000,
  joinAttemptsMax: 5,
  heldKeysMax: 20_000,
  deliveryTurnMs: 5,
  deliveryTurnMembers: 2_000,
  ownerRequestsMax: 64,
  ownerQueueMax: 20_000,
  ownerTimeoutMs: 5_000,
  answersKeptMs: 2_000,
  answersKeptMax: 16,
  ownerRetriesMax: 6,
  ownerRetryMinMs: 50,
  ownerRetryMaxMs: 2_000,
  unreadBytesMax: 262_144,
  stalledMsMax: 30_000,
  drainMs: 10_000,
};
