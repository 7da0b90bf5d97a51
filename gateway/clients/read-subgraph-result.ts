import type { SubgraphResult } from '../executor/subgraph-client.ts';
import { noGraphqlAnswer } from './fetch-failed.ts';

/** What was answered, as JSON of which nothing is known yet. */
export interface Reply {
  readonly statusCode: number;
  readonly text: string;
}

/**
 * A result of its own for each reader, since the executor writes to it.
 * @throws {FetchFailed} when the text is no GraphQL answer
 */
export function readSubgraphResult({ statusCode, text }: Reply): SubgraphResult {
  let result: unknown;
  try {
    result = JSON.parse(text);
  } catch (error) {
    throw noGraphqlAnswer(statusCode, 'a body that is no JSON', error);
  }
  if (!isResult(result)) throw noGraphqlAnswer(statusCode, 'JSON that is no GraphQL answer');
  return result;
}

function isResult(value: unknown): value is SubgraphResult {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { data, errors: told } = value as { data?: unknown; errors?: unknown };
  if (data === undefined && told === undefined) return false;
  if (typeof (data ?? {}) !== 'object' || Array.isArray(data)) return false;
  const list = told ?? [];
  if (!Array.isArray(list)) return false;
  // Beside data they are errors, however they are told; alone they may be what something else than a subgraph calls so.
  return (typeof data === 'object' && data !== null) || list.every(isError);
}

function isError(value: unknown): boolean {
  return typeof (value as { readonly message?: unknown } | null)?.message === 'string';
}
