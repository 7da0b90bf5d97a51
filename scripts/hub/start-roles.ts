import { flushCompileCache } from 'node:module';
import type { HubConfig } from './config.ts';
import type { ProcessTelemetry } from './open-process-telemetry.ts';
import { openRoles } from './open-roles.ts';
import type { HubRole } from './roles.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** These roles of the hub, until a signal ends them. */
export async function startRoles(
  roles: readonly HubRole[],
  config: HubConfig,
  processTelemetry: ProcessTelemetry,
): Promise<void> {
  const opened = await openRoles({ roles, config, telemetry: processTelemetry.telemetry });
  const addresses = [opened.edgeUrl, opened.internalUrl].filter((url) => url !== undefined);
  console.log(`${roles.join(', ')} at ${addresses.join(' and ')}`);
  // Where NODE_COMPILE_CACHE names a folder: whoever is killed writes nothing in the end.
  flushCompileCache();
  stopOnSignal(async () => {
    console.log('Stopping: finishing what is under way.');
    await opened.close();
    await processTelemetry.close();
  });
}
