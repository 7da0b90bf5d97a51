import { GraphQLError, GraphQLSchema, Kind, parse } from 'graphql';
import type { DocumentNode, ExecutionArgs, OperationTypeNode } from 'graphql';
import type { ServerOptions, SubscribePayload } from 'graphql-ws';
import type { ErrorFormatter, FormattedError } from '../../kernel/graphql/format-error.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import type { GraphqlEngine } from '../executor/graphql-engine.ts';
import type { RequestHeaders } from '../executor/operation-context.ts';
import { toResponseText } from '../executor/prepared-operation.ts';
import type { ClientBudgets } from '../limits/client-budgets.ts';
import { RequestRefused } from '../planner/request-refused.ts';
import type { DocumentRegister } from '../documents/document-register.ts';
import { readHash } from '../transport/read-request.ts';
import { toAscii } from './ascii-json.ts';
import type { SubscriptionRequest } from './live-operations.ts';
import type { Outlet } from './member.ts';
import { SharedFrame } from './shared-frame.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';
import { SubscriptionResult } from './subscription-result.ts';
import type { SubscriptionStarter } from './subscription-starter.ts';

/** What is known of a socket once its client has said who it is. */
export interface SocketSession {
  readonly outlet: Outlet;
  readonly identity: Identity | undefined;
  /** Where it came from. */
  readonly address: string | undefined;
  /** Those of the upgrade, and what `connection_init` has told by their names. */
  readonly headers: RequestHeaders;
  /** Of the queries and mutations under way; they end with the socket. Absent before the first one. */
  aborters: Set<AbortController> | undefined;
  /** What the message that is being received asks for; undefined where graphql-ws was told. */
  readonly payload: SubscribePayload | undefined;
}

export interface SocketOperationsOptions {
  readonly starter: SubscriptionStarter;
  readonly limits: SubscriptionLimits;
  readonly format: ErrorFormatter;
  readonly ids: Ids;
  /** Which documents are known by hash, and which may be run. Absent: none, and any. */
  readonly documents?: DocumentRegister;
  /** What clients may ask for over time. Absent: anything. */
  readonly budgets?: ClientBudgets;
  /** Runs queries and mutations, as over HTTP. */
  readonly graphql: GraphqlEngine;
}

type Hooks = Pick<
  ServerOptions<Record<string, unknown>, SocketSession>,
  'onSubscribe' | 'subscribe' | 'execute' | 'onError'
>;

/** Never used: what runs here is not run by graphql-js. */
const NO_SCHEMA = new GraphQLSchema({});
const ANSWER_DOCUMENT = parse('{ __typename }');

interface Begun extends ExecutionArgs {
  readonly contextValue: SubscriptionResult;
}

/** The hooks by which graphql-ws leaves execution and fan-out to the gateway and keeps the protocol. */
export function createSocketHooks(options: SocketOperationsOptions): Hooks {
  const { limits } = options;
  return {
    onSubscribe: async ({ extra: session, subscriptions }, id, told) => {
      // Before anything is awaited, because it is there while the message is being received alone.
      const received = session.payload ?? told;
      const isWanted = (): boolean => id in subscriptions;
      try {
        // The new one is already among them.
        if (Object.keys(subscriptions).length > limits.subscriptionsPerConnectionMax) throw tooMany(limits);
        const { identity, address } = session;
        if (identity) options.budgets?.admit({ identity, address });
        const payload = withText(received, options);
        return isSubscription(payload)
          ? beginSubscription(id, payload, session, options)
          : await answerRequest({ id, payload, session, isWanted }, options);
      } catch (error) {
        return toGraphQLErrors(error, options.format);
      }
    },
    subscribe: ({ contextValue }) => contextValue as SubscriptionResult,
    execute: ({ contextValue }) => contextValue as SubscriptionResult,
    onError: (_context, _id, _payload, errors) => errors.flatMap((error) => describe(error, options.format)),
  };
}

