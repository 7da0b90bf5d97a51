import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { TokenRequest } from '../../gateway/auth/dev-issuer.ts';
import { createHubClient, type HubClient } from '../../scripts/client/hub-client.ts';
import { startDemoRetailer, type DemoRetailer } from '../../scripts/demo/start-demo-retailer.ts';
import { DEMO_SYSTEMS_PATH, describeDemoSystems, subscribeDemoSystems } from '../../scripts/hub/demo-systems.ts';
import type { TopologyServers } from '../../scripts/topology/start-servers.ts';
import {
  startTopology,
  type StartTopologyOptions,
  type Topology,
  type TopologyShape,
} from '../../scripts/topology/start-topology.ts';

/** Two of everything, in as few processes as that needs. */
export const TWO_OF_EVERYTHING: TopologyShape = {
  'inventory-1': ['inventory'],
  'inventory-2': ['inventory'],
  'documents-1': ['products', 'orders', 'returns', 'operations'],
  'documents-2': ['products', 'orders', 'returns', 'operations'],
  'connectors-1': ['connectors'],
  'connectors-2': ['connectors'],
  'gateway-1': ['gateway'],
  'gateway-2': ['gateway'],
};

/** A hub of several processes, with the outside systems of the demo retailer in this one. */
export interface TestTopology extends Topology {
  readonly retailer: DemoRetailer;
  /** Default: the first gateway. */
  as(request: TokenRequest, gateway?: number): Promise<HubClient>;
  /** Of any process with a gateway. */
  clientAt(process: string, token: string): HubClient;
  /** Hands facts in. */
  readonly integrator: HubClient;
  /** The process that decides about stock, and the other one. */
  inventory(): Promise<{ readonly leader: string; readonly standby: string }>;
  remove(): Promise<void>;
}

export interface TestTopologyOptions extends Pick<StartTopologyOptions, 'root' | 'between' | 'natsServers'> {
  /** Called when the servers and the outside systems are there, and nothing runs over them yet. */
  readonly prepare?: (parts: { readonly servers: TopologyServers; readonly retailer: DemoRetailer }) => Promise<void>;
}

export async function openTestTopology(
  shape: TopologyShape,
  { prepare, ...options }: TestTopologyOptions = {},
): Promise<TestTopology> {
  const directory = await temporaryDirectory();
  const numbersFrom = Date.now();
  const retailer = await startDemoRetailer({ numbersFrom, randomSeed: numbersFrom % 2 ** 31 });
  const told = await tellOf(retailer);
  try {
    const topology = await startTopology({
      directory: directory.path,
      shape,
      ...options,
      prepare: async (servers) => prepare?.({ servers, retailer }),
      env: { STOCKWIRE_SIMULATORS_URL: told.url, STOCKWIRE_LOG_LEVEL: 'info' },
    });
    console.log(`The hub runs over ${topology.servers.description}.`);
    const { connectorsUrl = '' } = topology;
    subscribeDemoSystems(retailer, connectorsUrl);
    return {
      ...topology,
      retailer,
      as: async (request, gateway = 0) =>
        createHubClient(topology.gateways[gateway] ?? '', await topology.issuer.issueToken(request)),
      clientAt: (process, token) => createHubClient(topology.urlOf(process), token),
      integrator: createHubClient(connectorsUrl, await topology.issuer.issueToken({ role: 'integrator' })),
      inventory: () => findLeader(topology),
      remove: async () => {
        await topology.close();
        await retailer.close();
        await told.close();
        await directory.remove();
      },
    };
  } catch (error) {
    await retailer.close();
    await told.close();
    await directory.remove();
    throw error;
  }
}

async function findLeader(topology: Topology): Promise<{ readonly leader: string; readonly standby: string }> {
  const names = ['inventory-1', 'inventory-2'];
  return waitFor(async () => {
    const leading = await Promise.all(names.map((name) => isLeading(topology.urlOf(name))));
    const leaders = names.filter((_, index) => leading[index]);
    const [leader] = leaders;
    const standby = names.find((name) => name !== leader);
    return leaders.length === 1 && leader !== undefined && standby !== undefined ? { leader, standby } : undefined;
  }, 'one leader');
}

/** Which of some processes holds a lease of this name. */
export async function holderOf(topology: Topology, names: readonly string[], lease: string): Promise<string> {
  return waitFor(async () => {
    const metrics = await Promise.all(names.map((name) => metricsOf(topology.urlOf(name))));
    return names.find((_, index) => metrics[index]?.includes(`\nlease_held{name="${lease}"} 1\n`));
  }, `who holds ${lease}`);
}

export async function isLeading(url: string): Promise<boolean> {
  const metrics = await metricsOf(url);
  return /^writer_leads\{[^}]*\} 1$/m.test(metrics);
}

/** Empty when the process does not answer. */
async function metricsOf(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(1_000) });
    return await response.text();
  } catch {
    return '';
  }
}

/** What the process of the simulators would tell the others. */
async function tellOf(retailer: DemoRetailer): Promise<{ readonly url: string; close(): Promise<void> }> {
  const systems = JSON.stringify(describeDemoSystems(retailer));
  const server = createServer((request, response) => {
    response.statusCode = request.url === DEMO_SYSTEMS_PATH ? 200 : 404;
    response.end(systems);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
