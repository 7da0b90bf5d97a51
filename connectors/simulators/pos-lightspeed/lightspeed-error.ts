import type { HttpFailure } from '../runtime/http-failure.ts';

/** The vendor's error body: a sentence, and details by field where a field is at fault. */
export function lightspeedErrorBody(failure: HttpFailure): unknown {
  const details = failure.field === undefined ? {} : { details: { [failure.field]: [failure.message] } };
  return { error: failure.message, status: 'error', ...details };
}
