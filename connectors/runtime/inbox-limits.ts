/** Every bound of the inbox. */
export interface InboxLimits {
  /** Messages that are saved at once; a call with more is worked off in waves. */
  readonly waveMessagesMax: number;
  /** UTF-8 bytes of what is kept of a message that was not accepted; the rest is cut off. */
  readonly evidenceBytesMax: number;
  /** Tries to save one message while others save the same one. */
  readonly attemptsMax: number;
}

export const INBOX_LIMITS: InboxLimits = { waveMessagesMax: 500, evidenceBytesMax: 65_536, attemptsMax: 5 };
