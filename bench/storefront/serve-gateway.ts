import { readFileSync } from 'node:fs';
import { createLocalJWKSet } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { JwtAuthenticator } from '../../gateway/auth/authenticator.ts';
import { HttpSubgraphClient } from '../../gateway/clients/http-subgraph-client.ts';
import { InProcessSubgraphClient } from '../../gateway/clients/in-process-subgraph-client.ts';
import { createGateway, GRAPHQL_PATH } from '../../gateway/main.ts';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { BENCH_AUDIENCE, BENCH_ISSUER } from './bench-token.ts';
import { createShopSubgraphs } from './shop-subgraphs.ts';

/** What the hub's gateway is started with. Without `urls` the subgraphs run in its own process. */
export interface ServeGatewayArgument {
  readonly jwks: JSONWebKeySet;
  readonly identitySecret: string;
  readonly urls?: Readonly<Record<string, string>>;
}

const { jwks, identitySecret, urls } = measuredArgument() as ServeGatewayArgument;
const clock = new SystemClock();
const ids = new UuidV7Ids();
const telemetry = createTelemetry({ level: 'warn' });
// Bounds that are counted and never met.
const costLimits = { costMax: 1e9 };
const clientLimits = { requestsPerWindowMax: 1e12, costPerWindowMax: 1e15 };
const gateway = createGateway({
  supergraphSdl: readFileSync(new URL('../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8'),
  clients: urls
    ? Object.entries(urls).map(([name, url]) => new HttpSubgraphClient({ name, url, identitySecret, clock, telemetry }))
    : createShopSubgraphs().map(
        (subgraph) => new InProcessSubgraphClient(subgraph, createErrorFormatter({ ids, telemetry })),
      ),
  authenticator: new JwtAuthenticator({
    keys: createLocalJWKSet(jwks),
    issuer: BENCH_ISSUER,
    audience: BENCH_AUDIENCE,
    clock,
  }),
  costLimits,
  clientLimits,
  clock,
  ids,
  telemetry,
});
serveMeasured(`${await gateway.listen(0)}${GRAPHQL_PATH}`);
