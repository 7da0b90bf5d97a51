import type { GraphQLScalarType } from 'graphql';
import type { Server } from 'node:http';
import { createErrorFormatter } from '../kernel/graphql/format-error.ts';
import type { ErrorFormatter } from '../kernel/graphql/format-error.ts';
import type { Readiness } from '../kernel/graphql/subgraph.ts';
import type { Identity } from '../kernel/model/identity.ts';
import type { Clock } from '../kernel/ports/clock.ts';
import type { Ids } from '../kernel/ports/ids.ts';
import type { Telemetry } from '../kernel/ports/telemetry.ts';
import type { Authenticator } from './auth/authenticator.ts';
import type { ServedSupergraph } from './executor/generation.ts';
import type { AccessMode } from './auth/access-rules.ts';
import type { Contract } from './contracts/contract.ts';
import { GraphqlEngine } from './executor/graphql-engine.ts';
import type { GraphqlRequest } from './executor/graphql-engine.ts';
import type { Outcome } from './executor/prepared-operation.ts';
import type { SubgraphClient } from './executor/subgraph-client.ts';
import { DEFAULT_OPERATION_LIMITS } from './planner/operation-limits.ts';
import type { OperationLimits } from './planner/operation-limits.ts';
import { createGraphqlHandler } from './transport/graphql-handler.ts';
import { createCors } from './transport/cors.ts';
import type { CorsOptions } from './transport/cors.ts';
import type { TlsOptions } from './transport/create-listener.ts';
import type { CsrfMode } from './transport/csrf.ts';
import type { GraphiqlTab } from './transport/graphiql-page.ts';
import { DEFAULT_HTTP_LIMITS, HttpServer } from './transport/http-server.ts';
import type { HttpLimits } from './transport/http-server.ts';
import type { Route } from './transport/route.ts';

/** Where GraphQL is answered, over HTTP and over WebSocket. */
export const GRAPHQL_PATH = '/graphql';

/** What a subscription engine is given to work with. */
export interface SubscriptionHost {
  readonly engine: GraphqlEngine;
  readonly authenticator: Authenticator;
  readonly format: ErrorFormatter;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
  readonly contracts: readonly Contract[];
}

/** Serves operations that stay open. */
export interface SubscriptionEngine {
  /** Takes over upgrades to WebSocket at `path`. Called once, before the server listens. */
  attach(server: Server, path: string): void;
  /** Ends all subscriptions in an orderly way; called before the HTTP server closes. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** How each subgraph of the supergraph is reached. Closed with the gateway. */
  readonly clients: readonly SubgraphClient[];
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
  /** Scalars whose values the gateway checks by itself; all others pass. Default: those of the hub. */
  readonly scalars?: readonly GraphQLScalarType[];
  /** What differs from `DEFAULT_OPERATION_LIMITS`. */
  readonly operationLimits?: Partial<OperationLimits>;
  /** What becomes of an operation with fields that the caller may not read. Default: `filter`. */
  readonly access?: AccessMode;
  /** What which callers see of the public schema, subscriptions included. Default: everybody sees all of it. */
  readonly contracts?: readonly Contract[];
  /** What differs from `DEFAULT_HTTP_LIMITS`. */
  readonly httpLimits?: Partial<HttpLimits>;
  /** Endpoints beside GraphQL: webhooks, metrics, the development issuer. */
  readonly routes?: readonly Route[];
  /** Why the hub may not be ready; absent: it is as soon as it listens. */
  readonly readiness?: () => Readiness;
  /** What GraphiQL opens with, asked for each time; absent: GraphiQL is not served. */
  readonly graphiqlTabs?: () => readonly GraphiqlTab[];
  /** Which pages of other origins may ask; absent: none. */
  readonly cors?: CorsOptions;
  /** Default: `browsers`. */
  readonly csrf?: CsrfMode;
  /** Speaks TLS and HTTP/2; absent: HTTP/1.1 in the clear. */
  readonly tls?: TlsOptions;
  readonly createSubscriptions?: (host: SubscriptionHost) => SubscriptionEngine;
}

export interface Gateway {
  readonly engine: GraphqlEngine;
  /** Answers a query or mutation without a transport. */
  execute(request: GraphqlRequest, identity: Identity): Promise<Outcome>;
  /** @returns where it listens, such as `http://127.0.0.1:4000`; port 0 takes any free one */
  listen(port: number, host?: string): Promise<string>;
  /**
   * Serves another supergraph from the next operation on, without a connection dropped.
   * @throws {SupergraphRefused} when it cannot be served; then the former one goes on
   */
  reload(next: ServedSupergraph): void;
  /** Says that it is not ready, ends subscriptions, finishes what is under way, lets go of the subgraphs. */
  close(): Promise<void>;
}

/** @throws when the supergraph is invalid */
export function createGateway(options: GatewayOptions): Gateway {
  const { authenticator, clock, ids, telemetry } = options;
  const format = createErrorFormatter({ ids, telemetry });
  const engine = new GraphqlEngine({
    supergraphSdl: options.supergraphSdl,
    clients: options.clients,
    ...(options.scalars && { scalars: options.scalars }),
    limits: { ...DEFAULT_OPERATION_LIMITS, ...options.operationLimits },
    ...(options.access && { access: options.access }),
    contracts: options.contracts ?? [],
    format,
    telemetry,
  });
  const http = createHttp(options, engine, format);
  const host = { engine, authenticator, format, clock, ids, telemetry, contracts: options.contracts ?? [] };
  const subscriptions = options.createSubscriptions?.(host);
  subscriptions?.attach(http.server, GRAPHQL_PATH);
  return {
    engine,
    execute: (request, identity) => engine.execute(request, { identity, correlationId: ids.next() }),
    listen: (port, host) => http.listen(port, host),
    reload: (next) => engine.reload(next),
    close: async () => {
      http.startDraining();
      await subscriptions?.close();
      await http.close();
      await engine.close();
    },
  };
}

function createHttp(options: GatewayOptions, engine: GraphqlEngine, format: ErrorFormatter): HttpServer {
  const { authenticator, clock, ids, graphiqlTabs, cors, csrf, tls } = options;
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.httpLimits };
  const handle = createGraphqlHandler({
    engine,
    authenticator,
    limits,
    ...(csrf && { csrf }),
    ...(graphiqlTabs && { graphiqlTabs }),
  });
  return new HttpServer({
    limits,
    graphql: { path: GRAPHQL_PATH, handle },
    routes: options.routes ?? [],
    readiness: options.readiness ?? (() => ({ ready: true })),
    format,
    clock,
    ids,
    ...(cors && { cors: createCors(cors) }),
    ...(tls && { tls }),
  });
}
