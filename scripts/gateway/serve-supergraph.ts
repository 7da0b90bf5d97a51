import { readFileSync } from 'node:fs';
import { anonymousWith, JwtAuthenticator } from '../../gateway/auth/authenticator.ts';
import type { Authenticator } from '../../gateway/auth/authenticator.ts';
import { openRemoteKeys } from '../../gateway/auth/remote-keys.ts';
import type { EdgeConfig } from '../../gateway/edge-config.ts';
import type { ChangeFeed } from '../../kernel/ports/change-feed.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import { CLOCK_TOLERANCE_MS } from '../hub/open-auth.ts';
import { readEdgeFile } from '../hub/read-edge-file.ts';
import { openCaching } from '../../gateway/caching/open-caching.ts';
import { reachSubgraph } from '../../gateway/clients/reach-subgraph.ts';
import { DEFAULT_FORWARDED_EXTENSIONS } from '../../gateway/executor/read-answer.ts';
import type { SubgraphClient } from '../../gateway/executor/subgraph-client.ts';
import { createGateway } from '../../gateway/main.ts';
import type { GatewayOptions } from '../../gateway/main.ts';
import { PlannerProcess } from '../../gateway/planner/planner-process.ts';
import { readSubgraphAddresses } from '../../gateway/planner/subgraph-addresses.ts';
import { SupergraphRefused } from '../../gateway/planner/supergraph-refused.ts';
import { createSubscriptions } from '../../gateway/subscriptions/create-subscriptions.ts';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import type { ExposedTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import type { GatewayArguments } from './read-arguments.ts';
import { openUpstreams, propagatedBy } from './open-upstreams.ts';
import { SubgraphPool } from './subgraph-pool.ts';

export interface ServedSupergraph {
  /** Where it listens, without a path. */
  readonly url: string;
  readonly subgraphs: readonly string[];
  /**
   * Reads the file again and serves what it holds now.
   * @returns the names of its subgraphs
   * @throws {SupergraphRefused} when it cannot be served; then what was served goes on
   */
  reload(): readonly string[];
  close(): Promise<void>;
}

export interface ServeSupergraphOptions {
  readonly telemetry: ExposedTelemetry;
  /** Signs the identity that subgraphs are told. Absent: they are told none, as those of other makes expect. */
  readonly identitySecret?: string;
  readonly authenticator?: GatewayOptions['authenticator'];
  /** Whether the schema is kept from clients, unless the configuration says otherwise. Default: false. */
  readonly isProduction?: boolean;
  /** Those of another gateway, which closes them. Default: a process of its own. */
  readonly planners?: PlannerProcess;
}

/** Other graphs tell no changes; what is kept goes by its age. */
const NO_CHANGES: ChangeFeed = { publish: () => undefined, subscribe: () => () => undefined };

/**
 * A gateway alone: a supergraph from a file, its subgraphs over HTTP, nothing of the hub besides.
 * @throws {SupergraphRefused} when the file cannot be read or holds no supergraph
 */
export async function serveSupergraph(
  args: GatewayArguments,
  { telemetry, identitySecret, authenticator, isProduction = false, ...shared }: ServeSupergraphOptions,
): Promise<ServedSupergraph> {
  const clock = new SystemClock();
  const edge = readEdgeFile(args.config, { isProduction });
  const pool = new SubgraphPool((address) =>
    reachSubgraph(
      { ...address, clock, telemetry, ...(identitySecret && { identitySecret }) },
      edge.subgraphs[address.name],
    ),
  );
  const upstreams = openUpstreams(edge, { clock, ...(identitySecret && { identitySecret }) });
  const first = readServed(args, pool);
  upstreams.use(first.addresses);
  pool.keep(first.clients);
  // Whatever documents the gateway is sent, none of them may end it.
  const planners = shared.planners ?? new PlannerProcess({ limits: edge.plannerLimits });
  const forwardedExtensions = [...DEFAULT_FORWARDED_EXTENSIONS, ...(args.forwardedExtensions ?? [])];
  const gateway = createGateway({
    loadNative: planners.load,
    supergraphSdl: first.supergraphSdl,
    clients: [...first.clients.values()],
    // A scalar of another graph is its own, whatever the hub calls by the same name.
    scalars: [],
    forwardedExtensions,
    createSubscriptions: (host) =>
      createSubscriptions({
        host,
        supergraphSdl: first.supergraphSdl,
        clients: [...first.clients.values()],
        upstream: {
          upstreamOf: (name) => upstreams.upstreamOf(name),
          propagatedHeaders: propagatedBy(edge),
          forwardedExtensions,
        },
      }),
    ...(args.overrideLabels && { overrideLabels: args.overrideLabels }),
    ...edge.policy,
    ...(edge.cacheBytesMax > 0 && {
      caching: openCaching({ bytesMax: edge.cacheBytesMax, changeFeed: NO_CHANGES, clock, telemetry, events: [] }),
    }),
    authenticator: authenticator ?? authenticatorOf(edge, { clock, telemetry }),
    clock,
    ids: new UuidV7Ids(),
    telemetry,
    routes: [
      {
        method: 'GET',
        path: '/metrics',
        handle: async () => ({ status: 200, contentType: 'text/plain', body: await telemetry.metricsText() }),
      },
    ],
  });
  const url = await gateway.listen(args.port, args.host);
  const close = async (): Promise<void> => {
    await gateway.close();
    await upstreams.close();
    if (planners !== shared.planners) await planners.close();
  };
  const reload = (): readonly string[] => {
    const next = readServed(args, pool);
    gateway.reload({ supergraphSdl: next.supergraphSdl, clients: [...next.clients.values()] });
    pool.keep(next.clients);
    upstreams.use(next.addresses);
    return namesOf(next.clients);
  };
  return { url, subgraphs: namesOf(first.clients), reload, close };
}

function readServed({ supergraph, subgraphs }: GatewayArguments, pool: SubgraphPool) {
  const supergraphSdl = readSdl(supergraph);
  const addresses = readSubgraphAddresses(supergraphSdl, subgraphs);
  return { supergraphSdl, addresses, clients: pool.clientsFor(addresses) };
}

/** Without an issuer everybody is nobody in particular: subgraphs that know their callers ask for a token themselves. */
function authenticatorOf({ authentication }: EdgeConfig, parts: { clock: Clock; telemetry: Telemetry }): Authenticator {
  const { issuer, audience, jwksUrl, anonymous, clockToleranceMs } = authentication ?? {};
  // Another graph may give the names of the hub's scopes to what nobody may see without a token.
  const anonymousScopes = authentication?.anonymousScopes ?? [];
  if (issuer === undefined || audience === undefined || jwksUrl === undefined) {
    const identity = anonymousWith(anonymousScopes);
    return { authenticate: async () => identity };
  }
  return new JwtAuthenticator({
    ...openRemoteKeys(jwksUrl, parts),
    issuer,
    audience,
    clock: parts.clock,
    clockToleranceMs: clockToleranceMs ?? CLOCK_TOLERANCE_MS,
    allowAnonymous: anonymous ?? true,
    anonymousScopes,
  });
}

function readSdl(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SupergraphRefused(`It cannot be read: ${(error as Error).message}.`, { cause: error });
  }
}

const namesOf = (clients: ReadonlyMap<string, SubgraphClient>): readonly string[] =>
  [...clients.values()].map(({ name }) => name);
