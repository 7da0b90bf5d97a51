import { Refusal } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import { UpstreamUnavailable } from './upstream-errors.ts';

/**
 * Gives a system's answer the type of its schema.
 * @throws {UpstreamUnavailable} naming the first field that does not fit: the system answers what nobody can use
 */
export function parseAnswer<T>(system: string, schema: object & { readonly static?: T }, answer: unknown): T {
  try {
    return parseAs(schema, answer, 'answer');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new UpstreamUnavailable(system, { words: error.message }, { cause: error });
  }
}
