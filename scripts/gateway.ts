import './require-node.cjs';
import { SupergraphRefused } from '../gateway/planner/supergraph-refused.ts';
import type { Telemetry } from '../kernel/ports/telemetry.ts';
import { ArgumentFault, readArguments, USAGE } from './gateway/read-arguments.ts';
import { serveSupergraph, type ServedSupergraph } from './gateway/serve-supergraph.ts';
import { watchForChange } from './gateway/watch-file.ts';
import { openProcessTelemetry } from './hub/open-process-telemetry.ts';
import { outliveRejections } from './hub/outlive-rejections.ts';
import { describeStartFailure } from './hub/start-failure.ts';
import { stopOnSignal } from './hub/stop-on-signal.ts';

/** How soon a new file is seen. */
const WATCH_INTERVAL_MS = 2_000;
/** So that a supervisor can tell what a restart would not mend. */
const EXIT = { failed: 1, wrongArguments: 2, supergraphRefused: 3 } as const;

async function main(): Promise<void> {
  const args = readArguments(process.argv.slice(2));
  if (!args) return console.log(USAGE);
  const processTelemetry = await openProcessTelemetry('info', process.env);
  const { telemetry } = processTelemetry;
  outliveRejections(telemetry);
  const served = await serveSupergraph(args, { telemetry, isProduction: process.env['NODE_ENV'] === 'production' });
  const reload = () => reloadOrGoOn(served, telemetry);
  const stopWatching = watchForChange(args.supergraph, WATCH_INTERVAL_MS, reload);
  process.on('SIGHUP', reload);
  stopOnSignal(async () => {
    stopWatching();
    await served.close();
    await processTelemetry.close();
  });
  console.log(`The gateway serves ${served.subgraphs.join(', ')} at ${served.url}/graphql`);
}

function reloadOrGoOn(served: ServedSupergraph, telemetry: Telemetry): void {
  try {
    const subgraphs = served.reload();
    telemetry.count('supergraph_reloads_total', { outcome: 'served' });
    telemetry.log('info', 'the supergraph was read again', { subgraphs });
  } catch (error) {
    telemetry.count('supergraph_reloads_total', { outcome: 'refused' });
    telemetry.log('error', 'the new supergraph is refused, the former one goes on', { reason: String(error) });
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof ArgumentFault) return EXIT.wrongArguments;
  return error instanceof SupergraphRefused ? EXIT.supergraphRefused : EXIT.failed;
}

function describe(error: unknown): unknown {
  if (error instanceof ArgumentFault) return `${error.message}\n\n${USAGE}`;
  if (error instanceof SupergraphRefused) return `The supergraph is refused. ${error.message}`;
  return describeStartFailure(error);
}

main().catch((error: unknown) => {
  console.error(describe(error));
  process.exit(exitCodeOf(error));
});
