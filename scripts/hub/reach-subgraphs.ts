import { HttpSubgraphClient } from '../../gateway/clients/http-subgraph-client.ts';
import { InProcessSubgraphClient } from '../../gateway/clients/in-process-subgraph-client.ts';
import type { SubgraphClient } from '../../gateway/executor/subgraph-client.ts';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { serveSubgraph } from '../../kernel/graphql/serve-subgraph.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import type { Platform } from '../../kernel/ports/platform.ts';

/** How the gateway reaches the subgraphs of its own process: in memory, or each over HTTP as if it ran elsewhere. */
export type SubgraphTransport = 'in-process' | 'http';

export interface ReachedSubgraphs {
  readonly clients: readonly SubgraphClient[];
  /** Stops serving them; the clients are closed by the gateway. */
  close(): Promise<void>;
}

export async function reachSubgraphs(
  subgraphs: readonly Subgraph[],
  options: { readonly transport: SubgraphTransport; readonly identitySecret: string; readonly platform: Platform },
): Promise<ReachedSubgraphs> {
  const { transport, identitySecret, platform } = options;
  if (transport === 'in-process') {
    const format = createErrorFormatter(platform);
    const clients = subgraphs.map((subgraph) => new InProcessSubgraphClient(subgraph, format));
    return { clients, close: () => Promise.resolve() };
  }
  const served = await Promise.all(
    subgraphs.map(async (subgraph) => ({
      name: subgraph.name,
      server: await serveSubgraph(subgraph, { port: 0, identitySecret, ...platform }),
    })),
  );
  return {
    clients: served.map(
      ({ name, server }) => new HttpSubgraphClient({ name, url: server.leanUrl, identitySecret, ...platform }),
    ),
    close: async () => {
      await Promise.all(served.map(({ server }) => server.close()));
    },
  };
}
