import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openStockOffers } from '../../connectors/marketplace/open-stock-offers.ts';
import { openSalesPosting } from '../../connectors/sales-posting/open-sales-posting.ts';
import type { SalesPostingLimits } from '../../connectors/sales-posting/sales-posting-limits.ts';
import { openSubscribers } from '../../connectors/subscribers/open-subscribers.ts';
import { openOutbound } from '../../connectors/outbound/open-outbound.ts';
import type { Inbox } from '../../connectors/runtime/inbox.ts';
import type { Poller, PollerLimits } from '../../connectors/runtime/poller.ts';
import { openCaching } from '../../gateway/caching/open-caching.ts';
import type { EdgeConfig } from '../../gateway/edge-config.ts';
import { createGateway, type Gateway } from '../../gateway/main.ts';
import { createSubscriptions } from '../../gateway/subscriptions/create-subscriptions.ts';
import type { SubscriptionLimits } from '../../gateway/subscriptions/subscription-limits.ts';
import type { GraphiqlTab } from '../../gateway/transport/graphiql-page.ts';
import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { listenRpc } from '../../kernel/adapters/socket/listen-rpc.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { ExposedTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { PUBLISHED_EVENTS } from '../../schema/events/published-events.ts';
import { AUDIENCE_CONTRACTS } from '../../schema/contracts.ts';
import { assertNotMoved } from '../migrate/moved-mark.ts';
import { boundStreams } from './bound-streams.ts';
import type { HubConfig } from './config.ts';
import { connectorRoutes } from './connector-routes.ts';
import { createSubgraphs, type CreateSubgraphsOptions } from './create-subgraphs.ts';
import { keepSubscribed } from './keep-subscribed.ts';
import { metricsRoute } from './metrics-route.ts';
import { openAuth, type HubAuth } from './open-auth.ts';
import { openIntake } from './open-intake.ts';
import { openPollers } from './open-pollers.ts';
import { reachForeignSubgraphs } from './reach-foreign-subgraphs.ts';
import { readEdgeFile } from './read-edge-file.ts';
import type { WatchedFolderConfig } from './read-folders.ts';
import { operationsLimitsOf } from './read-operations-config.ts';
import { reachSubgraphs, type SubgraphTransport } from './reach-subgraphs.ts';
import { SUBGRAPH_ROLES } from './roles.ts';
import {
  commandedSystems,
  connectionsOf,
  marketplacesOf,
  NO_SYSTEMS,
  salesSystems,
  type ConnectedSystems,
} from './systems.ts';

export interface HubOptions extends CreateSubgraphsOptions {
  readonly config: HubConfig;
  readonly telemetry: ExposedTelemetry;
  /**
   * Connects the outside systems. Default: none, facts come through `/ingest` alone. Calling `requestCatchUp` has all
   * feeds read now.
   */
  readonly connect?: (platform: Platform, requestCatchUp: () => void) => Promise<ConnectedSystems>;
  /** Folders whose files are taken in, besides those of `config`. */
  readonly folders?: readonly WatchedFolderConfig[];
  /** Default: `in-process`. */
  readonly subgraphTransport?: SubgraphTransport;
  readonly pollerLimits?: Partial<PollerLimits>;
  readonly salesPostingLimits?: Partial<SalesPostingLimits>;
  readonly subscriptionLimits?: Partial<SubscriptionLimits>;
  readonly graphiqlTabs?: (auth: HubAuth) => Promise<readonly GraphiqlTab[]>;
}

export interface Hub {
  /** Where it listens, without a path. */
  readonly url: string;
  readonly auth: HubAuth;
  readonly inbox: Inbox;
  readonly pollers: readonly Poller[];
  /** By name; each may be stopped and started by itself. */
  readonly subgraphs: Readonly<Record<string, Subgraph>>;
  /** Finishes what is under way and lets go of everything. What was acknowledged stays. */
  close(): Promise<void>;
}

const SECRET_BYTES = 32;

/**
 * The whole hub in this process, over embedded storage.
 * @throws whatever keeps one of its parts from opening; those that are open already are closed again
 */
