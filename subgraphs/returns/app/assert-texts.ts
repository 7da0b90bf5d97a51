import { Refusal } from '../../../kernel/model/errors.ts';
import { TEXT_LENGTH_MAX } from './returns-limits.ts';

/** @throws {Refusal} BAD_USER_INPUT when one is longer than `max`, by default TEXT_LENGTH_MAX */
export function assertTexts(texts: Readonly<Record<string, string | undefined>>, max = TEXT_LENGTH_MAX): void {
  for (const [field, text = ''] of Object.entries(texts)) {
    if (text.length > max)
      throw new Refusal('BAD_USER_INPUT', `${field} is longer than ${max} characters.`, { field, max });
  }
}
