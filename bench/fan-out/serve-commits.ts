import { readConfig } from '../../scripts/hub/config.ts';
import { openHub } from '../../scripts/hub/open-hub.ts';
import { NO_SYSTEMS } from '../../scripts/hub/systems.ts';
import { GRAPHQL_PATH } from '../../gateway/main.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { availabilityChanged } from '../../schema/events/inventory.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { commandReserver } from '../reservations/command-reserver.ts';
import { openStock } from '../reservations/open-stock.ts';
import { LOCATION_IDS } from '../reservations/stock-facts.ts';
import { CHANNEL_ID, publishPaced, skuIdOf } from './change-script.ts';
import type { Committed } from './commit-latency.ts';
import { SERVER_HANDLERS } from './server-handlers.ts';

/* The whole hub over embedded storage; every change is a reservation that is made durable. */
export interface ServeCommitsArgument {
  readonly directory: string;
  readonly skuCount: number;
}

export interface CommitArgument {
  readonly perSecond: number;
  readonly seconds: number;
}

const NETWORK_ID = 'UK';
/** More than is reserved in one run; equal parts at each location. */
const UNITS_EACH = 4_000_000;

const { directory, skuCount } = measuredArgument() as ServeCommitsArgument;
const skuIds = Array.from({ length: skuCount }, (_, index) => skuIdOf(index));
let committed: Committed[] = [];
let platform: Platform | undefined;
// Any free port, which the configuration of a deployment does not offer.
const config = { ...readConfig({ STOCKWIRE_DATA_DIR: directory }, directory), port: 0 };
const hub = await openHub({
  config,
  telemetry: createTelemetry({ level: 'error', processMetrics: false }),
  retail: {
    networks: [{ id: NETWORK_ID, locations: LOCATION_IDS }],
    channels: [{ id: CHANNEL_ID, network: NETWORK_ID, currency: 'GBP', publishes: 'ATS' }],
  },
  connect: async (opened) => {
    platform = opened;
    noteCommits(opened);
    return NO_SYSTEMS;
  },
});
if (!platform) throw new Error('The hub connected nothing.');
const reserver = commandReserver(platform);
await openStock(platform, reserver, new Map(skuIds.map((sku) => [sku, UNITS_EACH])));

serveMeasured(`${hub.url.replace('http', 'ws')}${GRAPHQL_PATH}`, {
  ...SERVER_HANDLERS,
  /** Reserves a unit of SKU after SKU, at a steady rate. @returns what was committed */
  commit: async ({ perSecond, seconds }: CommitArgument): Promise<readonly Committed[]> => {
    committed = [];
    let next = 0;
    const pending: Promise<void>[] = [];
    const reserve = async (): Promise<void> => {
      const sku = skuIds[next++ % skuCount] ?? '';
      if (!(await reserver.reserve([sku]))) throw new Error(`${sku} is sold out.`);
    };
    const events = Math.ceil(perSecond * seconds);
    await publishPaced({ events, changesPerEvent: 1, perSecond }, () => pending.push(reserve()));
    await Promise.all(pending);
    return committed;
  },
});

/** The ledger publishes as soon as a batch is durable, so that is the moment of the commit. */
function noteCommits({ changeFeed }: Platform): void {
  const publish = changeFeed.publish.bind(changeFeed);
  changeFeed.publish = (message) => {
    const atMs = performance.timeOrigin + performance.now();
    for (const { event, version, value } of message.records) {
      if (event === availabilityChanged.type && value['channel'] === CHANNEL_ID) {
        committed.push({ sku: String(value['sku']), version, atMs });
      }
    }
    publish(message);
  };
}
