import { openCaching } from '../../gateway/caching/open-caching.ts';
import { InProcessSubgraphClient } from '../../gateway/clients/in-process-subgraph-client.ts';
import type { SubgraphClient } from '../../gateway/executor/subgraph-client.ts';
import { createGateway } from '../../gateway/main.ts';
import { createSubscriptions } from '../../gateway/subscriptions/create-subscriptions.ts';
import { DEFAULT_HTTP_LIMITS, HttpServer, problem } from '../../gateway/transport/http-server.ts';
import type { Route } from '../../gateway/transport/route.ts';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import type { Readiness, Subgraph } from '../../kernel/graphql/subgraph.ts';
import type { ExposedTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { AUDIENCE_CONTRACTS } from '../../schema/contracts.ts';
import { PUBLISHED_EVENTS } from '../../schema/events/published-events.ts';
import type { HubConfig } from './config.ts';
import { connectorRoutes } from './connector-routes.ts';
import { metricsRoute } from './metrics-route.ts';
import { openAuth } from './open-auth.ts';
import type { OpenedConnectors } from './open-connectors.ts';
import type { DistributedPlatform } from './open-distributed-platform.ts';
import { reachForeignSubgraphs } from './reach-foreign-subgraphs.ts';
import { reachRemoteSubgraph } from './reach-remote-subgraphs.ts';
import type { DistributedConfig } from './read-distributed-config.ts';
import { readEdgeFile } from './read-edge-file.ts';
import { SUBGRAPH_ROLES, type HubRole } from './roles.ts';

export interface RoleEdgeOptions {
  readonly roles: readonly HubRole[];
  readonly config: HubConfig;
  readonly distributed: DistributedConfig;
  readonly identitySecret: string;
  readonly platform: DistributedPlatform;
  /** Those of this process, which are asked in memory. */
  readonly subgraphs: readonly Subgraph[];
  readonly connectors?: OpenedConnectors;
  readonly telemetry: ExposedTelemetry;
  readonly opened: AsyncDisposableStack;
}

/** What is reached from outside: GraphQL of a gateway, the doors of the connectors, or both. @returns where it listens */
export async function openRoleEdge(options: RoleEdgeOptions): Promise<string> {
  const { roles, config, distributed, platform, connectors, telemetry } = options;
  const edge = readEdgeFile(config.edgeFile, config);
  const issuing = { ...config, dataDirectory: distributed.issuerDirectory ?? config.dataDirectory };
  const auth = await openAuth(issuing, platform, edge.authentication);
  const routes = [
    ...(connectors ? connectorRoutes({ ...connectors, authenticator: auth.authenticator, edge, platform }) : []),
    metricsRoute(telemetry),
    ...(auth.devIssuer?.routes ?? []),
  ];
  if (!roles.includes('gateway')) return openDoors(options, routes);
  const foreign = reachForeignSubgraphs({ ...config, ...platform, edge });
  options.opened.defer(() => foreign.close());
  const { supergraphSdl, upstream } = foreign;
  const reached = reachSubgraphs(options);
  const clients = [...reached.clients, ...foreign.clients];
  const gateway = createGateway({
    supergraphSdl,
    clients,
    authenticator: auth.authenticator,
    ...platform,
    contracts: AUDIENCE_CONTRACTS,
    ...edge.policy,
    routes,
    readiness: reached.readiness,
    ...(auth.devIssuer && { graphiqlTabs: () => [] }),
    ...(config.cacheBytesMax > 0 && {
      caching: openCaching({ bytesMax: config.cacheBytesMax, events: PUBLISHED_EVENTS, ...platform }),
    }),
    createSubscriptions: (host) =>
      createSubscriptions({ host, supergraphSdl, clients, ...platform, limits: edge.subscriptionLimits, upstream }),
  });
  options.opened.defer(() => gateway.close());
  return gateway.listen(config.port, config.host);
}

/** The doors of the connectors without a gateway. */
async function openDoors({ config, platform, opened }: RoleEdgeOptions, routes: readonly Route[]): Promise<string> {
  const server = new HttpServer({
    limits: DEFAULT_HTTP_LIMITS,
    graphql: { path: '/graphql', handle: async () => problem(404, 'GraphQL is answered by the gateways.') },
    routes,
    readiness: () => ({ ready: true }),
    format: createErrorFormatter(platform),
    ...platform,
  });
  opened.defer(() => server.close());
  return server.listen(config.port, config.host);
}

interface ReachedSubgraphs {
  readonly clients: readonly SubgraphClient[];
  /** Ready from when somebody is known who answers for each of them. */
  readonly readiness: () => Readiness;
}

/** In memory where this process answers for them, over HTTP all others. */
function reachSubgraphs(options: RoleEdgeOptions): ReachedSubgraphs {
  const { subgraphs, distributed, platform, identitySecret } = options;
  const format = createErrorFormatter(platform);
  const clients: SubgraphClient[] = [];
  const unfound = new Map<string, () => boolean>();
  for (const name of SUBGRAPH_ROLES) {
    const own = subgraphs.find((subgraph) => subgraph.name === name);
    if (own) {
      clients.push(new InProcessSubgraphClient(own, format));
      continue;
    }
    const addresses = distributed.subgraphs.get(name) ?? [];
    const { client, isFound } = reachRemoteSubgraph({ name, addresses, identitySecret, ...platform });
    clients.push(client);
    unfound.set(name, isFound);
  }
  return { clients, readiness: () => readinessOnceFound(unfound) };
}

/** Whoever was found once counts for ever: a gateway goes on with the others when all processes of one subgraph are gone. */
function readinessOnceFound(unfound: Map<string, () => boolean>): Readiness {
  for (const [name, isFound] of unfound) if (isFound()) unfound.delete(name);
  const [name] = unfound.keys();
  return name === undefined
    ? { ready: true }
    : { ready: false, reason: `Nobody has announced yet to answer for ${name}.` };
}
