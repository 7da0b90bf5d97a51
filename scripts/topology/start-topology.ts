import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openDevIssuer, type DevIssuer } from '../../gateway/auth/dev-issuer.ts';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { SUBGRAPH_ROLES, type HubRole } from '../hub/roles.ts';
import { Child, type TopologyProcess } from './child.ts';
import { freePorts } from './free-ports.ts';
import { startServers, type TopologyServers } from './start-servers.ts';

/** Processes by name, each with its roles. */
export type TopologyShape = Readonly<Record<string, readonly HubRole[]>>;

/** Two of what carries the load, one of what does not. */
export const TOPOLOGY_SHAPE: TopologyShape = {
  'simulators-1': ['simulators'],
  'inventory-1': ['inventory'],
  'inventory-2': ['inventory'],
  'orders-1': ['orders', 'returns'],
  'orders-2': ['orders', 'returns'],
  'products-1': ['products', 'operations'],
  'connectors-1': ['connectors'],
  'gateway-1': ['gateway'],
  'gateway-2': ['gateway'],
};

export interface StartTopologyOptions {
  /** For everything that the processes keep. */
  readonly directory: string;
  /** Default: TOPOLOGY_SHAPE. */
  readonly shape?: TopologyShape;
  /** Besides what the topology sets for each process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the code of a process is, asked each time that it starts: of this version or of another. Default: of this one. */
  readonly root?: (process: string) => string;
  /** Servers of NATS that are started, each keeping everything. Default: one. */
  readonly natsServers?: 1 | 3;
  /** Called when the servers are there and nothing runs over them yet. */
  readonly prepare?: (servers: TopologyServers) => Promise<void>;
  /** Gives up starting, and ends what runs already. */
  readonly signal?: AbortSignal;
  /** Hears every line of every process. */
  readonly onLine?: (name: string, line: string) => void;
  /** Put between the processes and the servers, such as a proxy that can cut them off. */
  readonly reach?: (process: string, servers: TopologyServers) => Pick<TopologyServers, 'natsUrl' | 'mongoUrl'>;
  /**
   * As `reach`, between two processes: where the first finds the other, which is at `url`. Given, every process is told the
   * addresses of the others; else they find each other by what they announce.
   */
  readonly between?: (process: string, other: string, url: string) => string;
}

export interface Topology {
  readonly servers: TopologyServers;
  /** Addresses of the gateways, in the order of the shape, without a path. */
  readonly gateways: readonly string[];
  /** Where `/ingest` and `/webhooks` are; undefined without connectors. */
  readonly connectorsUrl: string | undefined;
  /** Tokens that every process of the topology accepts. */
  readonly issuer: DevIssuer;
  /** `nats`, `mongo` and those of the shape. @throws for an unknown name */
  process(name: string): TopologyProcess;
  /** Starts one more. Resolves when it is ready. */
  add(name: string, roles: readonly HubRole[]): Promise<TopologyProcess>;
  /** Where a process of the shape answers `/health/ready` and `/metrics`. */
  urlOf(name: string): string;
  readonly processes: readonly TopologyProcess[];
  /** Ends everything, the servers last. */
  close(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '..', '..');
/** More than half of loading the code is to compile it; what did not change, the next process need not. */
const COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'stockwire-compiled');
const SECRET_BYTES = 32;
/** Processes that start at the same time: each is busy for a second or two. */
const STARTING_MAX = 3;
/** As `restart: unless-stopped` of the deployment, within bounds. */
const RESTARTS_MAX = 5;

/** The hub as several processes on this machine, over servers that are started with it. Resolves when all are ready. */
export async function startTopology(options: StartTopologyOptions): Promise<Topology> {
  const { directory, shape = TOPOLOGY_SHAPE, onLine = () => undefined } = options;
  mkdirSync(directory, { recursive: true });
  const { natsServers = 1 } = options;
  const servers = await startServers({ directory, onLine, natsServers });
  const started: TopologyProcess[] = [...servers.processes];
  try {
    await options.prepare?.(servers);
    const plan = await planOf(shape, { ...options, servers });
    const issuer = await openDevIssuer({
      dataDirectory: plan.issuerDirectory,
      isProduction: false,
      clock: new SystemClock(),
      ids: new UuidV7Ids(),
    });
    // A gateway is ready when it has found the others.
    const names = Object.keys(shape).filter((name) => !shape[name]?.includes('gateway'));
    const children = [...names, ...withRole('gateway', plan)].map((name) => childOf(name, plan));
    started.push(...children);
    await startAll(children, options.signal);
    return topologyOf({ plan, servers, issuer, processes: started });
  } catch (error) {
    await endAll(started);
    throw error;
  }
}

/** One as soon as another is ready; when one cannot start, no more are begun. */
async function startAll(children: readonly Child[], signal: AbortSignal | undefined): Promise<void> {
  const waiting = [...children];
  const startNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      signal?.throwIfAborted();
      await next.start();
    }
  };
  const starting = Array.from({ length: STARTING_MAX }, () =>
    startNext().catch((error: unknown) => {
      waiting.length = 0;
      throw error;
    }),
  );
  const [failed] = (await Promise.allSettled(starting)).filter(({ status }) => status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
}

interface Plan extends StartTopologyOptions {
  readonly shape: TopologyShape;
  readonly servers: TopologyServers;
  readonly ports: Map<string, number>;
  readonly identitySecret: string;
  readonly issuerDirectory: string;
}

async function planOf(
  shape: TopologyShape,
  options: StartTopologyOptions & { readonly servers: TopologyServers },
): Promise<Plan> {
  const ports = await portsOf(Object.keys(shape));
  const identitySecret = randomBytes(SECRET_BYTES).toString('base64url');
  return { ...options, shape, ports, identitySecret, issuerDirectory: join(options.directory, 'issuer') };
}

