import { join } from 'node:path';
import { serveSubgraph } from '../../kernel/graphql/serve-subgraph.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { createShopSubgraphs } from './shop-subgraphs.ts';

export type UrlByName = Readonly<Record<string, string>>;

/** The ways to reach the same subgraphs. */
export interface ServedUrls {
  readonly apollo: UrlByName;
  readonly lean: UrlByName;
  /** The lean endpoint over socket files. */
  readonly socket: UrlByName;
}

/* The subgraphs over HTTP, as every gateway of the comparison reaches them. */
const { identitySecret, socketFolder } = measuredArgument() as { identitySecret: string; socketFolder: string };
const options = {
  port: 0,
  // Gateways wait for their turn, and not every peer gets over a socket that is closed when it is used again.
  keepAliveMs: 3_600_000,
  identitySecret,
  clock: new SystemClock(),
  ids: new UuidV7Ids(),
  telemetry: silentTelemetry,
};
const apollo: Record<string, string> = {};
const lean: Record<string, string> = {};
const socket: Record<string, string> = {};
for (const subgraph of createShopSubgraphs()) {
  const { name } = subgraph;
  const served = await serveSubgraph(subgraph, { ...options, socketPath: join(socketFolder, `${name}.sock`) });
  apollo[name] = served.url;
  lean[name] = served.leanUrl;
  socket[name] = served.socketUrl ?? '';
}
serveMeasured('', { urls: (): ServedUrls => ({ apollo, lean, socket }) });
