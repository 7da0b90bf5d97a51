import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const READY_ATTEMPTS = 100;
const READY_WAIT_MS = 100;
const STOP_MS_MAX = 10_000;
const OUTPUT_BYTES_MAX = 64 * 2 ** 20;

/** Whom to run a program as; absent: whoever runs the benchmark. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

export interface ServerProcess {
  stop(): Promise<void>;
}

/** A program on the path or in a Debian folder of PostgreSQL; undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
  const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  if (status === 0) return stdout.trim();
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort().reverse() : [];
  return versions.map((version) => join(root, version, 'bin', name)).find((path) => existsSync(path));
}

/** The user of a name; undefined when there is none. */
export function findUser(name: string): User | undefined {
  const idOf = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' });
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** @returns what the program printed. @throws when it fails */
export async function output(
  program: string,
  args: readonly string[],
  options: { user?: User | undefined; cwd?: string } = {},
) {
  const { user, cwd } = options;
  const { stdout } = await run(program, args, {
    ...user,
    ...(cwd !== undefined && { cwd }),
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  return stdout;
}

/**
 * Starts a server and waits until `isReady` no longer throws.
 * @throws when it ends or is not ready in time
 */
export async function startServer(
  program: string,
  args: readonly string[],
  options: { readonly user: User | undefined; readonly cwd: string; readonly isReady: () => Promise<unknown> },
): Promise<ServerProcess> {
  const { user, cwd, isReady } = options;
  const child = spawn(program, args, { ...user, cwd, stdio: 'ignore' });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async () => {
    if (hasEnded()) return;
    const exit = once(child, 'exit');
    child.kill('SIGINT');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
    await exit;
    clearTimeout(timer);
  };
  for (let attempt = 1; ; attempt++) {
    try {
      await isReady();
      return { stop };
    } catch (error) {
      if (attempt < READY_ATTEMPTS && !hasEnded()) {
        await new Promise((resolve) => setTimeout(resolve, READY_WAIT_MS));
        continue;
      }
      await stop();
      throw new Error(`${program} does not start.`, { cause: error });
    }
  }
}