/** Each has a second one, for what it serves beside an edge. */
async function portsOf(names: readonly string[]): Promise<Map<string, number>> {
  const free = await freePorts(names.length * 2);
  return new Map(
    names.flatMap((name, index) => [
      [name, free[index * 2] as number] as const,
      [`${name}/internal`, free[index * 2 + 1] as number] as const,
    ]),
  );
}

function childOf(name: string, plan: Plan): Child {
  const { shape, onLine, root = () => ROOT } = plan;
  const roles = shape[name] ?? [];
  return new Child({
    name,
    command: process.execPath,
    args: () => [join(root(name), 'scripts', 'start.ts'), '--role', roles.join(',')],
    env: () => envOf(name, plan),
    readyUrl: `${urlOf(name, plan)}/health/ready`,
    restartsMax: RESTARTS_MAX,
    ...(onLine && { onLine: (line: string) => onLine(name, line) }),
  });
}

function envOf(name: string, plan: Plan): Readonly<Record<string, string>> {
  const { servers, directory, identitySecret, issuerDirectory, env = {}, root = () => ROOT } = plan;
  const { natsUrl, mongoUrl } = plan.reach?.(name, servers) ?? servers;
  const simulators = withRole('simulators', plan)[0];
  const connectors = withRole('connectors', plan)[0];
  const connectorsUrl = connectors === undefined ? undefined : urlOf(connectors, plan);
  return {
    PATH: process.env['PATH'] ?? '',
    // Of code elsewhere, which is there for once, nothing is kept.
    ...(resolve(root(name)) === ROOT && { NODE_COMPILE_CACHE: COMPILE_CACHE }),
    NATS_URL: natsUrl,
    ...(servers.natsMonitorUrl !== undefined && { NATS_MONITOR_URL: servers.natsMonitorUrl }),
    NATS_REPLICAS: String(servers.natsReplicas),
    MONGODB_URL: mongoUrl,
    STOCKWIRE_PORT: String(plan.ports.get(name)),
    STOCKWIRE_INTERNAL_PORT: String(plan.ports.get(`${name}/internal`)),
    STOCKWIRE_DATA_DIR: join(directory, name),
    STOCKWIRE_ISSUER_DIR: issuerDirectory,
    STOCKWIRE_IDENTITY_SECRET: identitySecret,
    ...(plan.between && { STOCKWIRE_SUBGRAPHS: subgraphsOf(name, plan, plan.between) }),
    ...(simulators !== undefined && { STOCKWIRE_SIMULATORS_URL: internalUrlOf(simulators, plan) }),
    ...(connectorsUrl !== undefined && { STOCKWIRE_CONNECTORS_URL: connectorsUrl }),
    ...env,
  };
}

function subgraphsOf(name: string, plan: Plan, between: NonNullable<StartTopologyOptions['between']>): string {
  return SUBGRAPH_ROLES.map((role) => {
    const addresses = withRole(role, plan).map((other) => between(name, other, internalUrlOf(other, plan)));
    return addresses.length > 0 ? `${role}=${addresses.join(',')}` : '';
  })
    .filter((entry) => entry !== '')
    .join(';');
}

function withRole(role: HubRole, { shape }: Plan): readonly string[] {
  return Object.keys(shape).filter((name) => shape[name]?.includes(role));
}

function urlOf(name: string, { ports }: Plan): string {
  const port = ports.get(name);
  if (port === undefined) throw new Error(`There is no process ${name}.`);
  return `http://127.0.0.1:${port}`;
}

/** Where a process serves its subgraphs: beside its edge, if it has one. */
function internalUrlOf(name: string, plan: Plan): string {
  const roles = plan.shape[name] ?? [];
  const hasEdge = roles.includes('gateway') || roles.includes('connectors');
  return hasEdge ? `http://127.0.0.1:${plan.ports.get(`${name}/internal`)}` : urlOf(name, plan);
}

function topologyOf(parts: {
  readonly plan: Plan;
  readonly servers: TopologyServers;
  readonly issuer: DevIssuer;
  /** Grows by those that are added. */
  readonly processes: TopologyProcess[];
}): Topology {
  const { plan, servers, issuer, processes } = parts;
  const added: Record<string, readonly HubRole[]> = {};
  const connectors = withRole('connectors', plan)[0];
  return {
    servers,
    issuer,
    processes,
    gateways: withRole('gateway', plan).map((name) => urlOf(name, plan)),
    connectorsUrl: connectors === undefined ? undefined : urlOf(connectors, plan),
    process: (name) => {
      const found = processes.find((process) => process.name === name);
      if (!found) throw new Error(`There is no process ${name}.`);
      return found;
    },
    urlOf: (name) => urlOf(name, plan),
    add: async (name, roles) => {
      added[name] = roles;
      for (const [each, port] of await portsOf([name])) plan.ports.set(each, port);
      const child = childOf(name, { ...plan, shape: { ...plan.shape, ...added } });
      processes.push(child);
      await child.start();
      return child;
    },
    close: () => endAll(processes),
  };
}

/** In an orderly way, but for those that do not end by themselves; those of the hub before the servers. */
async function endAll(processes: readonly TopologyProcess[]): Promise<void> {
  const isServer = ({ name }: TopologyProcess): boolean => /^(mongo|nats(-\d)?)$/.test(name);
  await Promise.all(processes.filter((process) => !isServer(process)).map(end));
  await Promise.all(processes.filter(isServer).map((process) => process.kill()));
}

const END_MS_MAX = 12_000;

async function end(process: TopologyProcess): Promise<void> {
  process.resume();
  const cut = setTimeout(() => void process.kill('SIGKILL'), END_MS_MAX);
  await process.kill('SIGTERM');
  clearTimeout(cut);
}
