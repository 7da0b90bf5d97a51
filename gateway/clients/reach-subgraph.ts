import type { LateSubscribers } from '../subscriptions/upstream/upstream.ts';
import type { UpstreamLimits } from '../subscriptions/upstream/upstream-limits.ts';
import { ANONYMOUS } from '../auth/authenticator.ts';
import type { SubgraphClient } from '../executor/subgraph-client.ts';
import { HttpSubgraphClient } from './http-subgraph-client.ts';
import type { HttpSubgraphClientOptions } from './http-subgraph-client.ts';
import { mergeEntityFetches } from './merge-entity-fetches.ts';

/** What the owner of a subgraph says of how it is to be reached. */
export interface SubgraphReach extends Pick<HttpSubgraphClientOptions, 'propagatedHeaders' | 'limits'> {
  /** Its entities are the same for everybody, so that fetches of several requests may be one. Default: false. */
  readonly mergesEntityFetches?: boolean;
  /**
   * Where it is subscribed at: graphql-transport-ws at `ws:` and `wss:`, server-sent events at `http:` and `https:`.
   * Default: where it answers queries, over WebSocket.
   */
  readonly subscriptionsUrl?: string;
  /** What differs from `DEFAULT_UPSTREAM_LIMITS`. */
  readonly subscriptionLimits?: Partial<UpstreamLimits>;
  /** Default: `apart`. */
  readonly lateSubscribers?: LateSubscribers;
}

/** A client of a subgraph over HTTP, as its owner wants it. */
export function reachSubgraph(
  options: Omit<HttpSubgraphClientOptions, keyof SubgraphReach>,
  { mergesEntityFetches = false, propagatedHeaders, limits }: SubgraphReach = {},
): SubgraphClient {
  const client = new HttpSubgraphClient({
    ...options,
    ...(propagatedHeaders && { propagatedHeaders }),
    ...(limits && { limits }),
  });
  return mergesEntityFetches ? mergeEntityFetches(client, { identity: ANONYMOUS }) : client;
}
