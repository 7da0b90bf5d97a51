import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PEERS_FOLDER = join(import.meta.dirname, '..', 'peers');

/**
 * Installs the packages of a peer beside its own package.json, unless they are there. They are never dependencies of
 * the hub.
 * @returns the module that serves the peer
 * @throws when npm fails
 */
export function installPeer(name: string): string {
  const folder = join(PEERS_FOLDER, name);
  if (!existsSync(join(folder, 'node_modules'))) {
    const options = ['--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
    const { status } = spawnSync('npm', ['install', ...options], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error(`The packages of the peer ${name} could not be installed.`);
  }
  return join(folder, 'serve.ts');
}
