import type { Outcome } from '../executor/prepared-operation.ts';
import { GRAPHQL_RESPONSE } from './media-type.ts';
import type { AnswerType } from './media-type.ts';

/** The status of a request that was not run, by the code of its first error. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  COST_BUDGET_EXCEEDED: 429,
  OVERLOADED: 503,
  CONTEXT_UNAVAILABLE: 503,
  SUBGRAPH_UNAVAILABLE: 503,
  UPSTREAM_UNAVAILABLE: 503,
  UPSTREAM_TIMEOUT: 504,
  OPERATION_TIMEOUT: 504,
  INTERNAL_SERVER_ERROR: 500,
};

/** The status of an error outside of GraphQL, or of a request that is not well formed. */
export function statusOfCode(code: unknown): number {
  return STATUS_BY_CODE[String(code)] ?? 400;
}

/**
 * The status of an answer. Once an operation was run it is 200, whatever its fields say. In `application/json` a
 * document that does not hold up is 200 as well, because such clients take other codes for a broken connection;
 * identity, load and faults are told by status all the same.
 *
 * Source: https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes
 */
export function statusOf({ dataText, errors }: Outcome, type: AnswerType): number {
  if (dataText !== undefined) return 200;
  const status = statusOfCode(errors[0]?.extensions?.['code']);
  return type === GRAPHQL_RESPONSE || status !== 400 ? status : 200;
}
