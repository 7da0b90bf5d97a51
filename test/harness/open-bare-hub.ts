import { destination } from 'pino';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { createHubClient, type HubClient } from '../../scripts/client/hub-client.ts';
import { readConfig } from '../../scripts/hub/config.ts';
import type { RetailOptions } from '../../scripts/hub/create-subgraphs.ts';
import { openHub } from '../../scripts/hub/open-hub.ts';
import type { Role } from '../../schema/scopes.ts';
import { freePort } from './free-port.ts';

const STDERR = 2;
const DRAIN_MS = 50;

/** Whose token it is, beside its role. */
export interface BareClaims {
  readonly customer?: string;
  readonly stores?: readonly string[];
}

/** A hub without outside systems: everything comes through the front door. */
export interface BareHub extends AsyncDisposable {
  readonly url: string;
  as(role: Role, claims?: BareClaims): Promise<HubClient>;
  tokenOf(role: Role, claims?: BareClaims): Promise<string>;
}

/**
 * @param retail networks and channels; absent: none
 * @param environment variables that differ from the defaults
 */
export async function openBareHub(
  retail?: RetailOptions,
  environment: Readonly<Record<string, string>> = {},
): Promise<BareHub> {
  const directory = await temporaryDirectory();
  const env = { STOCKWIRE_PORT: String(await freePort()), STOCKWIRE_DATA_DIR: directory.path, ...environment };
  const hub = await openHub({
    config: readConfig(env, directory.path),
    telemetry: createTelemetry({ level: 'error', destination: destination(STDERR), processMetrics: false }),
    subscriptionLimits: { drainMs: DRAIN_MS },
    ...(retail && { retail }),
  });
  const tokenOf: BareHub['tokenOf'] = async (role, claims = {}) =>
    (await hub.auth.devIssuer?.issueToken({ role, ...claims })) ?? '';
  return {
    url: hub.url,
    as: async (role, claims) => createHubClient(hub.url, await tokenOf(role, claims)),
    tokenOf,
    [Symbol.asyncDispose]: async () => {
      await hub.close();
      await directory.remove();
    },
  };
}
