import { OperationTypeNode } from 'graphql';
import { readBody } from '../../kernel/graphql/read-body.ts';
import { readTraceparent, TRACEPARENT_HEADER } from '../../kernel/model/correlation.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { authenticateCaller } from '../auth/authenticate-caller.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import type { DocumentRegister } from '../documents/document-register.ts';
import type { GraphqlEngine } from '../executor/graphql-engine.ts';
import type { RequestHeaders } from '../executor/operation-context.ts';
import { responseTooLarge } from '../executor/response-too-large.ts';
import { toResponseText } from '../executor/prepared-operation.ts';
import type { Outcome } from '../executor/prepared-operation.ts';
import type { Variables } from '../executor/subgraph-client.ts';
import type { ClientBudgets } from '../limits/client-budgets.ts';
import { CSRF_HEADERS, mayBeForged } from './csrf.ts';
import type { CsrfMode } from './csrf.ts';
import { renderGraphiqlPage } from './graphiql-page.ts';
import type { GraphiqlTab } from './graphiql-page.ts';
import { notAllowed, problem } from './http-server.ts';
import type { Exchange, HandleGraphql, HttpLimits } from './http-server.ts';
import { chooseAnswerType, isJsonBody, JSON_TYPE, prefersHtml } from './media-type.ts';
import type { AnswerType } from './media-type.ts';
import { parseJson, readGraphqlRequest, readQueryString } from './read-request.ts';
import type { GraphqlParameters } from './read-request.ts';
import type { RouteResponse } from './route.ts';
import { statusOf, statusOfCode } from './status-code.ts';

export interface GraphqlHandlerOptions {
  readonly engine: GraphqlEngine;
  readonly authenticator: Authenticator;
  readonly limits: HttpLimits;
  /** Which documents are known by hash, and which may be run. */
  readonly documents: DocumentRegister;
  /** What clients may ask for over time; absent: anything. */
  readonly budgets?: ClientBudgets;
  /** Default: `browsers`. */
  readonly csrf?: CsrfMode;
  /** Answers whoever accepts a stream; undefined for all others. Absent: nobody gets one. */
  readonly openStream?: (accept: string | undefined) => AnswerStream | undefined;
  /** What GraphiQL opens with; absent: GraphiQL is not served. */
  readonly graphiqlTabs?: () => readonly GraphiqlTab[];
}

/**
 * GraphQL over HTTP.
 *
 * Source: https://graphql.github.io/graphql-over-http/draft/
 */
export function createGraphqlHandler(options: GraphqlHandlerOptions): HandleGraphql {
  const { graphiqlTabs, csrf = 'browsers' } = options;
  return async (exchange) => {
    const { headers, method } = exchange.request;
    if (method !== 'GET' && method !== 'POST') return notAllowed(['GET', 'POST']);
    if (method === 'GET' && graphiqlTabs && prefersHtml(headers.accept)) {
      return { status: 200, contentType: 'text/html', body: renderGraphiqlPage(graphiqlTabs()) };
    }
    // A body of a simple type is refused below, whoever sends it.
    if (method === 'GET' && mayBeForged(headers, csrf)) return forged();
    const stream = options.openStream?.(headers.accept);
    if (stream) return answerStream(options, exchange, stream);
    const type = chooseAnswerType(headers.accept);
    if (!type) return problem(406, 'GraphQL is answered as application/graphql-response+json or application/json.');
    if (method === 'POST' && !isJsonBody(headers['content-type'])) return notJson();
    return answer(options, exchange, type);
  };
}

async function answer(
  { engine, authenticator, limits, budgets, documents }: GraphqlHandlerOptions,
  exchange: Exchange,
  type: AnswerType,
): Promise<RouteResponse> {
  const { request, correlationId, address, signal } = exchange;
  let parameters: GraphqlParameters;
  try {
    parameters = await readParameters(exchange, limits);
  } catch (error) {
    const outcome = engine.refuse(error, correlationId);
    return respond(outcome, type, statusOfCode(outcome.errors[0]?.extensions?.['code']));
  }
  try {
    const { authorization } = request.headers;
    const identity = await authenticateCaller({ authorization, address }, authenticator, budgets?.tokenFailures);
    budgets?.admit({ identity, address });
    const { operationName } = parameters;
    const prepared = engine.prepare({ query: documents.resolve(parameters), operationName }, identity);
    // A link must not change anything.
    if (request.method === 'GET' && prepared.type === OperationTypeNode.MUTATION) return notAllowed(['POST']);
    const { headers } = request;
    const traceparent = readTraceparent(headers[TRACEPARENT_HEADER]);
    const context = { identity, correlationId, address, headers, traceparent, signal };
    const outcome = await engine.executePrepared(prepared, parameters.variables, context);
    return bounded(respond(outcome, type), limits);
  } catch (error) {
    return respond(engine.refuse(error, correlationId), type);
  }
}

