import { destination } from 'pino';
import { createTelemetry } from '../../kernel/telemetry/create-telemetry.ts';
import { readConfig } from '../../scripts/hub/config.ts';
import type { RetailOptions } from '../../scripts/hub/create-subgraphs.ts';
import { openHub } from '../../scripts/hub/open-hub.ts';
import { plantFault, type PlantedFault } from './plant-fault.ts';

/* Runs a hub without outside systems alone in this process until it is killed. */

export interface BareHubProcessOptions {
  readonly port: number;
  readonly directory: string;
  readonly retail: RetailOptions;
  readonly fault?: PlantedFault;
}

const STDERR = 2;

async function serve({ port, directory, retail, fault }: BareHubProcessOptions): Promise<void> {
  if (fault) plantFault(fault);
  await openHub({
    config: readConfig({ STOCKWIRE_PORT: String(port), STOCKWIRE_DATA_DIR: directory }, directory),
    telemetry: createTelemetry({ level: 'error', destination: destination(STDERR), processMetrics: false }),
    retail,
  });
}

await serve(JSON.parse(process.argv[2] ?? '{}') as BareHubProcessOptions);
