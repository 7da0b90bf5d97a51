import './require-node.cjs';
import { join } from 'node:path';
import { stopOnSignal } from './hub/stop-on-signal.ts';
import { startTopology } from './topology/start-topology.ts';

/** Starts the hub as several processes over NATS and MongoDB on this machine, for a look at that shape. */
async function main(): Promise<void> {
  const directory = process.argv[2] ?? join(process.cwd(), 'data', 'topology');
  const stopping = new AbortController();
  const starting = startTopology({
    directory,
    signal: stopping.signal,
    onLine: (name, line) => console.error(`${name.padEnd(12)} ${line}`),
  });
  stopOnSignal(async () => {
    stopping.abort();
    // What was given up has ended already.
    await starting.then(
      (started) => started.close(),
      () => undefined,
    );
  });
  const topology = await starting;
  const { gateways, connectorsUrl, issuer, servers } = topology;
  console.log(`\nRunning over ${servers.description}.`);
  for (const [index, url] of gateways.entries()) console.log(`gateway-${index + 1}     ${url}/graphql`);
  if (connectorsUrl !== undefined) console.log(`connectors-1  ${connectorsUrl}/ingest/<source>`);
  for (const role of ['agent', 'operator', 'integrator'] as const) {
    console.log(`\n${role}\n${await issuer.issueToken({ role })}`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
