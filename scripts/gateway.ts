import './require-node.cjs';
import { destination } from 'pino';
import { SupergraphRefused } from '../gateway/planner/supergraph-refused.ts';
import { createTelemetry } from '../kernel/telemetry/create-telemetry.ts';
import { ArgumentFault, readArguments, USAGE } from './gateway/read-arguments.ts';
import { serveSupergraph } from './gateway/serve-supergraph.ts';
import { describeStartFailure } from './hub/start-failure.ts';
import { stopOnSignal } from './hub/stop-on-signal.ts';

const STDERR = 2;
/** So that a supervisor can tell what a restart would not mend. */
const EXIT = { failed: 1, wrongArguments: 2, supergraphRefused: 3 } as const;

async function main(): Promise<void> {
  const args = readArguments(process.argv.slice(2));
  if (!args) return console.log(USAGE);
  const telemetry = createTelemetry({ level: 'info', destination: destination(STDERR) });
  const served = await serveSupergraph(args, { telemetry });
  stopOnSignal(() => served.close());
  console.log(`The gateway serves ${served.subgraphs.join(', ')} at ${served.url}/graphql`);
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
