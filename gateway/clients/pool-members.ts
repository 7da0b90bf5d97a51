import type { SubgraphClient } from '../executor/subgraph-client.ts';

/** One of the processes that answer for a subgraph. */
export interface PoolMember {
  readonly client: SubgraphClient;
  readonly watch: {
    readonly isUsable: boolean;
    rest(): void;
    close(): void;
  };
}

/** The processes that answer for a subgraph at the moment. */
export interface PoolMembers {
  readonly now: readonly PoolMember[];
  close(): Promise<void>;
}

/** The same ones for as long as the gateway runs. */
export function fixedMembers(members: readonly PoolMember[]): PoolMembers {
  return { now: members, close: () => closeMembers(members) };
}

/** What is under way is finished first. */
export async function closeMembers(members: readonly PoolMember[]): Promise<void> {
  for (const { watch } of members) watch.close();
  await Promise.all(members.map(({ client }) => client.close()));
}
