import { IntlMessageFormat } from 'intl-messageformat';
import type { MessageValues } from './message-values.ts';

/**
 * Writes a template out. What looks like markup is text.
 * @throws {Error} for one that cannot be read, or that names what no message has
 */
export function formatMessage(template: string, language: string, values: MessageValues): string {
  return String(new IntlMessageFormat(template, language, undefined, { ignoreTag: true }).format({ ...values }));
}
