import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from '../../scripts/topology/child.ts';
import { freePorts } from '../../scripts/topology/free-ports.ts';
import { startTopology, type TopologyShape } from '../../scripts/topology/start-topology.ts';
import { openSelling, type Shop } from './shop.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const SHAPE: TopologyShape = {
  'inventory-1': ['inventory'],
  'inventory-2': ['inventory'],
  'documents-1': ['orders', 'returns', 'products', 'operations'],
  'documents-2': ['orders', 'returns', 'products', 'operations'],
  'connectors-1': ['connectors'],
  'gateway-1': ['gateway'],
  'gateway-2': ['gateway'],
};

async function folder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'stockwire-bench-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Everything in one process over embedded storage. */
export async function openEmbeddedShop(): Promise<Shop> {
  const directory = await folder();
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const hub = new Child({
    name: 'hub',
    command: process.execPath,
    args: () => [
      join(ROOT, 'test', 'harness', 'serve-bare-hub.ts'),
      JSON.stringify({ port, directory: directory.path, retail: { networks: [], channels: [] } }),
    ],
    env: () => ({ PATH: process.env['PATH'] ?? '' }),
    readyUrl: `${url}/health/ready`,
  });
  await hub.start();
  const tokenOf = async (role: 'agent' | 'operator' | 'integrator') => {
    const response = await fetch(new URL(`/dev/token?role=${role}`, url), { method: 'POST' });
    return ((await response.json()) as { token: string }).token;
  };
  const gateways = await openSelling({ gateways: [url], connectorsUrl: url, tokenOf });
  return {
    name: 'embedded, one process',
    gateways,
    processes: { hub: [hub.pid ?? 0] },
    close: async () => {
      await hub.kill();
      await directory.remove();
    },
  };
}

/** Two of each over NATS and MongoDB on this machine. @returns which servers besides */
export async function openDistributedShop(): Promise<Shop & { readonly servers: string }> {
  const directory = await folder();
  const topology = await startTopology({ directory: directory.path, shape: SHAPE });
  const { gateways, connectorsUrl = '', issuer, servers } = topology;
  const tokenOf = (role: 'agent' | 'operator' | 'integrator') => issuer.issueToken({ role });
  const clients = await openSelling({ gateways, connectorsUrl, tokenOf });
  const pidsOf = (role: string): readonly number[] =>
    topology.processes
      .filter(({ name }) => name.startsWith(role))
      .flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  return {
    name: 'several processes over NATS',
    servers: servers.description,
    gateways: clients,
    processes: {
      gateway: pidsOf('gateway'),
      inventory: pidsOf('inventory'),
      documents: pidsOf('documents'),
      nats: pidsOf('nats'),
    },
    close: async () => {
      await topology.close();
      await directory.remove();
    },
  };
}
