import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { destination } from 'pino';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { createHubClient, type HubClient } from '../../scripts/client/hub-client.ts';
import { readConfig } from '../../scripts/hub/config.ts';
import { openHub, type HubOptions } from '../../scripts/hub/open-hub.ts';
import type { Role } from '../../schema/scopes.ts';
import { connectSystems } from '../../scripts/systems/connect-systems.ts';
import { readSystemsFile } from '../../scripts/systems/read-systems-file.ts';
import { freePort } from './free-port.ts';

/** A hub before the systems of a file, seen through the public API. */
export interface RetailerHub extends AsyncDisposable {
  readonly url: string;
  as(role: Role, claims?: { readonly customer?: string }): Promise<HubClient>;
}

const STDERR = 2;
const DRAIN_MS = 50;
const POLL_MS = 200;

/** @param file what the file of systems says, as JSON data; @param secrets the variables that it names */
export async function openRetailerHub(
  file: object,
  secrets: Readonly<Record<string, string>> = {},
  options: Pick<HubOptions, 'pollerLimits' | 'reconciliationLimits'> = {},
): Promise<RetailerHub> {
  const directory = await temporaryDirectory();
  const path = join(directory.path, 'systems.json');
  await writeFile(path, JSON.stringify(file));
  const env = { STOCKWIRE_PORT: String(await freePort()), STOCKWIRE_DATA_DIR: join(directory.path, 'data') };
  const config = readConfig({ ...env, STOCKWIRE_SYSTEMS: path }, directory.path);
  const retailer = readSystemsFile(path, secrets);
  const hub = await openHub({
    config,
    telemetry: createTelemetry({ level: 'error', destination: destination(STDERR), processMetrics: false }),
    retail: retailer.retail,
    salesPostingLimits: retailer.salesPosting,
    folders: retailer.folders,
    connect: (platform, requestCatchUp) =>
      connectSystems(retailer, { platform, publicUrl: config.publicUrl, requestCatchUp }),
    subscriptionLimits: { drainMs: DRAIN_MS },
    pollerLimits: { intervalMs: POLL_MS, ...options.pollerLimits },
    reconciliationLimits: { ...retailer.reconciliation, ...options.reconciliationLimits },
  });
  return {
    url: hub.url,
    as: async (role, claims = {}) =>
      createHubClient(hub.url, (await hub.auth.devIssuer?.issueToken({ role, ...claims })) ?? ''),
    [Symbol.asyncDispose]: async () => {
      await hub.close();
      await directory.remove();
    },
  };
}
