import { connectSystems } from '../systems/connect-systems.ts';
import { readSystemsFile } from '../systems/read-systems-file.ts';
import type { HubConfig } from './config.ts';
import { openHub } from './open-hub.ts';
import type { ProcessTelemetry } from './open-process-telemetry.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** The whole hub in one process in front of the systems that a file names, until a signal ends it. */
export async function startRetailer(
  {
    config,
    systemsFile,
    env,
  }: { readonly config: HubConfig; readonly systemsFile: string; readonly env: NodeJS.ProcessEnv },
  processTelemetry: ProcessTelemetry,
): Promise<void> {
  const retailer = readSystemsFile(systemsFile, env);
  const hub = await openHub({
    config,
    telemetry: processTelemetry.telemetry,
    retail: retailer.retail,
    salesPostingLimits: retailer.salesPosting,
    reconciliationLimits: retailer.reconciliation,
    folders: retailer.folders,
    connect: (platform, requestCatchUp) =>
      connectSystems(retailer, { platform, publicUrl: config.publicUrl, requestCatchUp }),
  });
  const systems = retailer.systems.map(({ system, vendor }) => `${system} (${vendor})`);
  console.log(`Open ${hub.url}/graphql; connected: ${systems.length > 0 ? systems.join(', ') : 'no system'}.`);
  stopOnSignal(async () => {
    console.log('Stopping: finishing what is under way.');
    await hub.close();
    await processTelemetry.close();
  });
}
