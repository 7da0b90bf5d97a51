import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reachSubgraph } from '../../gateway/clients/reach-subgraph.ts';
import type { EdgeConfig } from '../../gateway/edge-config.ts';
import type { SubgraphClient } from '../../gateway/executor/subgraph-client.ts';
import { readSubgraphAddresses } from '../../gateway/planner/subgraph-addresses.ts';
import type { UpstreamReach } from '../../gateway/subscriptions/upstream/upstream-subscriptions.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import { openUpstreams, propagatedBy } from '../gateway/open-upstreams.ts';
import { SUBGRAPH_ROLES } from './roles.ts';

const OWN_SUPERGRAPH_FILE = join(import.meta.dirname, '..', '..', 'schema', 'graphql', 'supergraph.graphql');

export interface ReachForeignSubgraphsOptions {
  /** A supergraph of the hub's subgraphs and others; absent: of the hub's alone. */
  readonly supergraphFile?: string | undefined;
  readonly edge: Pick<EdgeConfig, 'subgraphs'>;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** What a hub serves beside its own subgraphs. */
export interface ForeignSubgraphs {
  readonly supergraphSdl: string;
  /** Closed by the gateway. */
  readonly clients: readonly SubgraphClient[];
  /** How they are subscribed at. */
  readonly upstream: UpstreamReach;
  /** Ends the connections of subscriptions. */
  close(): Promise<void>;
}

/**
 * The graph that is served and the ways to subgraphs of other makes in it, which are at the addresses that it names. They are
 * not told who asks: what the hub signs for its own subgraphs would be good there as well.
 * @throws {SupergraphRefused} when an address is missing
 */
export function reachForeignSubgraphs(options: ReachForeignSubgraphsOptions): ForeignSubgraphs {
  const { supergraphFile = OWN_SUPERGRAPH_FILE, edge, clock, telemetry } = options;
  const supergraphSdl = readFileSync(supergraphFile, 'utf8');
  const own: ReadonlySet<string> = new Set(SUBGRAPH_ROLES);
  const foreign = readSubgraphAddresses(supergraphSdl).filter(({ name }) => !own.has(name));
  const upstreams = openUpstreams(edge, { clock });
  upstreams.use(foreign);
  return {
    supergraphSdl,
    clients: foreign.map((address) => reachSubgraph({ ...address, clock, telemetry }, edge.subgraphs[address.name])),
    upstream: { upstreamOf: (name) => upstreams.upstreamOf(name), propagatedHeaders: propagatedBy(edge) },
    close: () => upstreams.close(),
  };
}
