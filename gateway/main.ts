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
import { DocumentRegister } from './documents/document-register.ts';
import type { EdgePolicy } from './edge-policy.ts';
import type { Contract } from './contracts/contract.ts';
import type { Caching } from './caching/open-caching.ts';
import { GraphqlEngine } from './executor/graphql-engine.ts';
import type { GraphqlRequest } from './executor/graphql-engine.ts';
import type { Outcome } from './executor/prepared-operation.ts';
import type { SubgraphClient } from './executor/subgraph-client.ts';
import { ClientBudgets } from './limits/client-budgets.ts';
import { DEFAULT_CLIENT_LIMITS } from './limits/client-limits.ts';
import { DEFAULT_COST_LIMITS } from './limits/cost-limits.ts';
import type { PlannerOptions, ShippedPlans } from './planner/open-planner.ts';
import { DEFAULT_OPERATION_LIMITS } from './planner/operation-limits.ts';
import { createGraphqlHandler } from './transport/graphql-handler.ts';
import type { AnswerStream } from './transport/graphql-handler.ts';
import { createCors } from './transport/cors.ts';
import type { GraphiqlTab } from './transport/graphiql-page.ts';
import { DEFAULT_HTTP_LIMITS, HttpServer } from './transport/http-server.ts';
import type { Route } from './transport/route.ts';
import { UsageRegister } from './usage/usage-register.ts';
import { createUsageRoute } from './usage/usage-route.ts';

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
  readonly budgets: ClientBudgets;
  readonly trustedProxies: number;
  readonly usage: UsageRegister;
  readonly documents: DocumentRegister;
  readonly introspection: boolean;
  readonly shippedPlans: readonly ShippedPlans[];
  readonly loadNative?: NonNullable<PlannerOptions['loadNative']>;
}

/** Serves operations that stay open. */
export interface SubscriptionEngine {
  /** Takes over upgrades to WebSocket at `path`. Called once, before the server listens. */
  attach(server: Server, path: string): void;
  /** Answers whoever accepts a stream; undefined for all others. */
  openStream(accept: string | undefined): AnswerStream | undefined;
  /**
   * Reads another supergraph. What it returns has it served; called once the engine serves it.
   * @throws when it cannot be served
   */
  prepareReload(next: ServedSupergraph): () => void;
  /** Ends all subscriptions in an orderly way; called before the HTTP server closes. */
  close(): Promise<void>;
}

export interface GatewayOptions extends EdgePolicy {
  readonly supergraphSdl: string;
  /** How each subgraph of the supergraph is reached. Closed with the gateway. */
  readonly clients: readonly SubgraphClient[];
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
  /** Scalars whose values the gateway checks by itself; all others pass. Default: those of the hub. */
  readonly scalars?: readonly GraphQLScalarType[];
  /** Labels of progressive overrides that hold; those by percentage hold by themselves. Default: none. */
  readonly overrideLabels?: readonly string[];
  /** What errors of subgraphs may carry to clients in `extensions`. Default: `DEFAULT_FORWARDED_EXTENSIONS`. */
  readonly forwardedExtensions?: readonly string[];
  /** Keeps public answers and entities as the schema allows. Default: nothing is kept. */
  readonly caching?: Caching;
  /** Endpoints beside GraphQL: webhooks, metrics, the development issuer. */
  readonly routes?: readonly Route[];
  /** Why the hub may not be ready; absent: it is as soon as it listens. */
  readonly readiness?: () => Readiness;
  /** What GraphiQL opens with, asked for each time; absent: GraphiQL is not served. */
  readonly graphiqlTabs?: () => readonly GraphiqlTab[];
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
  const budgets = new ClientBudgets({
    limits: { ...DEFAULT_CLIENT_LIMITS, ...options.clientLimits },
    overrides: options.clientOverrides ?? {},
    clock,
  });
  const usage = new UsageRegister({ clock, telemetry });
  const documents = new DocumentRegister(options.trustedDocuments);
  const { contracts = [], trustedProxies = 0, introspection = true, shippedPlans = [] } = options;
  const planning = { shippedPlans, ...(options.loadNative && { loadNative: options.loadNative }) };
  const engine = new GraphqlEngine({
    supergraphSdl: options.supergraphSdl,
    clients: options.clients,
    ...(options.scalars && { scalars: options.scalars }),
    ...(options.overrideLabels && { overrideLabels: options.overrideLabels }),
    ...(options.forwardedExtensions && { forwardedExtensions: options.forwardedExtensions }),
    limits: { ...DEFAULT_OPERATION_LIMITS, ...options.operationLimits },
    ...(options.access && { access: options.access }),
    contracts,
    costLimits: { ...DEFAULT_COST_LIMITS, ...options.costLimits },
    budgets,
    usage,
    introspection,
    responseBytesMax: options.httpLimits?.responseBytesMax ?? DEFAULT_HTTP_LIMITS.responseBytesMax,
    ...planning,
    ...(options.caching && { caching: options.caching }),
    format,
    telemetry,
  });
  let subscriptions: SubscriptionEngine | undefined;
  const openStream = (accept: string | undefined): AnswerStream | undefined => subscriptions?.openStream(accept);
  const http = createHttp(options, { engine, format, budgets, documents, usage, openStream });
  const policy = { contracts, budgets, trustedProxies, usage, documents, introspection, ...planning };
  const host = { engine, authenticator, format, clock, ids, telemetry, ...policy };
  subscriptions = options.createSubscriptions?.(host);
  subscriptions?.attach(http.server, GRAPHQL_PATH);
  return {
    engine,
    execute: (request, identity) => engine.execute(request, { identity, correlationId: ids.next() }),
    listen: (port, host) => http.listen(port, host),
    reload: (next) => {
      const serve = subscriptions?.prepareReload(next);
      engine.reload(next);
      serve?.();
    },
    close: async () => {
      http.startDraining();
      await subscriptions?.close();
      await http.close();
      await engine.close();
      options.caching?.close();
    },
  };
}

interface HttpParts {
  readonly engine: GraphqlEngine;
  readonly format: ErrorFormatter;
  readonly budgets: ClientBudgets;
  readonly documents: DocumentRegister;
  readonly usage: UsageRegister;
  readonly openStream: (accept: string | undefined) => AnswerStream | undefined;
}

function createHttp(options: GatewayOptions, parts: HttpParts): HttpServer {
  const { engine, format, budgets, documents, usage, openStream } = parts;
  const { usageScope: scope = 'operations:read', introspection = true } = options;
  const { trustedProxies = 0, authenticator, clock, ids, graphiqlTabs, cors, csrf, tls } = options;
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.httpLimits };
  const handle = createGraphqlHandler({
    engine,
    authenticator,
    limits,
    budgets,
    documents,
    openStream,
    ...(csrf && { csrf }),
    ...(graphiqlTabs && introspection && { graphiqlTabs }),
  });
  return new HttpServer({
    limits,
    graphql: { path: GRAPHQL_PATH, handle },
    routes: [
      createUsageRoute({ usage, authenticator, scope, tokenFailures: budgets.tokenFailures }),
      ...(options.routes ?? []),
    ],
    readiness: options.readiness ?? (() => ({ ready: true })),
    format,
    clock,
    ids,
    trustedProxies,
    ...(cors && { cors: createCors(cors) }),
    ...(tls && { tls }),
  });
}
