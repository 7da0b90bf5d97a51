import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { plainValue } from './wire-values.ts';

/** Tryton asks for a confirmation before it goes on. */
export class ConfirmationWanted extends UpstreamRejected {
  /** What a confirmation has to name. */
  readonly warning: string;

  constructor(system: string, asked: { readonly warning: string; readonly words: string }) {
    super(system, { status: STATUS.UserWarning, words: asked.words });
    this.warning = asked.warning;
  }
}

/** Errors come with HTTP status 200 and no code of their own; these say what each kind would be. */
const STATUS = { UserError: 422, UserWarning: 428, ConcurrencyException: 409, Other: 400 };
const WORDS_LENGTH_MAX = 300;
/** A transaction that lost a lock changed nothing and may be tried again. */
const LOCK_LOST = ['could not obtain lock', 'could not serialize access', 'deadlock detected', 'database is locked'];

/**
 * The result of an answer in plain values.
 * @throws {ConfirmationWanted} naming the warning
 * @throws {UpstreamRejected} with the words of Tryton, which has no codes
 * @throws {UpstreamUnavailable} when it is no answer of Tryton
 */
export function resultOf(system: string, answer: unknown): unknown {
  const { result, error } = members(answer);
  if (error === undefined && result !== undefined) return plainValue(result);
  if (!Array.isArray(error)) throw new UpstreamUnavailable(system, { words: 'This is no answer of Tryton.' });
  const [kind, detail] = error as readonly unknown[];
  const [first, second] = Array.isArray(detail) ? (detail as readonly unknown[]) : [detail];
  if (kind === 'UserWarning') {
    throw new ConfirmationWanted(system, { warning: String(first), words: text(second) });
  }
  if (kind === 'UserError') throw new UpstreamRejected(system, { status: STATUS.UserError, words: text(first) });
  if (kind === 'ConcurrencyException') {
    const words = 'The record was changed by somebody else in the meantime.';
    throw new UpstreamRejected(system, { status: STATUS.ConcurrencyException, words });
  }
  throw new UpstreamRejected(system, { status: STATUS.Other, words: text(kind) });
}

/** True for an answer that says that nothing was done because somebody else held a lock. */
export function isLockLost(answer: unknown): boolean {
  const { error } = members(answer);
  const words = Array.isArray(error) ? String(error[0]) : '';
  return LOCK_LOST.some((each) => words.includes(each));
}

function members(answer: unknown): { readonly result?: unknown; readonly error?: unknown } {
  return typeof answer === 'object' && answer !== null ? answer : {};
}

function text(words: unknown): string {
  return String(words).trim().slice(0, WORDS_LENGTH_MAX);
}
