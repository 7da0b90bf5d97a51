import { readFileSync } from 'node:fs';
import { createLocalJWKSet } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { JwtAuthenticator } from '../../gateway/auth/authenticator.ts';
import { openCaching } from '../../gateway/caching/open-caching.ts';
import type { Caching } from '../../gateway/caching/open-caching.ts';
import { HttpSubgraphClient } from '../../gateway/clients/http-subgraph-client.ts';
import { createGateway, GRAPHQL_PATH } from '../../gateway/main.ts';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { PUBLISHED_EVENTS } from '../../schema/events/published-events.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { BENCH_AUDIENCE, BENCH_ISSUER } from '../storefront/bench-token.ts';
import { SHELF_SKUS } from './shelf.ts';

/** What is kept: nothing; answers and fetches, as the hub does; or fetches alone. */
type Keeps = 'nothing' | 'all' | 'fetches';

export interface ServeCachingArgument {
  readonly jwks: JSONWebKeySet;
  readonly identitySecret: string;
  readonly urls: Readonly<Record<string, string>>;
  readonly keeps: Keeps;
  /** What is kept may take so much. */
  readonly bytesMax: number;
}

/** Reads of the cache since the start. */
export interface CacheReads {
  readonly hits: number;
  readonly misses: number;
}

export interface Evictions {
  /** CPU time of the eviction of one SKU. */
  readonly usPerChange: number;
  /** What was let go of for it. */
  readonly bytesPerChange: number;
}

const { jwks, identitySecret, urls, keeps, bytesMax } = measuredArgument() as ServeCachingArgument;
const [clock, ids] = [new SystemClock(), new UuidV7Ids()];
const telemetry = createTelemetry({ level: 'warn' });
// Changes come by the question below.
const changeFeed = { publish: () => undefined, subscribe: () => () => undefined };
const caching = openCaching({ bytesMax, changeFeed, clock, telemetry, events: PUBLISHED_EVENTS });
const gateway = createGateway({
  supergraphSdl: readFileSync(new URL('../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8'),
  clients: Object.entries(urls).map(
    ([name, url]) => new HttpSubgraphClient({ name, url, identitySecret, clock, telemetry }),
  ),
  authenticator: new JwtAuthenticator({
    keys: createLocalJWKSet(jwks),
    issuer: BENCH_ISSUER,
    audience: BENCH_AUDIENCE,
    clock,
  }),
  ...(keeps !== 'nothing' && { caching: keeps === 'all' ? caching : withoutAnswers(caching) }),
  clock,
  ids,
  telemetry,
});

/** No answer of its own has a place. */
function withoutAnswers(whole: Caching): Caching {
  return {
    ...whole,
    forSupergraph: (...given) => {
      const caches = whole.forSupergraph(...given);
      caches.answers.placeOf = () => undefined;
      return caches;
    },
  };
}

serveMeasured(`${await gateway.listen(0)}${GRAPHQL_PATH}`, {
  reads: async (): Promise<CacheReads> => {
    const text = await telemetry.metricsText();
    const countOf = (outcome: string): number =>
      Number(new RegExp(`^cache_reads_total\\{outcome="${outcome}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
    return { hits: countOf('hit'), misses: countOf('miss') };
  },
  evict: (): Evictions => {
    const [before, bytesBefore] = [process.cpuUsage(), caching.store.bytes];
    for (const sku of SHELF_SKUS) caching.store.evict('inventory', [sku]);
    const { user, system } = process.cpuUsage(before);
    return {
      usPerChange: (user + system) / SHELF_SKUS.length,
      bytesPerChange: (bytesBefore - caching.store.bytes) / SHELF_SKUS.length,
    };
  },
});
