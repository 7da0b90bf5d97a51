import { Refusal } from '../../../kernel/model/errors.ts';
import { hasScope } from '../../../kernel/model/identity.ts';
import type { PastAnswerTo, PastQuestion } from '../app/past/answer-past.ts';
import type { GraphqlContext } from './context.ts';

/** To rebuild the past costs more than any other query, so it is for those who look into how a figure came about. */
const SCOPE = 'availability:explain';

/**
 * Asks the ledger as it stood at an instant.
 * @throws {Refusal} FORBIDDEN without the scope, BAD_USER_INPUT with `atLeast` or for an instant to come
 * @throws {Obstacle} PAST_NOT_REBUILT, OVERLOADED or CONTEXT_UNAVAILABLE
 */
export function askPast<Type extends PastQuestion['type']>(
  { past, identity }: Pick<GraphqlContext, 'past' | 'identity'>,
  { asOf, atLeast }: { readonly asOf: string; readonly atLeast: string | null | undefined },
  question: Extract<PastQuestion, { readonly type: Type }>,
): Promise<PastAnswerTo<Type>> {
  if (!hasScope(identity, SCOPE)) throw new Refusal('FORBIDDEN', `asOf needs the scope ${SCOPE}.`, { scope: SCOPE });
  if (atLeast !== undefined && atLeast !== null) {
    throw new Refusal('BAD_USER_INPUT', 'asOf and atLeast exclude each other.', { field: 'asOf' });
  }
  return past.ask(asOf, question);
}

/** Whether an optional argument was given. */
export const isGiven = (asOf: string | null | undefined): asOf is string => asOf !== undefined && asOf !== null;
