import { ANONYMOUS } from '../auth/authenticator.ts';
import type { SubgraphClient } from '../executor/subgraph-client.ts';
import { HttpSubgraphClient } from './http-subgraph-client.ts';
import type { HttpSubgraphClientOptions } from './http-subgraph-client.ts';
import { mergeEntityFetches } from './merge-entity-fetches.ts';

/** What the owner of a subgraph says of how it is to be reached. */
export interface SubgraphReach extends Pick<HttpSubgraphClientOptions, 'propagatedHeaders' | 'limits'> {
  /** Its entities are the same for everybody, so that fetches of several requests may be one. Default: false. */
  readonly mergesEntityFetches?: boolean;
}

/** A client of a subgraph over HTTP, as its owner wants it. */
export function reachSubgraph(
  options: Omit<HttpSubgraphClientOptions, keyof SubgraphReach>,
  { mergesEntityFetches = false, ...reach }: SubgraphReach = {},
): SubgraphClient {
  const client = new HttpSubgraphClient({ ...options, ...reach });
  return mergesEntityFetches ? mergeEntityFetches(client, { identity: ANONYMOUS }) : client;
}
