import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAtLeast } from '../server-version.ts';

const START_MS_MAX = 20_000;

export interface NatsServerOptions {
  readonly binary: string;
  /** For its configuration and everything that it keeps. */
  readonly directory: string;
  readonly maxPayloadBytes?: number;
  /** Default: true where the server can. */
  readonly isSyncAlways?: boolean;
  /** The password of the user `system` of the system account. Default: nobody may ask it. */
  readonly systemPassword?: string;
  /** The ports of all servers of a cluster, and which one is this. Default: it stands alone. */
  readonly cluster?: { readonly ports: readonly number[]; readonly index: number };
}

/** What `nats-server --version` says, such as `2.14.9`. */
export function versionOf(binary: string): string {
  const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? 'unknown';
}

/** A server on loopback that a test may kill and start again over the same folder and ports. */
export class NatsServer {
  readonly #binary: string;
  readonly #directory: string;
  readonly url: string;
  readonly monitorUrl: string;
  #process: ChildProcess | undefined;

  private constructor(binary: string, directory: string, ports: readonly [number, number]) {
    this.#binary = binary;
    this.#directory = directory;
    this.url = `nats://127.0.0.1:${ports[0]}`;
    this.monitorUrl = `http://127.0.0.1:${ports[1]}`;
  }

  static async start(options: NatsServerOptions): Promise<NatsServer> {
    const { binary, directory, maxPayloadBytes = 1_048_576, systemPassword } = options;
    const isSyncAlways = options.isSyncAlways ?? isAtLeast(versionOf(binary), '2.10.0');
    const [port = 0, monitorPort = 0] = await freePorts(2);
    const config = [
      `listen: "127.0.0.1:${port}"`,
      `http: "127.0.0.1:${monitorPort}"`,
      `max_payload: ${maxPayloadBytes}`,
      `jetstream { store_dir: ${JSON.stringify(directory)} ${isSyncAlways ? ', sync_interval: always' : ''} }`,
      ...(options.cluster ? clusterOf(options.cluster) : []),
      ...(systemPassword === undefined ? [] : [accountsWith(systemPassword)]),
    ];
    await writeFile(join(directory, 'nats.conf'), config.join('\n'));
    const server = new NatsServer(binary, directory, [port, monitorPort]);
    await server.restart();
    return server;
  }

  /** Starts it over what its folder holds, and waits until it says that it is well. */
  async restart(): Promise<void> {
    const log = join(this.#directory, 'nats.log');
    this.#process = spawn(this.#binary, ['-c', join(this.#directory, 'nats.conf'), '-l', log], { stdio: 'ignore' });
    const signal = AbortSignal.timeout(START_MS_MAX);
    while (!(await this.#isWell())) {
      if (signal.aborted || this.#process.exitCode !== null) throw new Error(await readFile(log, 'utf8'));
      await sleep(10);
    }
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** It hangs, without ending. */
  pause(): void {
    this.#process?.kill('SIGSTOP');
  }

  resume(): void {
    this.#process?.kill('SIGCONT');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const ending = this.#process;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await ended;
  }

  async #isWell(): Promise<boolean> {
    try {
      const response = await fetch(new URL('/healthz', this.monitorUrl), { signal: AbortSignal.timeout(1_000) });
      return response.ok;
    } catch {
      return false;
    }
  }
}

const accountsWith = (systemPassword: string): string => `accounts {
  SYS { users: [ { user: system, password: ${JSON.stringify(systemPassword)} } ] }
  HUB { jetstream: enabled, users: [ { user: hub, password: hub } ] }
}
system_account: SYS
no_auth_user: hub`;

function clusterOf({ ports, index }: { readonly ports: readonly number[]; readonly index: number }): readonly string[] {
  const routes = ports.map((port) => `"nats://127.0.0.1:${port}"`);
  return [
    `server_name: "n${index}"`,
    `cluster { name: "test", listen: "127.0.0.1:${ports[index]}", routes: [${routes.join(', ')}] }`,
  ];
}

/** Ports that nobody had a moment ago: a server must come back to the same ones. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const listeners = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    listeners.map(async (listener) => {
      await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
      return (listener.address() as AddressInfo).port;
    }),
  );
  await Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
  return ports;
}