function beginSubscription(
  id: string,
  payload: SubscribePayload,
  session: SocketSession,
  { starter }: SocketOperationsOptions,
): Begun {
  let leave: () => void = () => undefined;
  const result = new SubscriptionResult(() => leave());
  const started = starter.start(requestOf(payload, session), {
    id,
    outlet: session.outlet,
    fail: (error) => {
      leave();
      result.fail(error);
    },
    complete: () => {
      leave();
      result.complete();
    },
  });
  ({ leave } = started);
  return { schema: NO_SCHEMA, document: started.document, contextValue: result };
}

interface ReceivedRequest {
  readonly id: string;
  readonly payload: SubscribePayload;
  readonly session: SocketSession;
  /** False once the client has completed the operation or is gone. */
  readonly isWanted: () => boolean;
}

/** The answer is written past graphql-ws, too: it is text already. */
async function answerRequest(
  { id, payload, session, isWanted }: ReceivedRequest,
  { graphql, ids }: SocketOperationsOptions,
): Promise<Begun> {
  const { identity, address, headers, ...request } = requestOf(payload, session);
  const aborter = new AbortController();
  (session.aborters ??= new Set()).add(aborter);
  try {
    const options = {
      identity,
      address,
      correlationId: ids.next(),
      signal: aborter.signal,
      ...(headers && { headers }),
    };
    const outcome = await graphql.execute(request, options);
    if (outcome.dataText === undefined) throw new RequestRefused(outcome.errors as RequestRefused['errors']);
    if (isWanted()) session.outlet.send(id, new SharedFrame(toAscii(toResponseText(outcome))));
  } finally {
    session.aborters?.delete(aborter);
  }
  const result = new SubscriptionResult(() => undefined);
  await result.return();
  return { schema: NO_SCHEMA, document: ANSWER_DOCUMENT, contextValue: result };
}

/** With the text that a hash stands for, where there is one. */
function withText(payload: SubscribePayload, { documents }: SocketOperationsOptions): SubscribePayload {
  if (!documents) return payload;
  const hash = readHash(undefined, payload.extensions);
  const query = payload.query === '' && hash !== undefined ? undefined : payload.query;
  return { ...payload, query: documents.resolve({ query, hash }) };
}

function requestOf(payload: SubscribePayload, { identity, address, headers }: SocketSession): SubscriptionRequest {
  if (!identity) throw new Refusal('UNAUTHENTICATED', 'The socket was not initialised.');
  return {
    query: payload.query,
    operationName: payload.operationName ?? undefined,
    variables: payload.variables ?? {},
    identity,
    address,
    headers,
  };
}

/** A document that cannot be read is left to the gateway, which says what is wrong with it. */
function isSubscription({ query, operationName }: SubscribePayload): boolean {
  // The word has to be there, so most queries and mutations are not parsed here.
  if (!query.includes('subscription')) return false;
  const type = operationTypeOf(query, operationName ?? undefined);
  return String(type) === 'subscription';
}

const TOKENS_MAX = 10_000;

function operationTypeOf(query: string, name: string | undefined): OperationTypeNode | undefined {
  let document: DocumentNode;
  try {
    document = parse(query, { noLocation: true, maxTokens: TOKENS_MAX });
  } catch {
    return undefined;
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    if (name === undefined || definition.name?.value === name) return definition.operation;
  }
  return undefined;
}

function tooMany({ subscriptionsPerConnectionMax: max }: SubscriptionLimits): Refusal {
  return new Refusal('OPERATION_LIMIT_EXCEEDED', `A socket carries at most ${max} operations.`, {
    limit: 'subscriptionsPerConnectionMax',
    max,
  });
}

function toGraphQLErrors(error: unknown, format: ErrorFormatter): readonly GraphQLError[] {
  const errors = error instanceof RequestRefused ? error.errors : [format(error)];
  return errors.map(({ message, extensions }) => new GraphQLError(message, { extensions: { ...extensions } }));
}

/** An error that ended a running subscription comes wrapped by graphql-ws. */
function describe(error: GraphQLError | FormattedError, format: ErrorFormatter): readonly FormattedError[] {
  if (!(error instanceof GraphQLError)) return [error];
  const { originalError } = error;
  if (originalError instanceof RequestRefused) return originalError.errors;
  return [originalError ? format(originalError) : (error.toJSON() as FormattedError)];
}
