import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { ANONYMOUS } from '../auth/authenticator.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import { InProcessSubgraphClient } from '../clients/in-process-subgraph-client.ts';
import type { SubgraphClient } from '../executor/subgraph-client.ts';
import { createGateway } from '../main.ts';
import type { Gateway, GatewayOptions } from '../main.ts';
import { CLERK } from './open-shop-gateway.ts';
import { createShop } from './shop-subgraphs.ts';

/** Knows one caller, the clerk. */
const CLERK_ALONE: Authenticator = {
  authenticate: async (authorization) => {
    if (authorization === undefined) return ANONYMOUS;
    if (authorization === 'Bearer clerk') return CLERK;
    throw new Refusal('UNAUTHENTICATED', 'The token is not valid here.');
  },
};

export interface ShopEdge {
  readonly gateway: Gateway;
  /** Where it listens, without a path. */
  readonly url: string;
  readonly clock: FakeClock;
  readonly telemetry: RecordingTelemetry;
}

/** The shop behind a gateway that listens on a free port. */
export async function openShopEdge(
  options: Partial<GatewayOptions> = {},
  wrap = (client: SubgraphClient): SubgraphClient => client,
): Promise<ShopEdge> {
  const shop = createShop();
  const [clock, ids, telemetry] = [new FakeClock(), new SequentialIds(), new RecordingTelemetry()];
  const format = createErrorFormatter({ ids, telemetry });
  const gateway = createGateway({
    supergraphSdl: shop.supergraphSdl,
    clients: shop.subgraphs.map((subgraph) => wrap(new InProcessSubgraphClient(subgraph, format))),
    authenticator: CLERK_ALONE,
    clock,
    ids,
    telemetry,
    ...options,
  });
  return { gateway, url: await gateway.listen(0), clock, telemetry };
}
