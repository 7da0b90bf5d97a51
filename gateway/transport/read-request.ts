import { Refusal } from '../../kernel/model/errors.ts';
import type { GraphqlRequest } from '../executor/graphql-engine.ts';

/**
 * The parameters of a GraphQL request from the body of a POST or the query string of a GET.
 * @throws {Refusal} BAD_USER_INPUT naming the parameter that is missing or of the wrong type
 */
export function readGraphqlRequest(parameters: unknown): GraphqlRequest {
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) {
    throw malformed(
      'body',
      'The body must be a JSON object with the member query; several operations take several requests.',
    );
  }
  const { query, operationName, variables, extensions } = parameters as Record<string, unknown>;
  if (typeof query !== 'string' || query === '') throw malformed('query', 'query must be the text of a document.');
  if (!isAbsent(operationName) && typeof operationName !== 'string') {
    throw malformed('operationName', 'operationName must be a string.');
  }
  if (!isAbsent(variables) && !isObject(variables)) throw malformed('variables', 'variables must be an object.');
  if (!isAbsent(extensions) && !isObject(extensions)) throw malformed('extensions', 'extensions must be an object.');
  return {
    query,
    ...(typeof operationName === 'string' && operationName !== '' && { operationName }),
    ...(isObject(variables) && { variables }),
  };
}

/** @throws {Refusal} BAD_USER_INPUT */
export function readQueryString(search: string): GraphqlRequest {
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

function malformed(field: string, message: string): Refusal {
  return new Refusal('BAD_USER_INPUT', message, { field });
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
