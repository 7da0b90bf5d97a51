import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  NATS_SERVER_VERSION,
  builtServerFolder,
  locateNatsServer,
} from '../../kernel/adapters/nats/testing/locate-nats-server.ts';
import { versionOf } from '../../kernel/adapters/nats/testing/nats-server.ts';

export interface FoundServer {
  readonly binary: string;
  readonly version: string;
  /** In words for the output of a run. */
  readonly from: string;
}

const MODULE = 'github.com/nats-io/nats-server/v2';
const GO_FOLDERS = ['/usr/local/go/bin', '/usr/lib/go/bin'];
const INSTALL_MS_MAX = 900_000;

/**
 * A NATS server for tests: one that is there, else a pinned release built by Go, else the package of Debian where the user
 * may install packages.
 */
export function findNats(): FoundServer | undefined {
  const present = locateNatsServer();
  if (present !== undefined) return found(present, 'found');
  const built = buildByGo();
  if (built !== undefined) return found(built, 'built by Go');
  return installPackage() ? found(locateNatsServer() as string, 'installed from the package of Debian') : undefined;
}

function found(binary: string, from: string): FoundServer {
  return { binary, version: versionOf(binary), from };
}

function buildByGo(): string | undefined {
  const go = ['go', ...GO_FOLDERS.map((folder) => join(folder, 'go'))].find(runs);
  if (go === undefined) return undefined;
  const folder = builtServerFolder();
  mkdirSync(folder, { recursive: true });
  console.log(`Building nats-server ${NATS_SERVER_VERSION} by Go; the first time takes about a minute.`);
  spawnSync(go, ['install', `${MODULE}@v${NATS_SERVER_VERSION}`], {
    env: { ...process.env, GOBIN: folder },
    stdio: 'inherit',
    timeout: INSTALL_MS_MAX,
  });
  const binary = join(folder, 'nats-server');
  return existsSync(binary) ? binary : undefined;
}

function runs(command: string): boolean {
  return spawnSync(command, ['version'], { stdio: 'ignore' }).status === 0;
}

function installPackage(): boolean {
  if (process.getuid?.() !== 0) return false;
  console.log('Installing the package nats-server of Debian.');
  const args = ['install', '--yes', '--no-install-recommends', 'nats-server'];
  spawnSync('apt-get', args, { stdio: 'inherit', timeout: INSTALL_MS_MAX });
  return locateNatsServer() !== undefined;
}
