import { Refusal } from '../../kernel/model/errors.ts';
import type { DocumentReference } from '../documents/document-register.ts';
import type { GraphqlRequest } from '../executor/graphql-engine.ts';

/** A request whose document may be known by its hash alone. */
export interface GraphqlParameters extends DocumentReference, Omit<GraphqlRequest, 'query'> {}

const SHA256 = /^(?:sha256:)?([0-9a-f]{64})$/i;

/**
 * The parameters of a GraphQL request from the body of a POST or the query string of a GET.
 * @throws {Refusal} BAD_USER_INPUT naming the parameter that is missing or of the wrong type
 */
export function readGraphqlRequest(parameters: unknown): GraphqlParameters {
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) {
    throw malformed(
      'body',
      'The body must be a JSON object with the member query; several operations take several requests.',
    );
  }
  const { query, operationName, variables, extensions, documentId } = parameters as Record<string, unknown>;
  if (!isAbsent(operationName) && typeof operationName !== 'string') {
    throw malformed('operationName', 'operationName must be a string.');
  }
  if (!isAbsent(variables) && !isObject(variables)) throw malformed('variables', 'variables must be an object.');
  if (!isAbsent(extensions) && !isObject(extensions)) throw malformed('extensions', 'extensions must be an object.');
  const hash = readHash(documentId, extensions);
  const isText = typeof query === 'string' && query !== '';
  if (!isText && (hash === undefined || !isAbsent(query === '' ? undefined : query))) {
    throw malformed('query', 'query must be the text of a document.');
  }
  return {
    ...(isText && { query }),
    ...(hash !== undefined && { hash }),
    ...(typeof operationName === 'string' && operationName !== '' && { operationName }),
    ...(isObject(variables) && { variables }),
  };
}

/** @throws {Refusal} BAD_USER_INPUT */
export function readQueryString(search: string): GraphqlParameters {
  const parameters = new URLSearchParams(search);
  const json = (name: string): unknown => {
    const text = parameters.get(name);
    return text === null || text === '' ? undefined : parseJson(text, name);
  };
  return readGraphqlRequest({
    query: parameters.get('query') ?? undefined,
    operationName: parameters.get('operationName') ?? undefined,
    variables: json('variables'),
    extensions: json('extensions'),
    documentId: parameters.get('documentId') ?? undefined,
  });
}

/** @throws {Refusal} BAD_USER_INPUT */
export function parseJson(text: string, field: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Refusal('BAD_USER_INPUT', `${field} is not JSON.`, { field }, { cause: error });
  }
}

/**
 * The hash of a document, by `documentId` or in the form of automatic persisted queries.
 * @throws {Refusal} BAD_USER_INPUT when it is none
 */
export function readHash(documentId: unknown, extensions: unknown): string | undefined {
  const persisted = isObject(extensions) ? extensions['persistedQuery'] : undefined;
  const [field, given] = isAbsent(documentId)
    ? ['sha256Hash', isObject(persisted) ? persisted['sha256Hash'] : undefined]
    : ['documentId', documentId];
  if (isAbsent(given)) return undefined;
  const hash = typeof given === 'string' ? SHA256.exec(given)?.[1] : undefined;
  if (hash === undefined) throw malformed(field, `${field} must be a SHA-256 in hexadecimal.`);
  return hash.toLowerCase();
}

function malformed(field: string, message: string): Refusal {
  return new Refusal('BAD_USER_INPUT', message, { field });
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
