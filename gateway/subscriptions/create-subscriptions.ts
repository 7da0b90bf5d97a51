import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorFormatter } from '../../kernel/graphql/format-error.ts';
import type { ChangeFeed } from '../../kernel/ports/change-feed.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import type { Rpc } from '../../kernel/ports/rpc.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import { PUBLISHED_EVENTS } from '../../schema/events/published-events.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import type { AnswerStream } from '../transport/graphql-handler.ts';
import type { Contract } from '../contracts/contract.ts';
import type { GraphqlEngine } from '../executor/graphql-engine.ts';
import type { ServedSupergraph } from '../executor/generation.ts';
import type { SubgraphClient } from '../executor/subgraph-client.ts';
import { DEFAULT_OPERATION_LIMITS } from '../planner/operation-limits.ts';
import type { DocumentRegister } from '../documents/document-register.ts';
import type { PlannerOptions, ShippedPlans } from '../planner/open-planner.ts';
import type { UsageRegister } from '../usage/usage-register.ts';
import type { ClientBudgets } from '../limits/client-budgets.ts';
import type { OperationLimits } from '../planner/operation-limits.ts';
import { LiveOperations } from './live-operations.ts';
import type { PublishedEvent } from './read-topics.ts';
import { SocketEndpoint } from './socket-endpoint.ts';
import { chooseStreamFormat } from './streams/stream-format.ts';
import { StreamEndpoint } from './streams/stream-endpoint.ts';
import { SubscriptionEngine } from './subscription-engine.ts';
import { SUBSCRIPTION_LIMITS, type SubscriptionLimits } from './subscription-limits.ts';
import { SubscriptionStarter } from './subscription-starter.ts';
import { UpstreamSubscriptions, type UpstreamReach } from './upstream/upstream-subscriptions.ts';

export interface SubscriptionsOptions {
  /** What the gateway hands to its subscriptions. */
  readonly host: {
    /** Answers queries and mutations that come over a socket. */
    readonly engine: GraphqlEngine;
    readonly authenticator: Authenticator;
    readonly format: ErrorFormatter;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly telemetry: Telemetry;
    /** What which callers see. Absent: everybody sees everything. */
    readonly contracts?: readonly Contract[];
    readonly usage?: UsageRegister;
    /** Which documents are known by hash, and which may be run. Absent: none, and any. */
    readonly documents?: DocumentRegister;
    /** Whether the schema is told to those who ask for it. Default: true. */
    readonly introspection?: boolean;
    readonly shippedPlans?: readonly ShippedPlans[];
    readonly loadNative?: NonNullable<PlannerOptions['loadNative']>;
    /** What clients may ask for over time. Absent: anything. */
    readonly budgets?: ClientBudgets;
    /** Proxies in front whose `x-forwarded-for` is believed. Default: 0. */
    readonly trustedProxies?: number;
  };
  readonly supergraphSdl: string;
  /** For what no record carries. Whoever opened them closes them. */
  readonly clients: readonly SubgraphClient[];
  /** Absent, both: no field is bound to a topic, whatever the schema says. */
  readonly changeFeed?: ChangeFeed;
  readonly rpc?: Rpc;
  /** How fields without a topic reach their subgraphs. Absent: they cannot be subscribed to. */
  readonly upstream?: UpstreamReach;
  /** The published events that topics name. Default: those of `schema/events`. */
  readonly events?: readonly PublishedEvent[];
  /** Those that differ from SUBSCRIPTION_LIMITS. */
  readonly limits?: Partial<SubscriptionLimits>;
  /** Those that differ from DEFAULT_OPERATION_LIMITS. */
  readonly operationLimits?: Partial<OperationLimits>;
}

/** The live side of the gateway. */
export interface Subscriptions {
  /** Takes over upgrades to WebSocket at `path`; an upgrade to another path is cut off. */
  attach(server: Server, path: string): void;
  /** Answers whoever accepts server-sent events or multipart subscriptions; undefined for all others. */
  openStream(accept: string | undefined): AnswerStream | undefined;
  /**
   * Reads another supergraph. What it returns has it served from the next subscription on, new topics included; those
   * that have begun go on as they are. To be called once queries are served by it.
   * @throws when it cannot be served
   */
  prepareReload(next: ServedSupergraph): () => void;
  /** Takes no new sockets, sends the clients elsewhere over the drain window, and ends. */
  close(): Promise<void>;
  readonly connectionCount: number;
  readonly groupCount: number;
}

/**
 * Subscriptions as PROTOCOL.md says, for every field with `@topic`, and for others at their subgraphs.
 * @throws {Defect} when a topic does not fit its event, or a record type cannot be planned
 */
export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { host, changeFeed, rpc, upstream } = options;
  const wires = changeFeed && rpc && { changeFeed, rpc };
  const limits = { ...SUBSCRIPTION_LIMITS, ...options.limits };
  const operations = new LiveOperations({
    ...host,
    supergraphSdl: options.supergraphSdl,
    clients: options.clients,
    limits: { ...DEFAULT_OPERATION_LIMITS, ...options.operationLimits },
    events: wires && (options.events ?? PUBLISHED_EVENTS),
    subscriptionLimits: limits,
  });
  const subscriptions =
    wires && new SubscriptionEngine({ ...host, ...wires, topics: operations.topics.values(), limits });
  const upstreams =
    upstream &&
    new UpstreamSubscriptions({ ...upstream, ...host, subscriptionsPerClientMax: limits.subscriptionsPerClientMax });
  const starter = new SubscriptionStarter({
    operations,
    ...(subscriptions && { subscriptions }),
    ...(upstreams && { upstream: upstreams }),
  });
  const endpoint = new SocketEndpoint({ ...host, graphql: host.engine, starter, limits });
  const streams = new StreamEndpoint({ ...host, starter, limits });
  return {
    prepareReload: (next) => starter.prepareReload(next),
    attach: (server, path) => {
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        if (request.url?.split('?', 1)[0] === path) endpoint.handleUpgrade(request, socket, head);
        else socket.destroy();
      });
    },
    openStream: (accept) => {
      const format = chooseStreamFormat(accept);
      return format && ((request) => streams.answer({ ...request, format }));
    },
    close: async () => {
      await Promise.all([endpoint.drain(), streams.drain()]);
      endpoint.close();
      streams.close();
      subscriptions?.close();
    },
    get connectionCount() {
      return endpoint.connectionCount + streams.connectionCount;
    },
    get groupCount() {
      return (subscriptions?.groupCount ?? 0) + (upstreams?.groupCount ?? 0);
    },
  };
}
