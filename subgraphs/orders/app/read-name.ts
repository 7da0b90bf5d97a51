import { Refusal } from '../../../kernel/model/errors.ts';

/** Of what channels and systems call customers. */
export const NAME_LENGTH_MAX = 200;

/** Names are compared letter by letter: with tokens, and with what comes later. */
const IS_NAME = /^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u;

/** @throws {Refusal} BAD_USER_INPUT */
export function readName(text: string, field: string): string {
  if (text.trim() === '' || text.length > NAME_LENGTH_MAX) {
    const message = `${field} must have 1 to ${NAME_LENGTH_MAX} characters.`;
    throw new Refusal('BAD_USER_INPUT', message, { field, max: NAME_LENGTH_MAX });
  }
  if (IS_NAME.test(text)) return text;
  const message = `${field} must not begin or end with a blank, or hold control characters.`;
  throw new Refusal('BAD_USER_INPUT', message, { field });
}
