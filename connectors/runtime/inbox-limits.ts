/** Every bound of the inbox. */
export interface InboxLimits {
  /** Messages that are saved at once; a call with more is worked off in waves. */
  readonly waveMessagesMax: number;
  /** UTF-8 bytes of what is kept of a message that was not accepted; the rest is cut off. */
  readonly evidenceBytesMax: number;
  /** Tries to save one message while others save the same one. */
  readonly attemptsMax: number;
  /** Bytes of a raw message that is kept beside the inbox; of a larger one only evidence is. */
  readonly payloadBytesMax: number;
  /** How long the raw form of an accepted message is kept: dry runs of mappings look that far back. */
  readonly payloadKeptMs: number;
  /**
   * How long the id of an accepted message is remembered here. What comes again later than that is still told by the
   * ledger, which remembers for as long as its journal does, and by the numbers of orders.
   */
  readonly acceptedKeptMs: number;
  /** How long a message that came again with other content is kept. */
  readonly conflictKeptMs: number;
  /** How often what is over is removed, and how many at a time. */
  readonly sweepEveryMs: number;
  readonly sweepMessages: number;
  /** Readable bodies of a kind from which its schema is learned before changes are told. */
  readonly learnBodies: number;
}

const DAY_MS = 86_400_000;

export const INBOX_LIMITS: InboxLimits = {
  waveMessagesMax: 500,
  evidenceBytesMax: 65_536,
  attemptsMax: 5,
  payloadBytesMax: 1_048_576,
  payloadKeptMs: 14 * DAY_MS,
  acceptedKeptMs: 90 * DAY_MS,
  conflictKeptMs: 365 * DAY_MS,
  sweepEveryMs: 600_000,
  sweepMessages: 1_000,
  learnBodies: 50,
};
