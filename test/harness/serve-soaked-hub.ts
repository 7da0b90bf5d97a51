import { destination } from 'pino';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { readConfig } from '../../scripts/hub/config.ts';
import { openHub } from '../../scripts/hub/open-hub.ts';
import { loseFeedMessages, plantLiveFault, type PlantedLiveFault } from './plant-live-fault.ts';
import { SOAKED_RETAIL } from './soaked-world.ts';

/* Runs a hub alone in this process until it is killed, and answers its parent how much memory it holds. */

export interface SoakedHubOptions {
  readonly port: number;
  readonly directory: string;
  readonly fault?: PlantedLiveFault;
}

/** Told after garbage collection, for each message of the parent. */
export interface SoakedHubMemory {
  readonly heapBytes: number;
}

const STDERR = 2;

/** So small that clients are too slow within seconds, and those who stay away longer are given a snapshot or asked for. */
const LIMITS = { unreadBytesMax: 2_000, stalledMsMax: 3_000, ringMessagesMax: 100, subscriptionsPerClientMax: 1e6 };

async function serve({ port, directory, fault }: SoakedHubOptions): Promise<void> {
  loseFeedMessages();
  if (fault) plantLiveFault(fault);
  await openHub({
    config: readConfig({ STOCKWIRE_PORT: String(port), STOCKWIRE_DATA_DIR: directory }, directory),
    telemetry: createTelemetry({ level: 'error', destination: destination(STDERR), processMetrics: false }),
    retail: SOAKED_RETAIL,
    subscriptionLimits: LIMITS,
  });
  process.on('message', () => {
    globalThis.gc?.();
    globalThis.gc?.();
    process.send?.({ heapBytes: process.memoryUsage().heapUsed } satisfies SoakedHubMemory);
  });
  process.on('disconnect', () => process.exit());
}

await serve(JSON.parse(process.argv[2] ?? '{}') as SoakedHubOptions);
