import { HttpSubgraphClient } from '../../gateway/clients/http-subgraph-client.ts';
import { MEMBER_LIMITS, MemberWatch } from '../../gateway/clients/member-watch.ts';
import { PooledSubgraphClient, type PoolMember } from '../../gateway/clients/pooled-subgraph-client.ts';
import type { SubgraphClient } from '../../gateway/executor/subgraph-client.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';

export interface RemoteSubgraph {
  readonly name: string;
  /** Of each process, without a path. */
  readonly addresses: readonly [string, ...string[]];
  readonly identitySecret: string;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** A subgraph that other processes answer for, each below its name: `<address>/<name>/lean`. */
export function reachRemoteSubgraph(subgraph: RemoteSubgraph): SubgraphClient {
  const { name, addresses, clock, telemetry } = subgraph;
  const [first, ...others] = addresses;
  const memberAt = (address: string): PoolMember => ({
    client: new HttpSubgraphClient({ ...subgraph, url: new URL(`/${name}/lean`, address).href }),
    watch: new MemberWatch({
      name,
      readinessUrl: new URL(`/${name}/health/ready`, address).href,
      clock,
      telemetry,
      limits: MEMBER_LIMITS,
    }),
  });
  return new PooledSubgraphClient([memberAt(first), ...others.map(memberAt)]);
}
