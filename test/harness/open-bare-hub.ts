import { destination } from 'pino';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { createHubClient, type HubClient } from '../../scripts/client/hub-client.ts';
import { readConfig } from '../../scripts/hub/config.ts';
import { openHub } from '../../scripts/hub/open-hub.ts';
import type { Role } from '../../schema/scopes.ts';
import { freePort } from './open-demo-hub.ts';

const STDERR = 2;
const DRAIN_MS = 50;

/** A hub without outside systems: everything comes through the front door. */
export interface BareHub extends AsyncDisposable {
  as(role: Role): Promise<HubClient>;
}

export async function openBareHub(): Promise<BareHub> {
  const directory = await temporaryDirectory();
  const env = { STOCKWIRE_PORT: String(await freePort()), STOCKWIRE_DATA_DIR: directory.path };
  const hub = await openHub({
    config: readConfig(env, directory.path),
    telemetry: createTelemetry({ level: 'error', destination: destination(STDERR), processMetrics: false }),
    subscriptionLimits: { drainMs: DRAIN_MS },
  });
  return {
    as: async (role) => createHubClient(hub.url, await hub.auth.devIssuer?.issueToken({ role })),
    [Symbol.asyncDispose]: async () => {
      await hub.close();
      await directory.remove();
    },
  };
}
