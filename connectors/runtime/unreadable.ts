import { Refusal } from '../../kernel/model/errors.ts';
import type { Inbound, Origin, UnmappedWord, UnreadableMessage } from './inbound.ts';

/** Why a message of an outside system cannot be put into canonical words. */
export class Unreadable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Unreadable';
  }
}

/** A value that no mapping set says the meaning of. */
export class UnmappedValue extends Unreadable {
  readonly word: UnmappedWord;

  constructor(what: string, word: UnmappedWord) {
    super(`${what} "${word.value}" is not mapped.`);
    this.name = 'UnmappedValue';
    this.word = word;
  }
}

/** Runs a normaliser; what it cannot read becomes an unreadable message, what is in its way is thrown on. */
export function readable(eventId: string, raw: unknown, normalise: () => Inbound, origin?: Origin): Inbound {
  try {
    const message = normalise();
    return origin ? { ...message, origin } : message;
  } catch (error) {
    return unreadableMessage(error, { eventId, raw, ...(origin && { origin }) });
  }
}

/** What is kept of what cannot be read, with the reason that the error gives. @throws anything else on */
export function unreadableMessage(
  error: unknown,
  kept: { readonly eventId: string; readonly raw: unknown; readonly origin?: Origin },
): UnreadableMessage {
  const reason = unreadableReason(error);
  return { ...kept, reason, ...(error instanceof UnmappedValue && { unmapped: error.word }) };
}

/** The reason of an `Unreadable`, or of a Refusal of our own parsers. @throws anything else on */
export function unreadableReason(error: unknown): string {
  const isReason =
    error instanceof Unreadable ||
    (error instanceof Refusal && (error.code === 'BAD_USER_INPUT' || error.code === 'INVALID_QUANTITY'));
  if (!isReason) throw error;
  return error.message;
}

/** What `read` gives, or undefined where it cannot read. */
export function readOrUndefined<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    unreadableReason(error);
    return undefined;
  }
}
