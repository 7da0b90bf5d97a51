import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet } from 'jose';
import { JwtAuthenticator } from '../../gateway/auth/authenticator.ts';
import { InProcessSubgraphClient } from '../../gateway/clients/in-process-subgraph-client.ts';
import { toResponseText } from '../../gateway/executor/prepared-operation.ts';
import { createGateway, GRAPHQL_PATH, type Gateway } from '../../gateway/main.ts';
import { createSubscriptions } from '../../gateway/subscriptions/create-subscriptions.ts';
import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { listenRpc } from '../../kernel/adapters/socket/listen-rpc.ts';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { createInventory } from '../../subgraphs/inventory/main.ts';
import { BENCH_AUDIENCE, BENCH_IDENTITY, BENCH_ISSUER, issueBenchToken } from '../storefront/bench-token.ts';
import { commandReserver } from './command-reserver.ts';
import { openStock } from './open-stock.ts';
import { isReserved, reserveMutation } from './reserve-mutation.ts';
import { CHANNEL_ID, OPENING_STOCK } from './reserver.ts';
import type { Reserver } from './reserver.ts';
import type { HubAccess } from './hub-access.ts';
import { serveReserver } from './serve-reserver.ts';
import { LOCATION_IDS } from './stock-facts.ts';

/* The inventory context over embedded storage, behind the command of other contexts and behind the gateway. */
const NETWORK_ID = 'UK';

await serveReserver(async (directory) => {
  const platform = await openEmbeddedPlatform({ directory });
  const inventory = createInventory(platform, {
    networks: [{ id: NETWORK_ID, locations: LOCATION_IDS }],
    channels: [{ id: CHANNEL_ID, network: NETWORK_ID, currency: 'GBP', publishes: 'ATS' }],
  });
  await inventory.start();
  const command = commandReserver(platform);
  await openStock(platform, command, OPENING_STOCK);
  const secret = platform.ids.epoch() + platform.ids.epoch();
  const servers = { ...platform, servers: platform.rpc };
  const tcp = await listenRpc({ ...servers, endpoint: { kind: 'tcp', host: '127.0.0.1', port: 0 }, secret });
  const file = await listenRpc({ ...servers, endpoint: { kind: 'unix', path: join(directory, 'rpc.sock') } });
  const { token, jwks } = await issueBenchToken();
  const gateway = openGateway(platform, inventory, createLocalJWKSet(jwks));
  const graphql: Reserver = { reserve: mutationReserver(platform, gateway), available: () => command.available() };
  const access: HubAccess = { token, rpc: { tcp: tcp.endpoint, file: file.endpoint, secret } };
  return { ways: { command, graphql }, url: `${await gateway.listen(0)}${GRAPHQL_PATH}`, access };
});

function openGateway(platform: Platform, inventory: Subgraph, keys: ReturnType<typeof createLocalJWKSet>): Gateway {
  const { clock, ids, telemetry, changeFeed, rpc } = platform;
  const supergraphSdl = readFileSync(new URL('../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8');
  const clients = [new InProcessSubgraphClient(inventory, createErrorFormatter({ ids, telemetry }))];
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

function mutationReserver({ ids }: Platform, gateway: Gateway): Reserver['reserve'] {
  return async (skus) => {
    const outcome = await gateway.execute(reserveMutation(ids.next(), skus), BENCH_IDENTITY);
    return isReserved(toResponseText(outcome));
  };
}
