import { isJsonObject } from './merge-data.ts';
import type { SubgraphError, SubgraphResult } from './subgraph-client.ts';
import { unreachable } from './subgraph-error.ts';

/** What a subgraph's error may carry to clients besides its words. */
export const DEFAULT_FORWARDED_EXTENSIONS: readonly string[] = ['code', 'retryable', 'details'];

/** The most errors of one answer that are looked at; each may have to be told at many places. */
const ERRORS_READ_MAX = 1_000;
/** The longest path that an error is believed to have. */
const PATH_LENGTH_MAX = 100;
const NO_WORDS = 'The subgraph told an error without words.';

/**
 * The answer of a subgraph of which nothing is known but that it is a JSON value, with its errors as clients get them:
 * words and code unchanged, and the name of the subgraph.
 * @throws {Obstacle} SUBGRAPH_UNAVAILABLE when it is none
 */
export function readAnswer(
  result: SubgraphResult,
  service: string,
  forwarded: readonly string[] = DEFAULT_FORWARDED_EXTENSIONS,
): SubgraphResult {
  const { data = null, errors = null } = result as { readonly data?: unknown; readonly errors?: unknown };
  if (data !== null && !isJsonObject(data)) throw unreachable(service, undefined, 'data of another type');
  if (errors !== null && !Array.isArray(errors)) throw unreachable(service, undefined, 'errors that are no list');
  const told = (errors ?? []).slice(0, ERRORS_READ_MAX).map((error: unknown) => readError(error, service, forwarded));
  if (data === null && told.length === 0) throw unreachable(service, undefined, 'neither data nor errors');
  return { data, errors: told };
}

function readError(error: unknown, service: string, forwarded: readonly string[]): SubgraphError {
  const { message, path, extensions } = isJsonObject(error) ? error : {};
  const carried = isJsonObject(extensions)
    ? Object.fromEntries(forwarded.flatMap((key) => (Object.hasOwn(extensions, key) ? [[key, extensions[key]]] : [])))
    : {};
  return {
    message: typeof message === 'string' ? message : NO_WORDS,
    ...(isPath(path) && { path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', retryable: false, details: {}, ...carried, service },
  };
}

function isPath(path: unknown): path is readonly (string | number)[] {
  return (
    Array.isArray(path) &&
    path.length > 0 &&
    path.length <= PATH_LENGTH_MAX &&
    path.every((step) => typeof step === 'string' || Number.isInteger(step))
  );
}