/** What a stream is opened for. */
export interface StreamedRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Variables;
  readonly identity: Identity;
  readonly address: string | undefined;
  readonly correlationId: string;
  /** Those of the request, names in lower case. */
  readonly headers: RequestHeaders;
  /** The last event that the client has seen before it was cut off. */
  readonly lastSeen: string | undefined;
}

/** @throws {Obstacle} OVERLOADED */
export type AnswerStream = (request: StreamedRequest) => RouteResponse;

/** What is wrong before there is a stream is told by status; what is wrong with the operation, within it. */
async function answerStream(
  { engine, authenticator, limits, budgets, documents }: GraphqlHandlerOptions,
  exchange: Exchange,
  open: AnswerStream,
): Promise<RouteResponse> {
  const { request, correlationId, address } = exchange;
  try {
    if (request.method === 'POST' && !isJsonBody(request.headers['content-type'])) return notJson();
    const parameters = await readParameters(exchange, limits);
    const { authorization } = request.headers;
    const identity = await authenticateCaller({ authorization, address }, authenticator, budgets?.tokenFailures);
    budgets?.admit({ identity, address });
    const { operationName } = parameters;
    const query = documents.resolve(parameters);
    // A link must not change anything.
    const isSafe = request.method !== 'GET' || !isMutation(engine, { query, operationName }, identity);
    if (!isSafe) return notAllowed(['POST']);
    const lastEventId = request.headers['last-event-id'];
    return open({
      query,
      operationName,
      variables: parameters.variables ?? {},
      identity,
      address,
      correlationId,
      headers: request.headers,
      lastSeen: typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : undefined,
    });
  } catch (error) {
    const outcome = engine.refuse(error, correlationId);
    return respond(outcome, JSON_TYPE, statusOfCode(outcome.errors[0]?.extensions?.['code']));
  }
}

/** What is wrong with a document is told within the stream. */
function isMutation(
  engine: GraphqlEngine,
  document: Parameters<GraphqlEngine['prepare']>[0],
  identity: Identity,
): boolean {
  try {
    return engine.prepare(document, identity).type === OperationTypeNode.MUTATION;
  } catch {
    return false;
  }
}

function notJson(): RouteResponse {
  return problem(415, 'A GraphQL request is sent as application/json.');
}

async function readParameters({ request, search }: Exchange, { bodyBytesMax }: HttpLimits): Promise<GraphqlParameters> {
  if (request.method === 'GET') return readQueryString(search);
  return readGraphqlRequest(parseJson(await readBody(request, bodyBytesMax), 'body'));
}

function forged(): RouteResponse {
  const headers = CSRF_HEADERS.join(', ');
  return problem(
    400,
    `A GET has to carry content-type: application/json or one of the headers ${headers}.`,
    'CSRF_REFUSED',
  );
}

/** @throws {Refusal} RESPONSE_TOO_LARGE */
function bounded(answer: RouteResponse, { responseBytesMax: max }: HttpLimits): RouteResponse {
  const { body } = answer;
  // A character takes one to three bytes, so that nearly every answer is known to fit without counting.
  const isBeyond = body.length > max || (body.length * 3 > max && Buffer.byteLength(body) > max);
  if (!isBeyond) return answer;
  throw responseTooLarge(max);
}

function respond(outcome: Outcome, type: AnswerType, status = statusOf(outcome, type)): RouteResponse {
  const answer = { status, contentType: type, body: toResponseText(outcome) };
  return status === 401 || status === 429 ? { ...answer, headers: adviceOf(outcome, status) } : answer;
}

/** What the client may do about it, in the words of HTTP. */
function adviceOf({ errors }: Outcome, status: 401 | 429): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer' };
  const details = errors[0]?.extensions?.['details'] as { readonly retryAfterMs?: number } | undefined;
  return { 'retry-after': String(Math.ceil((details?.retryAfterMs ?? 1_000) / 1_000)) };
}
