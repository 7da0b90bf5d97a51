import { readFileSync } from 'node:fs';
import { createLocalJWKSet } from 'jose';
import { JwtAuthenticator } from '../../gateway/auth/authenticator.ts';
import { InProcessSubgraphClient } from '../../gateway/clients/in-process-subgraph-client.ts';
import { toResponseText } from '../../gateway/executor/prepared-operation.ts';
import { createGateway, type Gateway } from '../../gateway/main.ts';
import type { GraphqlRequest } from '../../gateway/executor/graphql-engine.ts';
import { createSubscriptions } from '../../gateway/subscriptions/create-subscriptions.ts';
import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { createInventory } from '../../subgraphs/inventory/main.ts';
import { createOrders } from '../../subgraphs/orders/main.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { commandReserver } from '../reservations/command-reserver.ts';
import { openStock } from '../reservations/open-stock.ts';
import { CHANNEL_ID } from '../reservations/reserver.ts';
import { LOCATION_IDS } from '../reservations/stock-facts.ts';
import { BENCH_AUDIENCE, BENCH_IDENTITY, BENCH_ISSUER, issueBenchToken } from '../storefront/bench-token.ts';
import { FlashSaleDesk } from './flash-sale-desk.ts';
import { OrderDesk } from './order-desk.ts';
import { openingStock } from './order-input.ts';
import { StoredOrders } from './stored-orders.ts';

/* The contexts of inventory and orders over embedded storage, behind the gateway, all in this process. */

export interface ServeOrdersArgument {
  /** An empty directory of its own, on a disk. */
  readonly directory: string;
  /** On sale of what everybody wants. Absent: none. */
  readonly flashUnits?: number;
}

const NETWORK_ID = 'UK';

const { directory, flashUnits = 0 } = measuredArgument() as ServeOrdersArgument;
const platform = await openEmbeddedPlatform({ directory });
const inventory = createInventory(platform, {
  networks: [{ id: NETWORK_ID, locations: LOCATION_IDS }],
  channels: [{ id: CHANNEL_ID, network: NETWORK_ID, currency: 'GBP', publishes: 'ATS' }],
});
await inventory.start();
const reserver = commandReserver(platform);
await openStock(platform, reserver, openingStock(flashUnits));
// No system runs the locations, so that work is given to them by the hub itself.
const outbound = { submit: () => Promise.reject(new Error('There is no outside system.')) };
const orders = createOrders(platform, { wms: [], pos: [], outbound });
await orders.start();
const gateway = await openGateway(platform, [inventory, orders]);
const ask = async (request: GraphqlRequest): Promise<string> =>
  toResponseText(await gateway.execute(request, BENCH_IDENTITY));
const desk = new OrderDesk(platform, ask);
const sale = new FlashSaleDesk(desk, ask, () => reserver.available());
const stored = await StoredOrders.open(platform);

serveMeasured('', {
  place: desk.load.bind(desk),
  settle: desk.settle.bind(desk),
  sell: sale.sell.bind(sale),
  store: stored.add.bind(stored),
  lookUp: stored.lookUp.bind(stored, ask),
});

async function openGateway(over: Platform, subgraphs: readonly Subgraph[]): Promise<Gateway> {
  const { clock, ids, telemetry, changeFeed, rpc } = over;
  const supergraphSdl = readFileSync(new URL('../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8');
  const format = createErrorFormatter({ ids, telemetry });
  const clients = subgraphs.map((subgraph) => new InProcessSubgraphClient(subgraph, format));
  const keys = createLocalJWKSet((await issueBenchToken()).jwks);
  return createGateway({
    supergraphSdl,
    clients,
    authenticator: new JwtAuthenticator({ keys, issuer: BENCH_ISSUER, audience: BENCH_AUDIENCE, clock }),
    clock,
    ids,
    telemetry,
    createSubscriptions: (host) => createSubscriptions({ host, supergraphSdl, clients, changeFeed, rpc }),
  });
}
