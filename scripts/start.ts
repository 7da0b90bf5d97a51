import './require-node.cjs';
import { readConfig } from './hub/config.ts';
import { openProcessTelemetry } from './hub/open-process-telemetry.ts';
import { outliveRejections } from './hub/outlive-rejections.ts';
import { readRoles } from './hub/roles.ts';
import { describeStartFailure } from './hub/start-failure.ts';
import { startDemo } from './hub/start-demo.ts';
import { startRetailer } from './hub/start-retailer.ts';
import { startRoles } from './hub/start-roles.ts';

/** Everything in one process, or with `--role` some of it over NATS and MongoDB. */
async function start(): Promise<void> {
  const roles = readRoles(process.argv.slice(2));
  const config = readConfig(process.env, process.cwd());
  const processTelemetry = await openProcessTelemetry(config.logLevel, process.env);
  outliveRejections(processTelemetry.telemetry);
  const { systemsFile } = config;
  if (roles.length > 0) await startRoles(roles, config, processTelemetry);
  else if (systemsFile === undefined) await startDemo(config, processTelemetry);
  else await startRetailer({ config, systemsFile, env: process.env }, processTelemetry);
}

start().catch((error: unknown) => {
  console.error(describeStartFailure(error));
  process.exit(1);
});
