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
}

/** NATS and MongoDB, started here unless the environment names running ones. */
export interface TopologyServers {
  readonly natsUrl: string;
  readonly natsMonitorUrl?: string;
  /** With the name of a database. */
  readonly mongoUrl: string;
  /** Which ones they are, for the output of a run. */
  readonly description: string;
  /** Those that were started here: `nats`, `mongo`. */
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

async function startNats({ directory, onLine }: StartServersOptions): Promise<{
  readonly addresses: Pick<TopologyServers, 'natsUrl' | 'natsMonitorUrl'>;
  readonly description: string;
  readonly processes: readonly TopologyProcess[];
}> {
  const given = process.env['NATS_URL'];
  if (given !== undefined) {
    return { addresses: { natsUrl: given }, description: `NATS at ${given}`, processes: [] };
  }
  const server = findNats();
  if (!server) throw new Error('No nats-server: put one on the PATH, name it by NATS_SERVER, or install Go.');
  const folder = join(directory, 'nats');
  mkdirSync(folder, { recursive: true });
  const [port = 0, monitorPort = 0] = await freePorts(2);
  const sync = isAtLeast(server.version, '2.10.0') ? ', sync_interval: always' : '';
  const config = [
    `listen: "127.0.0.1:${port}"`,
    `http: "127.0.0.1:${monitorPort}"`,
    `jetstream { store_dir: ${JSON.stringify(folder)}${sync} }`,
  ];
  writeFileSync(join(folder, 'nats.conf'), config.join('\n'));
  const natsMonitorUrl = `http://127.0.0.1:${monitorPort}`;
  const nats = new Child({
    name: 'nats',
    command: server.binary,
    args: () => ['-c', join(folder, 'nats.conf')],
    env: {},
    readyUrl: `${natsMonitorUrl}/healthz`,
    onLine: (line) => onLine('nats', line),
  });
  await nats.start();
  const description = `nats-server ${server.version} (${server.from})`;
  return { addresses: { natsUrl: `nats://127.0.0.1:${port}`, natsMonitorUrl }, description, processes: [nats] };
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
