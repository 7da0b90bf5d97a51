import { Refusal } from '../../kernel/model/errors.ts';
import type { Inbound } from './inbound.ts';

/** Why a message of an outside system cannot be put into canonical words. */
export class Unreadable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Unreadable';
  }
}

/** Runs a normaliser; what it cannot read becomes an unreadable message, what is in its way is thrown on. */
export function readable(eventId: string, raw: unknown, normalise: () => Inbound): Inbound {
  try {
    return normalise();
  } catch (error) {
    return { eventId, reason: unreadableReason(error), raw };
  }
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
