import { serveSubgraph } from '../../kernel/graphql/serve-subgraph.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { createShopSubgraphs } from './shop-subgraphs.ts';

/* The subgraphs over HTTP, as every gateway of the comparison reaches them. */
const { identitySecret } = measuredArgument() as { identitySecret: string };
const options = {
  port: 0,
  identitySecret,
  clock: new SystemClock(),
  ids: new UuidV7Ids(),
  telemetry: silentTelemetry,
};
const urls: Record<string, string> = {};
const leanUrls: Record<string, string> = {};
for (const subgraph of createShopSubgraphs()) {
  const served = await serveSubgraph(subgraph, options);
  urls[subgraph.name] = served.url;
  leanUrls[subgraph.name] = served.leanUrl;
}
serveMeasured('', { urls: () => urls, leanUrls: () => leanUrls });
