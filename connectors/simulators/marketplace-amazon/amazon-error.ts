import type { HttpFailure } from '../runtime/http-failure.ts';

/** What the shared machinery throws, in the words of the vendor. */
const CODES: Readonly<Record<string, string>> = {
  UNAUTHORIZED: 'Unauthorized',
  RATE_LIMITED: 'QuotaExceeded',
  SERVICE_UNAVAILABLE: 'ServiceUnavailable',
  INTERNAL_SERVER_ERROR: 'InternalFailure',
  BAD_REQUEST: 'InvalidInput',
  INVALID_CURSOR: 'InvalidInput',
  NOT_FOUND: 'NotFound',
};

export function amazonError({ code, message, field }: HttpFailure): unknown {
  return { errors: [{ code: CODES[code] ?? code, message, ...(field !== undefined && { details: field }) }] };
}