export async function openHub(options: HubOptions): Promise<Hub> {
  const opened = new AsyncDisposableStack();
  try {
    return await openParts(options, opened);
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/** Parts are closed in the reverse order of their opening, so each is registered as soon as it is open. */
async function openParts(options: HubOptions, opened: AsyncDisposableStack): Promise<Hub> {
  const { config, telemetry } = options;
  assertNotMoved(config.dataDirectory);
  const platform = await openEmbeddedPlatform({ directory: config.dataDirectory, telemetry });
  opened.defer(() => platform.close());
  const pollers: Poller[] = [];
  const requestCatchUp = () => pollers.forEach((poller) => poller.nudge());
  const systems = (await options.connect?.(platform, requestCatchUp)) ?? NO_SYSTEMS;
  opened.defer(() => closeEach(connectionsOf(systems)));
  opened.defer(async () => systems.mappings?.close());
  const outbound = await openOutbound(platform, { systems: commandedSystems(systems) });
  opened.defer(() => outbound.close());
  const subscribers = await openSubscribers({ platform, outbound, isHttpAllowed: !config.isProduction });
  opened.defer(() => subscribers.close());
  const posting = await openSalesPosting({
    ...salesSystems(systems),
    platform,
    outbound,
    ...(options.salesPostingLimits && { limits: options.salesPostingLimits }),
  });
  opened.defer(() => posting.close());
  const { retention } = config;
  const archiveDirectory = join(config.dataDirectory, 'archive');
  opened.defer(boundStreams({ platform, retention, archiveDirectory, neededFrom: (at) => subscribers.neededFrom(at) }));
  const subgraphs = createSubgraphs(
    SUBGRAPH_ROLES,
    { platform, systems, outbound },
    { ...options, operationsLimits: operationsLimitsOf(config), ordersLimits: config.orders },
  );
  // The ledger answers the others: it starts first and stops last.
  for (const subgraph of subgraphs) {
    await subgraph.start();
    opened.defer(() => (subgraph.readiness().ready ? subgraph.stop() : undefined));
  }
  const offers = await openStockOffers({ marketplaces: marketplacesOf(systems), platform, outbound });
  opened.defer(() => offers.close());
  if (config.rpc) {
    const listener = await listenRpc({ ...config.rpc, ...platform, servers: platform.rpc });
    opened.defer(() => listener.close());
  }
  opened.defer(async () => {
    await Promise.all(pollers.map((poller) => poller.stop()));
  });
  const edge = readEdgeFile(config.edgeFile, config);
  const auth = await openAuth(config, platform, edge.authentication);
  const folders = [...config.folders, ...(options.folders ?? [])];
  const inbox = await openIntake({ platform, systems, pollers, folders, opened });
  const gateway = await openGateway({ ...options, subgraphs, systems, platform, auth, inbox, edge }, opened);
  const url = await gateway.listen(config.port, config.host);
  const { pollerLimits } = options;
  pollers.push(...(await openPollers(systems, { inbox, platform, ...(pollerLimits && { limits: pollerLimits }) })));
  for (const poller of pollers) poller.start();
  opened.defer(keepSubscribed(systems, platform));
  const named = Object.fromEntries(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  return { url, auth, inbox, pollers, subgraphs: named, close: () => opened.disposeAsync() };
}

interface GatewayParts extends HubOptions {
  readonly subgraphs: readonly Subgraph[];
  readonly systems: ConnectedSystems;
  readonly platform: Platform;
  readonly auth: HubAuth;
  readonly inbox: Inbox;
  readonly edge: EdgeConfig;
}

async function openGateway(parts: GatewayParts, opened: AsyncDisposableStack): Promise<Gateway> {
  const { config, subgraphs, platform, auth, edge } = parts;
  const identitySecret = config.identitySecret ?? randomBytes(SECRET_BYTES).toString('base64url');
  const transport = parts.subgraphTransport ?? 'in-process';
  const reached = await reachSubgraphs(subgraphs, { transport, identitySecret, platform });
  opened.defer(() => reached.close());
  const foreign = reachForeignSubgraphs({ ...config, ...platform, edge });
  opened.defer(() => foreign.close());
  const { supergraphSdl, upstream } = foreign;
  const clients = [...reached.clients, ...foreign.clients];
  const tabs = (await parts.graphiqlTabs?.(auth)) ?? [];
  const limits = { ...edge.subscriptionLimits, ...parts.subscriptionLimits };
  const gateway = createGateway({
    supergraphSdl,
    clients,
    authenticator: auth.authenticator,
    ...platform,
    contracts: AUDIENCE_CONTRACTS,
    ...edge.policy,
    routes: [
      ...connectorRoutes({ ...parts, authenticator: auth.authenticator }),
      metricsRoute(parts.telemetry),
      ...(auth.devIssuer?.routes ?? []),
    ],
    readiness: () => readinessOf(subgraphs),
    ...(tabs.length > 0 && { graphiqlTabs: () => tabs }),
    ...(config.cacheBytesMax > 0 && {
      caching: openCaching({ bytesMax: config.cacheBytesMax, events: PUBLISHED_EVENTS, ...platform }),
    }),
    createSubscriptions: (host) => createSubscriptions({ host, supergraphSdl, clients, ...platform, limits, upstream }),
  });
  opened.defer(() => gateway.close());
  return gateway;
}

async function closeEach(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  await Promise.all(parts.map((part) => part.close()));
}

function readinessOf(subgraphs: readonly Subgraph[]) {
  const waiting = subgraphs.map((subgraph) => subgraph.readiness()).find(({ ready }) => !ready);
  return waiting ?? { ready: true };
}
