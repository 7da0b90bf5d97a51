import { hostname as nameOfMachine } from 'node:os';
import { join } from 'node:path';
import { openSalesPosting } from '../../connectors/sales-posting/open-sales-posting.ts';
import type { SalesPostingLimits } from '../../connectors/sales-posting/sales-posting-limits.ts';
import { openSubscribers } from '../../connectors/subscribers/open-subscribers.ts';
import { openOutbound } from '../../connectors/outbound/open-outbound.ts';
import type { Poller } from '../../connectors/runtime/poller.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Readiness, Subgraph } from '../../kernel/graphql/subgraph.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { ExposedTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { connectDemoRetailer, type DemoSystems } from '../demo/connect-demo-retailer.ts';
import { wholeDemo } from '../demo/whole-demo.ts';
import { connectSystems } from '../systems/connect-systems.ts';
import { readSystemsFile } from '../systems/read-systems-file.ts';
import { boundStreams } from './bound-streams.ts';
import { askForCatchUp } from './catch-up.ts';
import type { ReconciliationSettings } from '../systems/reconciliation-settings.ts';
import { ConfigFaults, type HubConfig } from './config.ts';
import { createSubgraphs, type RetailOptions } from './create-subgraphs.ts';
import { findDemoSystems } from './demo-systems.ts';
import { openConnectors } from './open-connectors.ts';
import { openMessaging, withDocuments, type DistributedPlatform } from './open-distributed-platform.ts';
import { openRoleEdge } from './open-role-edge.ts';
import { openSimulators } from './open-simulators.ts';
import type { DistributedConfig } from './read-distributed-config.ts';
import type { WatchedFolderConfig } from './read-folders.ts';
import { operationsLimitsOf } from './read-operations-config.ts';
import { isSubgraphRole, type HubRole } from './roles.ts';
import { serveInternal } from './serve-internal.ts';
import { commandedSystems, NO_SYSTEMS, salesSystems, type ConnectedSystems } from './systems.ts';

export interface OpenRolesOptions {
  readonly roles: readonly HubRole[];
  readonly config: HubConfig;
  readonly telemetry: ExposedTelemetry;
}

export interface OpenedRoles {
  /** Where gateways and connectors are reached from outside; absent for processes that are neither. */
  readonly edgeUrl?: string;
  /** Where subgraphs, health and metrics are served; absent where the edge serves all there is. */
  readonly internalUrl?: string;
  /** Finishes what is under way and lets go of everything. */
  close(): Promise<void>;
}

/**
 * Some roles of the hub in this process, over NATS and MongoDB.
 * @throws {ConfigFaults} when something is not configured that these roles need
 * @throws whatever keeps one of its parts from opening; those that are open already are closed again
 */
export async function openRoles(options: OpenRolesOptions): Promise<OpenedRoles> {
  const needed = assertConfigured(options);
  const opened = new AsyncDisposableStack();
  try {
    return await openParts({ ...options, ...needed, opened });
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

interface Needed {
  readonly distributed: DistributedConfig;
  readonly identitySecret: string;
}

interface Opening extends OpenRolesOptions, Needed {
  readonly opened: AsyncDisposableStack;
}

/** Parts are closed in the reverse order of their opening: nothing new comes in while the rest finishes. */
async function openParts(opening: Opening): Promise<OpenedRoles> {
  const { roles, config, distributed, telemetry, opened } = opening;
  const simulators = roles.includes('simulators') ? await openSimulators(distributed, opened) : undefined;
  const platform = await openPlatform(opening);
  const pollers: Poller[] = [];
  const requestCatchUp = (): void => askForCatchUp(platform);
  const systems = await findSystems(opening, { platform, requestCatchUp, own: simulators?.retailer });
  opened.defer(async () => systems.connected.mappings?.close());
  const outbound = await openOutbound(platform, {
    systems: commandedSystems(systems.connected),
    drains: roles.includes('connectors'),
  });
  opened.defer(() => outbound.close());
  if (roles.includes('connectors')) {
    const subscribers = await openSubscribers({ platform, outbound, isHttpAllowed: !config.isProduction });
    opened.defer(() => subscribers.close());
    const { connected, salesPosting: limits = {} } = systems;
    const posting = await openSalesPosting({ ...salesSystems(connected), platform, outbound, limits });
    opened.defer(() => posting.close());
    const archiveDirectory = join(config.dataDirectory, 'archive');
    const neededFrom = (stream: string) => subscribers.neededFrom(stream);
    opened.defer(boundStreams({ platform, retention: config.retention, archiveDirectory, neededFrom }));
  }
  const subgraphs = createSubgraphs(
    roles.filter(isSubgraphRole),
    { platform, systems: systems.connected, outbound },
    { ...systems, operationsLimits: operationsLimitsOf(config), ordersLimits: config.orders },
  );
  const internal = hasInternal(roles)
    ? await serveInternal({
        ...opening,
        ...platform,
        telemetry,
        port: hasEdge(roles) ? (distributed.internalPort ?? config.port + 1) : config.port,
        host: config.host,
        subgraphs,
        readiness: () => readinessOf(subgraphs),
        ...(simulators && { told: simulators.told }),
      })
    : undefined;
  for (const subgraph of subgraphs) {
    await subgraph.start();
    opened.defer(() => subgraph.stop());
  }
  // It stops before the subgraphs do, and is asked no more before it stops.
  if (internal) opened.defer(() => internal.close());
  if (internal && subgraphs.length > 0) {
    const names = subgraphs.map(({ name }) => name);
    opened.defer(platform.members.announce(names, distributed.advertisedUrl ?? reachableUrl(internal.url)));
  }
  const connectors = roles.includes('connectors')
    ? await openConnectors({
        platform,
        systems: systems.connected,
        outbound,
        folders: [...config.folders, ...(systems.folders ?? [])],
        pollers,
        opened,
      })
    : undefined;
  const edgeUrl = hasEdge(roles)
    ? await openRoleEdge({ ...opening, platform, subgraphs, ...(connectors && { connectors }) })
    : undefined;
  return {
    ...(edgeUrl !== undefined && { edgeUrl }),
    ...(internal && { internalUrl: internal.url }),
    close: () => opened.disposeAsync(),
  };
}

async function openPlatform({ roles, config, distributed, telemetry, opened }: Opening): Promise<DistributedPlatform> {
  const name = `stockwire ${roles.join(' ')}`;
  const cacheDirectory = config.dataDirectory;
  const messaging = await openMessaging({ config: distributed, cacheDirectory, name, telemetry }, opened);
  if (needsDocuments(roles)) return withDocuments(messaging, distributed.mongoUrl ?? '', opened);
  return { ...messaging, documents: { collection: noDocuments, flushOutbox: noDocuments } };
}

/** Who listens on all addresses of a machine is reached by its name. */
function reachableUrl(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  const isEverywhere = hostname === '0.0.0.0' || hostname === '[::]';
  return `${protocol}//${isEverywhere ? nameOfMachine() : hostname}:${port}`;
}

async function noDocuments(): Promise<never> {
  throw new Obstacle('CONTEXT_UNAVAILABLE', 'This process keeps no documents.');
}

interface Surroundings {
  readonly platform: Platform;
  readonly requestCatchUp: () => void;
  /** Those that this process simulates. */
  readonly own: DemoSystems | undefined;
}

interface FoundSystems {
  readonly salesPosting?: Partial<SalesPostingLimits>;
  readonly connected: ConnectedSystems;
  readonly retail?: RetailOptions;
  readonly reconciliationLimits?: ReconciliationSettings;
  readonly folders?: readonly WatchedFolderConfig[];
}

/** Those of the file of systems, else the simulated ones of this process or another, else none. */
async function findSystems(
  { distributed, config, roles }: Opening,
  { platform, requestCatchUp, own }: Surroundings,
): Promise<FoundSystems> {
  if (!needsDocuments(roles)) return { connected: NO_SYSTEMS };
  const { simulatorsUrl, connectorsUrl } = distributed;
  const surroundings = { platform, publicUrl: connectorsUrl ?? config.publicUrl, requestCatchUp };
  if (config.systemsFile !== undefined) {
    const named = readSystemsFile(config.systemsFile, process.env);
    const { retail, folders, salesPosting, reconciliation: reconciliationLimits } = named;
    const connected = await connectSystems(named, surroundings);
    return { connected, retail, folders, salesPosting, reconciliationLimits };
  }
  const retailer = own ?? (simulatorsUrl === undefined ? undefined : await findDemoSystems(simulatorsUrl));
  if (!retailer) return { connected: NO_SYSTEMS };
  const connected = await connectDemoRetailer(retailer, { ...surroundings, offersStock: true });
  return { connected, retail: wholeDemo(retailer) };
}

/** Everything that is missing at once. */
function assertConfigured({ roles, config }: OpenRolesOptions): Needed {
  const { distributed, identitySecret } = config;
  const faults: string[] = [];
  if (!distributed) faults.push('--role needs NATS_URL.');
  if (needsDocuments(roles) && distributed && distributed.mongoUrl === undefined) {
    faults.push(`The roles ${roles.join(', ')} need MONGODB_URL.`);
  }
  if (identitySecret === undefined && roles.some((role) => role === 'gateway' || isSubgraphRole(role))) {
    faults.push('Gateways and subgraphs need one and the same STOCKWIRE_IDENTITY_SECRET.');
  }
  if (!distributed || faults.length > 0) throw new ConfigFaults(faults);
  return { distributed, identitySecret: identitySecret ?? '' };
}

function needsDocuments(roles: readonly HubRole[]): boolean {
  return roles.some((role) => isSubgraphRole(role) || role === 'connectors');
}

function hasEdge(roles: readonly HubRole[]): boolean {
  return roles.includes('gateway') || roles.includes('connectors');
}

function hasInternal(roles: readonly HubRole[]): boolean {
  return roles.includes('simulators') || roles.some(isSubgraphRole);
}

export function readinessOf(subgraphs: readonly Pick<Subgraph, 'readiness'>[]): Readiness {
  return subgraphs.map((subgraph) => subgraph.readiness()).find(({ ready }) => !ready) ?? { ready: true };
}
