import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAtLeast } from '../../kernel/adapters/nats/server-version.ts';
import { findMongo } from '../servers/find-mongo.ts';
import { findNats } from '../servers/find-nats.ts';
import { startMongo, type RunningMongo } from '../servers/testing/start-mongo.ts';
import { Child, type TopologyProcess } from './child.ts';
import { freePorts } from './free-ports.ts';

export interface StartServersOptions {
  readonly directory: string;
  readonly onLine: (name: string, line: string) => void;
  /** Of one cluster, each keeping everything. Default: one. */
  readonly natsServers?: 1 | 3;
}

/** NATS and MongoDB, started here unless the environment names running ones. */
export interface TopologyServers {
  readonly natsUrl: string;
  readonly natsMonitorUrl?: string;
  /** Copies that they keep of everything. */
  readonly natsReplicas: number;
  /** With the name of a database. */
  readonly mongoUrl: string;
  /** Which ones they are, for the output of a run. */
  readonly description: string;
  /** Those that were started here: `nats` or `nats-1` and so on, `mongo`. */
  readonly processes: readonly TopologyProcess[];
}

const DATABASE = 'stockwire';

/** @throws when there is none and none can be had */
export async function startServers(options: StartServersOptions): Promise<TopologyServers> {
  const [nats, mongo] = await Promise.all([startNats(options), openMongo(options)]);
  return {
    ...nats.addresses,
    mongoUrl: mongo.url,
    description: `${nats.description}; MongoDB ${mongo.description}`,
    processes: [...nats.processes, ...mongo.processes],
  };
}

interface StartedNats {
  readonly addresses: Pick<TopologyServers, 'natsUrl' | 'natsMonitorUrl' | 'natsReplicas'>;
  readonly description: string;
  readonly processes: readonly TopologyProcess[];
}

async function startNats(options: StartServersOptions): Promise<StartedNats> {
  const given = process.env['NATS_URL'];
  if (given !== undefined) {
    const addresses = { natsUrl: given, natsReplicas: 1 };
    return { addresses, description: `NATS at ${given}`, processes: [] };
  }
  const found = findNats();
  if (!found) throw new Error('No nats-server: put one on the PATH, name it by NATS_SERVER, or install Go.');
  const { natsServers = 1 } = options;
  const ports = await freePorts(natsServers * NATS_PORTS);
  const servers = Array.from({ length: natsServers }, (_, index) => natsServer({ ...options, found, ports, index }));
  // One of several is well when it has found the others.
  await Promise.all(servers.map(({ child }) => child.start()));
  return {
    addresses: {
      natsUrl: servers.map(({ url }) => url).join(','),
      natsMonitorUrl: servers.map(({ monitorUrl }) => monitorUrl).join(','),
      natsReplicas: natsServers,
    },
    description: `${natsServers > 1 ? `${natsServers} times ` : ''}nats-server ${found.version} (${found.from})`,
    processes: servers.map(({ child }) => child),
  };
}

/** For clients, for monitoring, for the others of the cluster. */
const NATS_PORTS = 3;

interface NatsServerOptions extends StartServersOptions {
  readonly found: NonNullable<ReturnType<typeof findNats>>;
  /** NATS_PORTS of each server. */
  readonly ports: readonly number[];
  readonly index: number;
}

/** `nats` when it is alone, else `nats-1` and so on. */
function natsServer({ directory, onLine, found, ports, index }: NatsServerOptions) {
  const isAlone = ports.length === NATS_PORTS;
  const name = isAlone ? 'nats' : `nats-${index + 1}`;
  const folder = join(directory, name);
  mkdirSync(folder, { recursive: true });
  const [port, monitorPort, clusterPort] = ports.slice(index * NATS_PORTS);
  const sync = isAtLeast(found.version, '2.10.0') ? ', sync_interval: always' : '';
  const routes = ports.filter((_, at) => at % NATS_PORTS === 2).map((each) => `"nats://127.0.0.1:${each}"`);
  const config = [
    `listen: "127.0.0.1:${port}"`,
    `http: "127.0.0.1:${monitorPort}"`,
    `jetstream { store_dir: ${JSON.stringify(folder)}${sync} }`,
    ...(isAlone
      ? []
      : [
          `server_name: "${name}"`,
          `cluster { name: "topology", listen: "127.0.0.1:${clusterPort}", routes: [${routes.join(', ')}] }`,
        ]),
  ];
  writeFileSync(join(folder, 'nats.conf'), config.join('\n'));
  const monitorUrl = `http://127.0.0.1:${monitorPort}`;
  const child = new Child({
    name,
    command: found.binary,
    args: () => ['-c', join(folder, 'nats.conf')],
    env: () => ({}),
    readyUrl: `${monitorUrl}/healthz`,
    onLine: (line) => onLine(name, line),
  });
  return { url: `nats://127.0.0.1:${port}`, monitorUrl, child };
}

async function openMongo({ directory }: StartServersOptions): Promise<{
  readonly url: string;
  readonly description: string;
  readonly processes: readonly TopologyProcess[];
}> {
  const found = findMongo();
  if (found.tier === 'none') throw new Error(`No MongoDB: ${found.description}`);
  if ('url' in found) {
    const url = new URL(found.url);
    if (url.pathname.length <= 1) url.pathname = `/${DATABASE}`;
    return { url: url.href, description: found.description, processes: [] };
  }
  const [port = 0] = await freePorts(1);
  const mongo = new MongoProcess(() => startMongo(found, { directory: join(directory, 'mongo'), port }));
  await mongo.start();
  return { url: mongo.url(DATABASE), description: found.description, processes: [mongo] };
}

class MongoProcess implements TopologyProcess {
  readonly name = 'mongo';
  readonly #open: () => Promise<RunningMongo>;
  #running: RunningMongo | undefined;
  #isRunning = false;

  constructor(open: () => Promise<RunningMongo>) {
    this.#open = open;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  get pid(): undefined {
    return undefined;
  }

  url(database: string): string {
    if (!this.#running) throw new Error('mongo was never started');
    return this.#running.url(database);
  }

  async start(): Promise<void> {
    this.#running = await this.#open();
    this.#isRunning = true;
  }

  async ready(): Promise<void> {
    if (!this.#isRunning) throw new Error('mongo does not run');
  }

  async kill(): Promise<void> {
    this.#isRunning = false;
    await this.#running?.kill();
  }

  pause(): void {
    this.#running?.pause();
  }

  resume(): void {
    this.#running?.resume();
  }

  lines(): readonly string[] {
    return [];
  }
}
