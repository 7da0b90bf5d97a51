import { destination } from 'pino';
import { createDemoCatalogue } from '../../connectors/simulators/demo-catalogue.ts';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { connectDemoRetailer, demoRetailOptions } from '../../scripts/demo/connect-demo-retailer.ts';
import { readConfig } from '../../scripts/hub/config.ts';
import { openHub } from '../../scripts/hub/open-hub.ts';
import type { HubProcessOptions } from './hub-process.ts';

/*
 * Runs a hub alone in this process until it is killed. The outside systems belong to the process that started it: they
 * live on, and have their webhooks subscribed already.
 */

const STDERR = 2;
const POLL_MS = 200;

async function serve({ port, directory, systems }: HubProcessOptions): Promise<void> {
  const config = readConfig({ STOCKWIRE_PORT: String(port), STOCKWIRE_DATA_DIR: directory }, directory);
  const { erp, wms, square, lightspeed, psp, parcels, tax, messages, oms, markets } = systems;
  const subscribe = () => undefined;
  const idOf = (ids: Readonly<Record<string, string>>) => (code: string) => ids[code] ?? '';
  const retailer = {
    catalogue: createDemoCatalogue(),
    erp,
    wms: { ...wms, subscribe },
    square: { url: square.url, locationId: idOf(square.locationIds), subscribe },
    lightspeed: { url: lightspeed.url, outletId: idOf(lightspeed.outletIds), subscribe },
    psp: { ...psp, subscribe },
    tax,
    parcels: { ...parcels, subscribe },
    messages,
    oms: { ...oms, subscribe },
    markets: { british: { ...markets.british, subscribe }, irish: { ...markets.irish, subscribe } },
  };
  await openHub({
    config,
    telemetry: createTelemetry({ level: 'error', destination: destination(STDERR), processMetrics: false }),
    retail: demoRetailOptions(retailer),
    connect: (platform, requestCatchUp) =>
      connectDemoRetailer(retailer, { platform, publicUrl: config.publicUrl, requestCatchUp }),
    pollerLimits: { intervalMs: POLL_MS },
  });
}

await serve(JSON.parse(process.argv[2] ?? '{}') as HubProcessOptions);
