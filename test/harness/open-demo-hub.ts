import { destination } from 'pino';
import type { Role } from '../../schema/scopes.ts';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { createHubClient, type HubClient } from '../../scripts/client/hub-client.ts';
import { connectDemoRetailer, demoRetailOptions } from '../../scripts/demo/connect-demo-retailer.ts';
import {
  startDemoRetailer,
  type DemoRetailer,
  type DemoRetailerOptions,
} from '../../scripts/demo/start-demo-retailer.ts';
import { readConfig } from '../../scripts/hub/config.ts';
import { openHub, type Hub, type HubOptions } from '../../scripts/hub/open-hub.ts';
import type { SubgraphTransport } from '../../scripts/hub/reach-subgraphs.ts';
import { freePort } from './free-port.ts';

/** A whole hub with its simulated outside systems, seen through the public API. */
export interface DemoHub {
  readonly hub: Hub;
  readonly retailer: DemoRetailer;
  readonly directory: string;
  /** A client with a token of this role. */
  as(role: Role, claims?: { readonly stores?: readonly string[]; readonly customer?: string }): Promise<HubClient>;
  tokenOf(role: Role, claims?: { readonly stores?: readonly string[]; readonly customer?: string }): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface DemoHubOptions {
  readonly transport?: SubgraphTransport;
  /** Default: a new one, removed at the end. */
  readonly directory?: string;
  /** Default: any that is free. */
  readonly port?: number;
  readonly pollerLimits?: HubOptions['pollerLimits'];
  readonly productsLimits?: HubOptions['productsLimits'];
  /** What of it differs from the demo retailer's. */
  readonly retail?: HubOptions['retail'];
  readonly reconciliationLimits?: HubOptions['reconciliationLimits'];
  readonly salesPostingLimits?: HubOptions['salesPostingLimits'];
  /** Whether the marketplaces are told how much may be sold there. Default false. */
  readonly offersStock?: boolean;
  /** Of all outside systems, from the start. */
  readonly faults?: DemoRetailerOptions['faults'];
}

const STDERR = 2;
/** Nobody comes back to a test hub. */
const DRAIN_MS = 50;

export async function openDemoHub(options: DemoHubOptions = {}): Promise<DemoHub> {
  const { pollerLimits, productsLimits, reconciliationLimits, salesPostingLimits, faults, offersStock } = options;
  const own = options.directory === undefined ? await temporaryDirectory() : undefined;
  const port = options.port ?? (await freePort());
  const dataDirectory = options.directory ?? own?.path ?? '';
  const config = readConfig({ STOCKWIRE_PORT: String(port), STOCKWIRE_DATA_DIR: dataDirectory }, process.cwd());
  const numbersFrom = Date.now();
  const retailer = await startDemoRetailer({
    numbersFrom,
    randomSeed: numbersFrom % 2 ** 31,
    ...(faults && { faults }),
  });
  const hub = await openHub({
    config,
    telemetry: createTelemetry({ level: 'error', destination: destination(STDERR), processMetrics: false }),
    retail: { ...demoRetailOptions(retailer), ...options.retail },
    connect: (platform, requestCatchUp) =>
      connectDemoRetailer(retailer, {
        platform,
        publicUrl: config.publicUrl,
        requestCatchUp,
        ...(offersStock !== undefined && { offersStock }),
      }),
    subgraphTransport: options.transport ?? 'in-process',
    subscriptionLimits: { drainMs: DRAIN_MS },
    ...(pollerLimits && { pollerLimits }),
    ...(productsLimits && { productsLimits }),
    ...(reconciliationLimits && { reconciliationLimits }),
    ...(salesPostingLimits && { salesPostingLimits }),
  }).catch(async (error: unknown) => {
    await retailer.close();
    throw error;
  });
  const tokenOf: DemoHub['tokenOf'] = (role, claims = {}) => {
    if (!hub.auth.devIssuer) throw new Error('The demo hub has no development issuer.');
    return hub.auth.devIssuer.issueToken({ role, ...claims });
  };
  return {
    hub,
    retailer,
    directory: dataDirectory,
    tokenOf,
    as: async (role, claims) =>
      createHubClient(hub.url, role === 'anonymous' ? undefined : await tokenOf(role, claims)),
    [Symbol.asyncDispose]: async () => {
      await hub.close();
      await retailer.close();
      await own?.[Symbol.asyncDispose]();
    },
  };
}
