import type { HttpFailure } from '../runtime/http-failure.ts';

/** Square's error list; every code used by the simulator is one that Square declares. */
export function squareErrorBody(failure: HttpFailure): unknown {
  const error = { category: categoryOf(failure), code: failure.code, detail: failure.message };
  return { errors: [failure.field === undefined ? error : { ...error, field: failure.field }] };
}

function categoryOf({ status }: HttpFailure): string {
  if (status === 401 || status === 403) return 'AUTHENTICATION_ERROR';
  if (status === 429) return 'RATE_LIMIT_ERROR';
  return status >= 500 ? 'API_ERROR' : 'INVALID_REQUEST_ERROR';
}

/** The error that stands for one member of a batch which could not be read this time. */
export const TEMPORARY_ERROR = {
  category: 'API_ERROR',
  code: 'TEMPORARY_ERROR',
  detail: 'A part of the batch could not be read. Try again.',
} as const;
