import type { RequestHeaders } from '../executor/operation-context.ts';

/** Whether a request has one of the headers. */
export function bearsAny(headers: RequestHeaders, names: readonly string[]): boolean {
  return names.some((name) => headers[name] !== undefined);
}
