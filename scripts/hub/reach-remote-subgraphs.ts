import {
  DISCOVERED_MEMBERS_MAX,
  DiscoveredMembers,
  type DiscoveredMember,
} from '../../gateway/clients/discovered-members.ts';
import { HttpSubgraphClient } from '../../gateway/clients/http-subgraph-client.ts';
import { MEMBER_LIMITS, MemberWatch } from '../../gateway/clients/member-watch.ts';
import { fixedMembers, type PoolMembers } from '../../gateway/clients/pool-members.ts';
import { PooledSubgraphClient } from '../../gateway/clients/pooled-subgraph-client.ts';
import type { SubgraphClient } from '../../gateway/executor/subgraph-client.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Members } from '../../kernel/ports/members.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';

export interface RemoteSubgraph {
  readonly name: string;
  /** Of each process, without a path; none: those that announce themselves. */
  readonly addresses: readonly string[];
  readonly members: Members;
  readonly identitySecret: string;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

export interface ReachedRemote {
  readonly client: SubgraphClient;
  /** Whether anybody is known who answers for it. */
  readonly isFound: () => boolean;
}

/** A subgraph that other processes answer for, each below its name: `<address>/<name>/lean`. */
export function reachRemoteSubgraph(subgraph: RemoteSubgraph): ReachedRemote {
  const { name } = subgraph;
  const members = membersOf(subgraph);
  return { client: new PooledSubgraphClient({ name, members }), isFound: () => members.now.length > 0 };
}

function membersOf(subgraph: RemoteSubgraph): PoolMembers {
  const { name, addresses, members, clock, telemetry } = subgraph;
  const memberAt = (address: string): DiscoveredMember => ({
    client: new HttpSubgraphClient({ ...subgraph, url: new URL(`/${name}/lean`, address).href }),
    watch: new MemberWatch({
      name,
      readinessUrl: new URL(`/${name}/health/ready`, address).href,
      clock,
      telemetry,
      limits: MEMBER_LIMITS,
    }),
  });
  if (addresses.length > 0) return fixedMembers(addresses.map(memberAt));
  return new DiscoveredMembers({
    name,
    memberAt,
    telemetry,
    watch: (listener) => members.watch(name, listener),
    membersMax: DISCOVERED_MEMBERS_MAX,
  });
}
